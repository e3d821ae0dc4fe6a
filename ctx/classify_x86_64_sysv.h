/* Types to classes of the x86-64 psABI (3.2.3, "Classification"). Knows no registers and no memory.
 */
#ifndef CTX_CLASSIFY_X86_64_SYSV_H_
#define CTX_CLASSIFY_X86_64_SYSV_H_

#include "ctx/asm.h"
#include "ctx/type.h"

typedef enum ctx_class {
  CTX_CLASS_NONE,    /* no value: padding */
  CTX_CLASS_INTEGER, /* a general register */
  CTX_CLASS_SSE,     /* a vector register */
  CTX_CLASS_SSEUP,   /* the next eight bytes of the same */
  CTX_CLASS_X87,     /* a result in st0; an argument in memory */
  CTX_CLASS_X87UP,
  CTX_CLASS_COMPLEX_X87, /* a result in st0 and st1; an argument in memory */
  CTX_CLASS_MEMORY
} ctx_class;

/* ctx_classify: the class of a scalar of one eightbyte that is INTEGER or SSE and no more; NONE for
 * every other number. */
static inline ctx_class ctx_classify(uint32_t kind) {
  if (kind == CTX_KIND_NONE || kind > CTX_KIND_F64) return CTX_CLASS_NONE;
  return kind >= CTX_KIND_F32 ? CTX_CLASS_SSE : CTX_CLASS_INTEGER;
}
_Static_assert(CTX_KIND_F64 == CTX_KIND_F32 + 1 && CTX_KIND_F16 == CTX_KIND_F64 + 1,
               "scalars of one eightbyte come first, those of class SSE last among them");

/* A value is at most eight eightbytes long, or in memory. */
#define CTX_MAX_EIGHTBYTES 8

typedef struct ctx_classes {
  size_t num;                            /* of eightbytes; 0: it is empty, and passed nowhere */
  uint8_t eightbyte[CTX_MAX_EIGHTBYTES]; /* ctx_class each; the first is MEMORY if it all is */
} ctx_classes;

/* ctx_classify_type: CTX_OK, or CTX_ERR_UNSUPPORTED_TYPE with a text where gcc and clang disagree
 * on the type, wherever it is passed. REQUIRES: ctx_type_check(type) is CTX_OK. */
CTX_HIDDEN ctx_status ctx_classify_type(const ctx_type *type, ctx_classes *out);

#endif /* CTX_CLASSIFY_X86_64_SYSV_H_ */
