#define _GNU_SOURCE
#include "testing/stack/fault.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "testing/signals/leave.h"
#include "testing/stack/overflowing.h"

static const ctx_stack_pool *asked_pool;
static fault_leave leave;
static const ctx_context *way_back;
static struct fault last_fault;

static void on_fault(int signal, siginfo_t *info, void *ucontext) {
  (void)signal;
  if (way_back == NULL) _exit(99); /* it is not a context's, and would come again */
  last_fault.happened = true;
  last_fault.address = info->si_addr;
  last_fault.in_guard =
      ctx_stack_pool_guard_hit(asked_pool, info->si_addr, &last_fault.stack, &last_fault.distance);
  leave(ucontext, way_back);
}

void fault_handler_install_with(const ctx_stack_pool *pool, fault_leave leave_by) {
  asked_pool = pool;
  leave = leave_by;
  handler_install(SIGSEGV, on_fault, NULL);
}

void fault_handler_install(const ctx_stack_pool *pool) {
  fault_handler_install_with(pool, ctx_redirect_signal);
}

void fault_handler_remove(void) { handler_uninstall(); }

struct fault run_to_fault(ctx_context *host, ctx_context *child) {
  last_fault = (struct fault){.happened = false};
  way_back = host;
  ctx_swap(host, child);
  way_back = NULL;
  return last_fault;
}

static void write_entry(volatile char *address) { *address = 1; }

struct fault write_on_stack(const ctx_stack *stack, void *address) {
  ctx_context host = {0};
  ctx_context child;
  if (ctx_init(&child, stack->base, stack->size, (ctx_entry)write_entry, CTX_ARGS(address)) !=
      CTX_OK) {
    abort();
  }
  return run_to_fault(&host, &child);
}

struct fault overflow_stack(const ctx_stack *stack) {
  ctx_context host = {0};
  ctx_context child;
  if (ctx_init(&child, stack->base, stack->size, (ctx_entry)overflowing_entry, CTX_NO_ARGS) !=
      CTX_OK) {
    abort();
  }
  return run_to_fault(&host, &child);
}
