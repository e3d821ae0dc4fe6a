/* The checked build's list of the stacks that the library has mapped, and of those in pools. A
 * context keeps which of them its own lies in, and sees by a number whether that is still the same
 * when it is resumed.
 *
 * Lookups take no lock and no memory, and are async-signal-safe. Nothing here is ever freed, so an
 * old address can be looked at at any time. */
#ifndef CTX_WATCH_REGISTRY_H_
#define CTX_WATCH_REGISTRY_H_

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ctx/internal/attributes.h"
#include "ctx/internal/watched.h"

#ifdef CTX_CHECKED

/* ctx_slot_watch is what is known of one stack of a pool. */
typedef struct ctx_slot_watch {
  _Atomic uint32_t generation; /* odd: taken; each take and each give increments it */
  _Atomic uint32_t thread;     /* which thread runs there; 0: none */
} ctx_slot_watch;

/* ctx_pool_watch lies in a pool's own mapping. It is read only while the pool lives. */
typedef struct ctx_pool_watch {
  char *slots;
  size_t slot_size;
  size_t guard_size; /* the lowest bytes of each slot */
  ctx_slot_watch stacks[];
} ctx_pool_watch;

/* ctx_registry_add adds a stack, ctx_registry_remove takes it out. The latter returns false if
 * there is no such stack. */
CTX_HIDDEN void ctx_registry_add(void *base, size_t size);
CTX_HIDDEN bool ctx_registry_remove(void *base, size_t size);

/* ctx_registry_add_pool adds the pool of this mapping. `watch` lies in it, zeroed. */
CTX_HIDDEN void ctx_registry_add_pool(void *pool, size_t map_size, ctx_pool_watch *watch,
                                      char *slots, size_t slot_size, size_t guard_size);
CTX_HIDDEN void ctx_registry_remove_pool(void *pool, size_t map_size);

/* ctx_registry_has returns whether a stack (of this size) or a pool begins at `base`. True also if
 * memory has run out once, so that the list is not complete. */
CTX_HIDDEN bool ctx_registry_has(const void *base, size_t size);
CTX_HIDDEN bool ctx_registry_has_pool(const void *pool);

/* ctx_registry_find finds the stack that stack->low lies in, and fills in `home` and the numbers.
 * False: it lies in a stack of a pool that nobody has taken. */
CTX_HIDDEN bool ctx_registry_find(struct ctx_watched_stack_ *stack);

/* ctx_registry_is_same returns whether a byte lies in the same stack of the library's. */
CTX_HIDDEN bool ctx_registry_is_same(const struct ctx_watched_stack_ *stack, const void *byte);

/* ctx_registry_lives returns whether the stack is still what it was when it was found. */
CTX_HIDDEN bool ctx_registry_lives(const struct ctx_watched_stack_ *stack);

/* ctx_registry_thread returns where the number of the thread is that runs on the stack. Null: the
 * stack is not the library's, or not any longer. */
CTX_HIDDEN _Atomic uint32_t *ctx_registry_thread(const struct ctx_watched_stack_ *stack);

#endif /* CTX_CHECKED */

#endif /* CTX_WATCH_REGISTRY_H_ */
