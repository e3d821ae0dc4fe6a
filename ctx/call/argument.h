/* Places one argument, or the result, of a call: from its type to its place. */
#ifndef CTX_CALL_ARGUMENT_H_
#define CTX_CALL_ARGUMENT_H_

#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(place.h)
#include "ctx/internal/attributes.h"
#include "ctx/status.h"
#include "ctx/type.h"
#include "ctx/type/check.h"

/* ctx_argument_place checks the next argument's type by the call's checker, places it, and judges
 * the place.
 * Errors: CTX_ERR_BAD_TYPE, CTX_ERR_UNSUPPORTED_TYPE, CTX_ERR_NULL_ARGUMENT, with a text; the
 * placer is as it was then. */
CTX_HIDDEN ctx_status ctx_argument_place(ctx_type_checker *checker, ctx_placer *placer,
                                         const ctx_type *type, ctx_naming naming, ctx_place *out);

/* ctx_argument_place_again does the same for an argument that has passed once, and cannot fail. */
CTX_HIDDEN void ctx_argument_place_again(ctx_placer *placer, const ctx_type *type,
                                         ctx_naming naming, ctx_place *out);

/* ctx_argument_place_result does the same for a result. Errors as above. */
CTX_HIDDEN ctx_status ctx_argument_place_result(ctx_type_checker *checker, const ctx_type *type,
                                                ctx_result_place *out);

#endif /* CTX_CALL_ARGUMENT_H_ */
