/* Puts the arguments of ctx_init and its like, which are ctx_values, into frames. */
#ifndef CTX_CALL_ARGUMENTS_H_
#define CTX_CALL_ARGUMENTS_H_

#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(frame.h)
#include "ctx/internal/attributes.h"
#include "ctx/value.h"

typedef struct ctx_arguments {
  ctx_frame_plan frames;
  bool has_types; /* not all arguments are scalars of one word */
} ctx_arguments;

/* ctx_arguments_plan makes the plan of a call with these arguments. Errors: CTX_ERR_BAD_VALUE,
 * CTX_ERR_NULL_ARGUMENT, CTX_ERR_BAD_TYPE or CTX_ERR_UNSUPPORTED_TYPE, if one cannot be passed. */
CTX_HIDDEN ctx_status ctx_arguments_plan(ctx_arguments *plan, const ctx_value *args,
                                         size_t num_args);

/* ctx_arguments_write writes them into the frames that ctx_frame_build has built at `frame`. */
CTX_HIDDEN void ctx_arguments_write(const ctx_arguments *plan, char *frame, const ctx_value *args,
                                    size_t num_args);

#endif /* CTX_CALL_ARGUMENTS_H_ */
