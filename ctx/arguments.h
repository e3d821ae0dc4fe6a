/* The arguments of ctx_init and its like, ctx_values, to frames. */
#ifndef CTX_ARGUMENTS_H_
#define CTX_ARGUMENTS_H_

#include "ctx/frame_x86_64_sysv.h"

/* ctx_arguments_plan makes the plan of a call with these arguments. CTX_ERR_BAD_VALUE,
 * CTX_ERR_NULL_ARGUMENT, CTX_ERR_BAD_TYPE or CTX_ERR_UNSUPPORTED_TYPE if one cannot be passed. */
CTX_HIDDEN ctx_status ctx_arguments_plan(ctx_frame_plan *plan, const ctx_value *args,
                                         size_t num_args);

/* ctx_arguments_write writes them into the frames that ctx_frame_build has built at `frame`. */
CTX_HIDDEN void ctx_arguments_write(const ctx_frame_plan *plan, char *frame, const ctx_value *args,
                                    size_t num_args);

#endif /* CTX_ARGUMENTS_H_ */
