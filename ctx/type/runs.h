/* Finds the bytes of a type that hold values. The others are padding: a callee has no business with
 * what a caller has there. */
#ifndef CTX_TYPE_RUNS_H_
#define CTX_TYPE_RUNS_H_

#include <stdbool.h>

#include "ctx/internal/attributes.h"
#include "ctx/type.h"
#include "ctx/type/check.h"

/* ctx_run is `size` bytes from `offset` on that hold values. */
typedef struct ctx_run {
  size_t offset;
  size_t size;
} ctx_run;

/* ctx_runs_level is an aggregate on the way to a run. `element` elements of a member are done. */
typedef struct ctx_runs_level {
  const ctx_type *type;
  size_t offset;
  size_t member;
  size_t element;
} ctx_runs_level;

/* ctx_runs is a walk over the runs of a type. Private. It has some 2 KiB, and allocates nothing. */
typedef struct ctx_runs {
  ctx_member root_member; /* the type itself, as the only member of a struct */
  ctx_type root;
  size_t depth;
  ctx_runs_level levels[CTX_TYPE_MAX_DEPTH + 1];
  ctx_run next; /* where the next run begins, found already; size 0: none */
} ctx_runs;

/* ctx_runs_begin begins a walk. The type must live as long as the walk. REQUIRES:
 * ctx_type_check(type) is CTX_OK. */
CTX_HIDDEN void ctx_runs_begin(ctx_runs *runs, const ctx_type *type);

/* ctx_runs_next finds the next run; false if there is none. The runs together are all bytes that
 * hold values. Runs of a union's members may overlap, and those of bit-fields that share a byte. */
CTX_HIDDEN bool ctx_runs_next(ctx_runs *runs, ctx_run *out);

#endif /* CTX_TYPE_RUNS_H_ */
