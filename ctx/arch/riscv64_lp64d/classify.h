/* Classifies types by the RISC-V ELF psABI ("Integer Calling Convention", "Hardware Floating-point
 * Calling Convention"). This knows no registers and no memory, and follows the text. disputes.h has
 * the types on which compilers differ. */
#ifndef CTX_ARCH_RISCV64_LP64D_CLASSIFY_H_
#define CTX_ARCH_RISCV64_LP64D_CLASSIFY_H_

#include <stdbool.h>
#include <stddef.h>

#include "ctx/internal/attributes.h"
#include "ctx/type.h"

typedef enum ctx_class {
  CTX_CLASS_NONE,     /* it is empty, and passed nowhere */
  CTX_CLASS_INTEGER,  /* general registers, eight bytes in each */
  CTX_CLASS_FLOAT,    /* a floating-point register */
  CTX_CLASS_REFERENCE /* a copy in memory, whose address is passed as a pointer */
} ctx_class;

/* ctx_class_of_word returns the class of a scalar of one word: INTEGER or FLOAT. It returns NONE
 * for every other kind, and for numbers that are not a kind. */
static inline ctx_class ctx_class_of_word(uint32_t kind) {
  if (kind == CTX_KIND_NONE || kind > CTX_KIND_F64) return CTX_CLASS_NONE;
  return kind >= CTX_KIND_F32 ? CTX_CLASS_FLOAT : CTX_CLASS_INTEGER;
}
_Static_assert(CTX_KIND_F64 == CTX_KIND_F32 + 1 && CTX_KIND_F16 == CTX_KIND_F64 + 1,
               "scalars of one word come first, those of class FLOAT last among them");

/* ctx_field is a part of a value that has a register of its own, INTEGER or FLOAT. */
typedef struct ctx_field {
  uint8_t class; /* a ctx_class */
  uint8_t size;  /* in bytes, at most 8 */
  uint32_t from; /* in bytes, from the start of the value */
} ctx_field;

enum { CTX_MAX_FIELDS = 2 };

typedef struct ctx_classes {
  /* One floating-point number, or two, or one and an integer: each goes to a register of its own,
   * if there are enough. Otherwise, or if there are no fields, the whole goes as its class says. */
  size_t num_fields;
  ctx_field fields[CTX_MAX_FIELDS];
  ctx_class whole; /* not FLOAT */
  size_t num;      /* of general registers that would hold it, or its address */
  size_t align;    /* 8 or 16: as an argument in memory, or in a pair of registers, begins */
} ctx_classes;

/* ctx_classify classifies a whole type. REQUIRES: ctx_type_check(type) is CTX_OK. */
CTX_HIDDEN void ctx_classify(const ctx_type *type, ctx_classes *out);

#endif /* CTX_ARCH_RISCV64_LP64D_CLASSIFY_H_ */
