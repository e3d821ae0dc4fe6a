/* Lists of scalars of one word each, as ctx_values: the arguments that most calls have. They go to
 * registers and frames without a type or a placer. Each folder's scalars.c defines this. */
#ifndef CTX_ARCH_SCALARS_H_
#define CTX_ARCH_SCALARS_H_

#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(frame.h)
#include CTX_ARCH_HEADER_(place.h)
#include "ctx/arch/load.h"
#include "ctx/internal/attributes.h"
#include "ctx/value.h"

/* ctx_scalar_load returns how a scalar of this kind is read, if it fills one register or slot;
 * otherwise CTX_LOAD_COPY. */
CTX_HIDDEN ctx_load ctx_scalar_load(uint32_t kind);

/* ctx_scalars_plan makes the plan of a call with these arguments. False: one is not like that. */
CTX_HIDDEN bool ctx_scalars_plan(ctx_frame_plan *plan, const ctx_value *args, size_t num_args);

/* ctx_scalars_write writes them into the frames that ctx_frame_build has built at `frame`. */
CTX_HIDDEN void ctx_scalars_write(char *frame, const ctx_value *args, size_t num_args);

#endif /* CTX_ARCH_SCALARS_H_ */
