/* Classifies types by AAPCS64 (5.9 "Composite types", 5.9.5 "Homogeneous aggregates", 6.8.2). This
 * knows no registers and no memory, and follows the text. disputes.h has the types on which
 * compilers differ. */
#ifndef CTX_ARCH_AARCH64_AAPCS64_CLASSIFY_H_
#define CTX_ARCH_AARCH64_AAPCS64_CLASSIFY_H_

#include <stdbool.h>
#include <stddef.h>

#include "ctx/internal/attributes.h"
#include "ctx/type.h"

typedef enum ctx_class {
  CTX_CLASS_NONE,     /* it is empty, and passed nowhere */
  CTX_CLASS_INTEGER,  /* general registers, eight bytes in each */
  CTX_CLASS_VECTOR,   /* vector registers, one element in each */
  CTX_CLASS_REFERENCE /* a copy in memory, whose address is passed as a pointer */
} ctx_class;

/* ctx_class_of_word returns the class of a scalar of one word: INTEGER or VECTOR. It returns NONE
 * for every other kind, and for numbers that are not a kind. */
static inline ctx_class ctx_class_of_word(uint32_t kind) {
  if (kind == CTX_KIND_NONE || kind > CTX_KIND_F64) return CTX_CLASS_NONE;
  return kind >= CTX_KIND_F32 ? CTX_CLASS_VECTOR : CTX_CLASS_INTEGER;
}
_Static_assert(CTX_KIND_F64 == CTX_KIND_F32 + 1 && CTX_KIND_F16 == CTX_KIND_F64 + 1,
               "scalars of one word come first, those of class VECTOR last among them");

/* A homogeneous aggregate of more elements is none. */
#define CTX_MAX_ELEMENTS 4

typedef struct ctx_classes {
  ctx_class whole;
  size_t num;          /* of registers that would hold it all */
  size_t element_size; /* in bytes, of VECTOR: 2, 4, 8 or 16; of the others 8 */
  size_t align;        /* 8 or 16: as an argument in memory, or in a pair of registers, begins */
  bool is_adjusted;    /* it is aligned to 16 or more, and none of its members is: see classify.c */
} ctx_classes;

/* ctx_classify classifies a whole type. REQUIRES: ctx_type_check(type) is CTX_OK. */
CTX_HIDDEN void ctx_classify(const ctx_type *type, ctx_classes *out);

#endif /* CTX_ARCH_AARCH64_AAPCS64_CLASSIFY_H_ */
