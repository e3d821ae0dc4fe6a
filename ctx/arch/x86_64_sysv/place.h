/* Places the arguments of a call: classes to registers and memory (psABI 3.2.3, "Passing"). This
 * knows no values, and not where a stack lies. */
#ifndef CTX_ARCH_X86_64_SYSV_PLACE_H_
#define CTX_ARCH_X86_64_SYSV_PLACE_H_

#include <stdbool.h>

#include "ctx/arch/where.h"
#include "ctx/arch/x86_64_sysv/classify.h"
#include "ctx/internal/attributes.h"
#include "ctx/type.h"

enum {
  CTX_NUM_GP_REGISTERS = 6,
  CTX_NUM_VECTOR_REGISTERS = 8,
  /* The most scalars that take no memory. */
  CTX_MAX_SCALARS_IN_REGISTERS = CTX_NUM_GP_REGISTERS + CTX_NUM_VECTOR_REGISTERS
};

/* ctx_piece is a register's part of a value: `size` bytes of it, beginning with byte `from`. */
typedef struct ctx_piece {
  bool is_vector;
  uint8_t index; /* of rdi, rsi, rdx, rcx, r8, r9; or xmm0 to xmm7 */
  uint8_t from;
  uint8_t size; /* 8, or that of a vector that fills 16, 32 or 64 bytes */
} ctx_piece;

typedef struct ctx_place {
  ctx_where where;
  size_t num_pieces; /* in registers */
  ctx_piece pieces[2];
  size_t offset; /* in memory: in bytes, from the first argument in memory up */
} ctx_place;

/* ctx_placer is what the arguments so far have taken. */
typedef struct ctx_placer {
  size_t num_gp;
  size_t num_vector;
  size_t vector_size;  /* of the widest register used, in bytes: 0, 8, 16, 32 or 64 */
  size_t memory_size;  /* in bytes */
  size_t memory_align; /* of the strictest argument in memory */
  bool has_padding;    /* what is in memory may have bytes that no value covers */
} ctx_placer;

/* ctx_place_next places the next argument. It judges nothing: disputes.h does. REQUIRES:
 * ctx_type_check(type) is CTX_OK; the classes are the type's. */
CTX_HIDDEN void ctx_place_next(ctx_placer *placer, const ctx_type *type, const ctx_classes *classes,
                               ctx_naming naming, ctx_place *out);

/* The registers that a function returns its result in. */
typedef enum ctx_return_register {
  CTX_RETURN_RAX,
  CTX_RETURN_RDX,
  CTX_RETURN_VECTOR0, /* xmm0, ymm0, zmm0 */
  CTX_RETURN_XMM1,
  CTX_RETURN_ST0,
  CTX_RETURN_ST1
} ctx_return_register;

typedef struct ctx_return_piece {
  uint8_t source; /* a ctx_return_register */
  uint8_t to;     /* in bytes, from the start of the result */
  uint8_t size;   /* in bytes */
} ctx_return_piece;

enum { CTX_MAX_RETURN_PIECES = 2 };

typedef struct ctx_result_place {
  ctx_where where; /* in memory: at an address that is the first argument */
  size_t num_pieces;
  ctx_return_piece pieces[CTX_MAX_RETURN_PIECES];
} ctx_result_place;

/* ctx_place_result places a result. REQUIRES: as ctx_place_next. */
CTX_HIDDEN void ctx_place_result(const ctx_type *type, const ctx_classes *classes,
                                 ctx_result_place *out);

/* ctx_place_begin returns the placer of a call with such a result. The address of a result in
 * memory takes the first register. */
static inline ctx_placer ctx_place_begin(const ctx_result_place *result) {
  ctx_placer placer = {.num_gp = result->where == CTX_WHERE_MEMORY ? 1 : 0};
  return placer;
}

#endif /* CTX_ARCH_X86_64_SYSV_PLACE_H_ */
