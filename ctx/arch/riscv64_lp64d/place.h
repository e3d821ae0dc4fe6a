/* Places the arguments of a call: classes to registers and memory (RISC-V ELF psABI, "Calling
 * Conventions"). This knows no values, and not where a stack lies. */
#ifndef CTX_ARCH_RISCV64_LP64D_PLACE_H_
#define CTX_ARCH_RISCV64_LP64D_PLACE_H_

#include <stdbool.h>

#include "ctx/arch/riscv64_lp64d/classify.h"
#include "ctx/arch/where.h"
#include "ctx/internal/attributes.h"
#include "ctx/type.h"

enum {
  CTX_NUM_GP_REGISTERS = 8,
  CTX_NUM_FP_REGISTERS = 8,
  /* The most scalars that take no memory. */
  CTX_MAX_SCALARS_IN_REGISTERS = CTX_NUM_GP_REGISTERS + CTX_NUM_FP_REGISTERS
};

/* ctx_piece is a register's part of a value: `size` bytes of it, beginning with byte `from`. */
typedef struct ctx_piece {
  bool is_float;
  uint8_t index; /* of a0 to a7; or of fa0 to fa7 */
  uint8_t size;  /* 8; or that of a field */
  uint32_t from;
} ctx_piece;

/* ctx_place is where an argument goes. If that is a copy, the caller keeps it, and what goes
 * `where` is its address, in one register or slot. */
typedef struct ctx_place {
  ctx_where where;
  bool is_reference; /* a copy's address is passed */
  bool is_split;     /* its first eight bytes are in a7, the others in memory */
  size_t num_pieces; /* in registers */
  ctx_piece pieces[CTX_MAX_FIELDS];
  size_t offset; /* in memory: in bytes, from the first argument in memory up */
  size_t copy;   /* of a reference: where the copy lies, in bytes, from the first copy up */
} ctx_place;

/* ctx_placer is what the arguments so far have taken. */
typedef struct ctx_placer {
  size_t num_gp;
  size_t num_fp;
  uint8_t boxed;       /* a bit for each of fa0 to fa7: a value is narrower than the register */
  size_t slots_size;   /* of the arguments in memory, in bytes */
  size_t copies_size;  /* in bytes */
  size_t copies_align; /* of the strictest copy */
  size_t memory_size;  /* of arguments in memory and of copies, in bytes */
  bool has_padding;    /* what is in memory may have bytes that no value covers */
} ctx_placer;

/* ctx_place_next places the next argument, a named one as a plain one. It judges nothing:
 * disputes.h does. REQUIRES: ctx_type_check(type) is CTX_OK; the classes are the type's. */
CTX_HIDDEN void ctx_place_next(ctx_placer *placer, const ctx_type *type, const ctx_classes *classes,
                               ctx_naming naming, ctx_place *out);

/* The registers that a function returns its result in. */
typedef enum ctx_return_register {
  CTX_RETURN_A0,
  CTX_RETURN_A1,
  CTX_RETURN_FA0,
  CTX_RETURN_FA1
} ctx_return_register;

typedef struct ctx_return_piece {
  uint8_t source; /* a ctx_return_register */
  uint8_t size;   /* in bytes */
  uint32_t to;    /* in bytes, from the start of the result */
} ctx_return_piece;

enum { CTX_MAX_RETURN_PIECES = CTX_MAX_FIELDS };

typedef struct ctx_result_place {
  ctx_where where; /* in memory: at an address that is passed as a first argument */
  size_t num_pieces;
  ctx_return_piece pieces[CTX_MAX_RETURN_PIECES];
} ctx_result_place;

/* ctx_place_result places a result. REQUIRES: as ctx_place_next. */
CTX_HIDDEN void ctx_place_result(const ctx_type *type, const ctx_classes *classes,
                                 ctx_result_place *out);

/* ctx_place_begin returns the placer of a call with such a result. The address of a result in
 * memory takes a0. */
static inline ctx_placer ctx_place_begin(const ctx_result_place *result) {
  return (ctx_placer){.num_gp = result->where == CTX_WHERE_MEMORY ? 1 : 0};
}

#endif /* CTX_ARCH_RISCV64_LP64D_PLACE_H_ */
