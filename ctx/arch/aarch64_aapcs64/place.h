/* Places the arguments of a call: classes to registers and memory (AAPCS64 6.8.2, stages A to C).
 * This knows no values, and not where a stack lies. */
#ifndef CTX_ARCH_AARCH64_AAPCS64_PLACE_H_
#define CTX_ARCH_AARCH64_AAPCS64_PLACE_H_

#include <stdbool.h>

#include "ctx/arch/aarch64_aapcs64/classify.h"
#include "ctx/arch/where.h"
#include "ctx/internal/attributes.h"
#include "ctx/type.h"

enum {
  CTX_NUM_GP_REGISTERS = 8,
  CTX_NUM_VECTOR_REGISTERS = 8,
  /* The most scalars that take no memory. */
  CTX_MAX_SCALARS_IN_REGISTERS = CTX_NUM_GP_REGISTERS + CTX_NUM_VECTOR_REGISTERS
};

/* ctx_piece is a register's part of a value: `size` bytes of it, beginning with byte `from`. */
typedef struct ctx_piece {
  bool is_vector;
  uint8_t index; /* of x0 to x7; or of q0 to q7 */
  uint8_t from;
  uint8_t size; /* 8; or that of an element, which is alone in its vector register */
} ctx_piece;

/* ctx_place is where an argument goes. If that is a copy, the caller keeps it, and what goes
 * `where` is its address, in one register or slot. */
typedef struct ctx_place {
  ctx_where where;
  bool is_reference; /* a copy's address is passed */
  size_t num_pieces; /* in registers */
  ctx_piece pieces[CTX_MAX_ELEMENTS];
  size_t offset; /* in memory: in bytes, from the first argument in memory up */
  size_t copy;   /* of a reference: where the copy lies, in bytes, from the first copy up */
} ctx_place;

/* ctx_placer is what the arguments so far have taken. */
typedef struct ctx_placer {
  size_t num_gp;       /* the text's NGRN */
  size_t num_vector;   /* NSRN */
  size_t slots_size;   /* of the arguments in memory, in bytes: NSAA from their start */
  size_t copies_size;  /* in bytes */
  size_t copies_align; /* of the strictest copy */
  size_t memory_size;  /* of arguments in memory and of copies, in bytes */
  bool has_padding;    /* what is in memory may have bytes that no value covers */
} ctx_placer;

/* ctx_place_next places the next argument, whatever its naming. It judges nothing: disputes.h does.
 * REQUIRES: ctx_type_check(type) is CTX_OK; the classes are the type's. */
CTX_HIDDEN void ctx_place_next(ctx_placer *placer, const ctx_type *type, const ctx_classes *classes,
                               ctx_naming naming, ctx_place *out);

/* The registers that a function returns its result in. */
typedef enum ctx_return_register {
  CTX_RETURN_X0,
  CTX_RETURN_X1,
  CTX_RETURN_Q0,
  CTX_RETURN_Q1,
  CTX_RETURN_Q2,
  CTX_RETURN_Q3
} ctx_return_register;

typedef struct ctx_return_piece {
  uint8_t source; /* a ctx_return_register */
  uint8_t to;     /* in bytes, from the start of the result */
  uint8_t size;   /* in bytes */
} ctx_return_piece;

enum { CTX_MAX_RETURN_PIECES = CTX_MAX_ELEMENTS };

typedef struct ctx_result_place {
  ctx_where where; /* in memory: at an address that is passed in x8 */
  size_t num_pieces;
  ctx_return_piece pieces[CTX_MAX_RETURN_PIECES];
} ctx_result_place;

/* ctx_place_result places a result. REQUIRES: as ctx_place_next. */
CTX_HIDDEN void ctx_place_result(const ctx_type *type, const ctx_classes *classes,
                                 ctx_result_place *out);

/* ctx_place_begin returns the placer of a call with such a result. The address of a result in
 * memory takes no register that passes arguments. */
static inline ctx_placer ctx_place_begin(const ctx_result_place *result) {
  (void)result;
  return (ctx_placer){0};
}

#endif /* CTX_ARCH_AARCH64_AAPCS64_PLACE_H_ */
