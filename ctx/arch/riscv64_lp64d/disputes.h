/* Types and calls that are refused: gcc and clang pass them differently, or this processor cannot
 * pass them at all. ABI.md lists what each compiler does. */
#ifndef CTX_ARCH_RISCV64_LP64D_DISPUTES_H_
#define CTX_ARCH_RISCV64_LP64D_DISPUTES_H_

#include "ctx/arch/riscv64_lp64d/classify.h"
#include "ctx/arch/riscv64_lp64d/place.h"
#include "ctx/internal/attributes.h"
#include "ctx/status.h"
#include "ctx/type.h"

/* Each of these returns CTX_OK, or CTX_ERR_UNSUPPORTED_TYPE with a text. */

/* ctx_dispute_type judges a type, wherever it is passed. REQUIRES: ctx_type_check(type) is CTX_OK;
 * the classes are the type's. */
CTX_HIDDEN ctx_status ctx_dispute_type(const ctx_type *type, const ctx_classes *classes);

/* ctx_dispute_argument judges an argument of this type that was placed at `place`. `before` is the
 * placer as it was before. REQUIRES: as above. */
CTX_HIDDEN ctx_status ctx_dispute_argument(const ctx_type *type, const ctx_classes *classes,
                                           ctx_naming naming, const ctx_placer *before,
                                           const ctx_place *place);

/* ctx_dispute_result does the same for a result. */
CTX_HIDDEN ctx_status ctx_dispute_result(const ctx_type *type, const ctx_classes *classes);

#endif /* CTX_ARCH_RISCV64_LP64D_DISPUTES_H_ */
