#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_RISCV64_LP64D_

#include <stdbool.h>

#include "ctx/arch/riscv64_lp64d/classify.h"
#include "ctx/arch/riscv64_lp64d/disputes.h"
#include "ctx/type/check.h"
#include "ctx/type/error.h"

/* ---- Types, wherever they are passed ---- */

/* Copies and results are aligned to so many bytes at most, as on x86-64. */
#define CTX_MAX_ALIGN 64

ctx_status ctx_dispute_type(const ctx_type *type, const ctx_classes *classes) {
  (void)classes;
  if (type->align > CTX_MAX_ALIGN) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "%s: an alignment of %zu bytes is above %d",
                         ctx_type_name(type), type->align, CTX_MAX_ALIGN);
  }
  return CTX_OK;
}

/* ---- Where they are passed ---- */

ctx_status ctx_dispute_argument(const ctx_type *type, const ctx_classes *classes, ctx_naming naming,
                                const ctx_placer *before, const ctx_place *place) {
  (void)naming;
  (void)before;
  (void)place;
  return ctx_dispute_type(type, classes);
}

ctx_status ctx_dispute_result(const ctx_type *type, const ctx_classes *classes) {
  return ctx_dispute_type(type, classes);
}

#endif
