/* Kinds of values to classes of the x86-64 psABI (3.2.3, "Classification"). Knows no memory. */
#ifndef CTX_CLASSIFY_X86_64_SYSV_H_
#define CTX_CLASSIFY_X86_64_SYSV_H_

#include "ctx/value.h"

typedef enum ctx_class {
  CTX_CLASS_NONE,    /* no value */
  CTX_CLASS_INTEGER, /* the next of rdi, rsi, rdx, rcx, r8, r9, else memory */
  CTX_CLASS_SSE      /* the next of xmm0 to xmm7, else memory */
} ctx_class;

/* ctx_classify takes any number for a kind. */
static inline ctx_class ctx_classify(uint32_t kind) {
  if (kind == CTX_KIND_NONE || kind >= CTX_NUM_KINDS) return CTX_CLASS_NONE;
  return kind >= CTX_KIND_F32 ? CTX_CLASS_SSE : CTX_CLASS_INTEGER;
}
_Static_assert(CTX_KIND_F64 == CTX_KIND_F32 + 1 && CTX_KIND_F64 + 1 == CTX_NUM_KINDS,
               "the kinds of class SSE come last");

#endif /* CTX_CLASSIFY_X86_64_SYSV_H_ */
