/* Guards below stacks: how one is made. */
#ifndef CTX_STACK_GUARD_H_
#define CTX_STACK_GUARD_H_

#include <stdbool.h>
#include <stddef.h>

#include "ctx/internal/attributes.h"
#include "ctx/status.h"

/* ctx_guard says how a guard is made, or was made. */
typedef enum ctx_guard {
  CTX_GUARD_TRIED,  /* a mark that is looked at, since the system may only pretend to know marks */
  CTX_GUARD_MARKED, /* a mark */
  CTX_GUARD_SPLIT   /* pages without access */
} ctx_guard;

/* ctx_stack_guard makes a guard of whole pages. Where the system makes no mark, the guard splits
 * the mapping; *guard becomes CTX_GUARD_MARKED or CTX_GUARD_SPLIT. To make one again changes
 * nothing.
 * Errors: CTX_ERR_NO_MEMORY, CTX_ERR_MAP_COUNT, CTX_ERR_GUARD_REFUSED. */
CTX_HIDDEN ctx_status ctx_stack_guard(char *memory, size_t size, ctx_guard *guard);

#endif /* CTX_STACK_GUARD_H_ */
