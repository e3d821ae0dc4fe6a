/* Faults of contexts, and their recovery: on the alternate signal stack, for the host. */
#ifndef CTX_TESTING_STACK_FAULT_H_
#define CTX_TESTING_STACK_FAULT_H_

#include "ctx/ctx.h"

struct fault {
  bool happened;
  void *address;
  /* The answer of ctx_stack_pool_guard_hit in the handler. */
  bool in_guard;
  ctx_stack stack;
  size_t distance;
};

/* Between these two the calling thread survives faults of contexts that run through run_to_fault;
 * `pool` (null: none) is asked about them. */
void fault_handler_install(const ctx_stack_pool *pool);
void fault_handler_remove(void);

/* fault_handler_install_with leaves the handler by `leave` in place of ctx_redirect_signal. */
typedef void (*fault_leave)(void *ucontext, const ctx_context *to);
void fault_handler_install_with(const ctx_stack_pool *pool, fault_leave leave);

/* Resumes the context, which needs to be suspended or fresh, until it returns, swaps to *host or
 * faults. */
struct fault run_to_fault(ctx_context *host, ctx_context *child);

/* Runs a fresh context on the stack, which writes a byte to the address. */
struct fault write_on_stack(const ctx_stack *stack, void *address);

/* Runs a fresh context on the stack, which calls itself without end. */
struct fault overflow_stack(const ctx_stack *stack);

#endif /* CTX_TESTING_STACK_FAULT_H_ */
