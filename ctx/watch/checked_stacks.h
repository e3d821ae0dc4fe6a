/* The checks of stacks and pools, beside checked.h. ctx/stack calls these. In other builds they are
 * empty. */
#ifndef CTX_WATCH_CHECKED_STACKS_H_
#define CTX_WATCH_CHECKED_STACKS_H_

#include "ctx/internal/attributes.h"
#include "ctx/internal/build.h"
#include "ctx/stack.h"
#include "ctx/watch/registry.h"

#ifdef CTX_CHECKED

/* ---- Mapped stacks ---- */

/* ctx_check_mapped notes a stack that was mapped. ctx_check_unmap checks that it can be unmapped,
 * and notes that. */
CTX_HIDDEN void ctx_check_mapped(const ctx_stack *stack);
CTX_HIDDEN void ctx_check_unmap(const ctx_stack *stack);

/* ctx_check_stack_lives checks that the stack is the library's, and still mapped. */
CTX_HIDDEN void ctx_check_stack_lives(const char *function, const ctx_stack *stack);

/* ctx_check_signal_stack_installed notes that the calling thread's handlers run on the stack, and
 * ctx_check_signal_stack_removed that they do not any longer. ctx_check_signal_stack_remove checks
 * that the thread may remove it; the one that it has now begins at `present_base`. */
CTX_HIDDEN void ctx_check_signal_stack_installed(const ctx_stack *stack);
CTX_HIDDEN void ctx_check_signal_stack_remove(const ctx_stack *stack, void *present_base);
CTX_HIDDEN void ctx_check_signal_stack_removed(const ctx_stack *stack);

/* ---- Pools ---- */

/* ctx_check_pool_size returns the bytes that a pool keeps for these checks: a ctx_pool_watch. */
CTX_HIDDEN size_t ctx_check_pool_size(size_t capacity);

/* ctx_check_pool checks that there is a pool. */
CTX_HIDDEN void ctx_check_pool(const char *function, const ctx_stack_pool *pool);

/* ctx_check_take and ctx_check_give note that a slot was taken, or is given back. The latter checks
 * that it can be. */
CTX_HIDDEN void ctx_check_take(ctx_pool_watch *watch, size_t slot);
CTX_HIDDEN void ctx_check_give(ctx_pool_watch *watch, const ctx_stack *stack);

/* ctx_check_pool_idle checks that nothing runs on these slots. */
CTX_HIDDEN void ctx_check_pool_idle(const ctx_stack_pool *pool, const ctx_pool_watch *watch,
                                    size_t num_slots);

#else

#define ctx_check_mapped(stack) ((void)0)
#define ctx_check_unmap(stack) ((void)0)
#define ctx_check_stack_lives(function, stack) ((void)0)
#define ctx_check_signal_stack_installed(stack) ((void)0)
#define ctx_check_signal_stack_remove(stack, present_base) ((void)0)
#define ctx_check_signal_stack_removed(stack) ((void)0)
#define ctx_check_pool(function, pool) ((void)0)

#endif

#endif /* CTX_WATCH_CHECKED_STACKS_H_ */
