/* Signatures: the argument and result types of a function, prepared once and used for any number of
 * contexts. Included by ctx/ctx.h. */
#ifndef CTX_SIGNATURE_H_
#define CTX_SIGNATURE_H_

#include <stddef.h>
#include <stdint.h>

#include "ctx/status.h"
#include "ctx/type.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ctx_signature is immutable once it is created: any number of threads may use it at once. */
typedef struct ctx_signature ctx_signature;

/* CTX_NOT_VARIADIC is num_fixed of a function without an ellipsis. */
#define CTX_NOT_VARIADIC SIZE_MAX

/* ctx_signature_create works out where each argument and the result of such a function go: to which
 * registers, and to which bytes of the stack (ABI.md). A null `result` means void. If the function
 * is variadic, num_fixed arguments are before the ellipsis. The types of the others are those after
 * promotion, as C passes them: double, not float.
 *
 * It keeps nothing of the descriptions. The caller owns *out, and gives it to
 * ctx_signature_destroy.
 *
 * Errors: CTX_ERR_NULL_ARGUMENT (out; args unless num_args is 0; one of them), CTX_ERR_BAD_TYPE (a
 * description contradicts itself; an argument is void; num_fixed exceeds num_args),
 * CTX_ERR_UNSUPPORTED_TYPE (compilers pass it differently, no description fits it, or this
 * processor has no such registers; ABI.md lists all), CTX_ERR_NO_MEMORY. ctx_type_error says more.
 * Any thread. */
CTX_NODISCARD_ ctx_status ctx_signature_create(ctx_signature **out, const ctx_type *result,
                                               const ctx_type *const *args, size_t num_args,
                                               size_t num_fixed);

/* ctx_signature_destroy frees a signature; null is fine. Contexts that were initialised with it do
 * not need it any longer, except to read their results.
 * REQUIRES: [signature-unused] nobody uses it. */
void ctx_signature_destroy(ctx_signature *signature);

/* ctx_signature_stack_needed returns the number of bytes that ctx_init_signature needs at the end
 * of a stack, a multiple of 16; 0 for null. They are for arguments, registers, and the result,
 * whose part ctx_options.result saves. What the entry needs comes on top. */
size_t ctx_signature_stack_needed(const ctx_signature *signature);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_SIGNATURE_H_ */
