/* Which bytes of a type hold values. The others are padding: what a caller has there is none of the
 * callee's business. */
#ifndef CTX_TYPE_RUNS_H_
#define CTX_TYPE_RUNS_H_

#include "ctx/asm.h"
#include "ctx/type.h"

/* Called for `size` bytes from `offset` on, which hold values. */
typedef void (*ctx_run_visitor)(void *data, size_t offset, size_t size);

/* ctx_type_visit_runs calls `visit` for runs of bytes which, together, are all that hold values;
 * those of a union's members may overlap, and of bit-fields that share a byte. REQUIRES:
 * ctx_type_check(type) is CTX_OK. */
CTX_HIDDEN void ctx_type_visit_runs(const ctx_type *type, ctx_run_visitor visit, void *data);

#endif /* CTX_TYPE_RUNS_H_ */
