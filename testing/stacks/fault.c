#define _GNU_SOURCE
#include "testing/stacks/fault.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static ctx_signal_stack handler_stack;
static struct sigaction previous_action;
static const ctx_stack_pool *asked_pool;
static const ctx_context *way_back;
static struct fault last_fault;

static void on_fault(int signal, siginfo_t *info, void *ucontext) {
  (void)signal;
  if (way_back == NULL) _exit(99); /* not of a context: it would come again */
  last_fault.happened = true;
  last_fault.address = info->si_addr;
  last_fault.in_guard =
      ctx_stack_pool_guard_hit(asked_pool, info->si_addr, &last_fault.stack, &last_fault.distance);
  ctx_redirect_signal(ucontext, way_back);
}

void fault_handler_install(const ctx_stack_pool *pool) {
  asked_pool = pool;
  if (ctx_signal_stack_install(&handler_stack, 256 * 1024) != CTX_OK) abort();
  struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  if (sigaction(SIGSEGV, &action, &previous_action) != 0) abort();
}

void fault_handler_remove(void) {
  if (sigaction(SIGSEGV, &previous_action, NULL) != 0) abort();
  if (ctx_signal_stack_remove(&handler_stack) != CTX_OK) abort();
}

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

/* Not a tail call, and no end that a compiler could see. */
__attribute__((noinline)) static size_t recurse(size_t depth, const volatile char *caller) {
  volatile char frame[128];
  frame[0] = caller[0];
  if (depth == SIZE_MAX) return 0;
  return recurse(depth + 1, frame) + (size_t)frame[0];
}

static size_t recurse_entry(void) {
  const volatile char first = 1;
  return recurse(0, &first);
}

struct fault overflow_stack(const ctx_stack *stack) {
  ctx_context host = {0};
  ctx_context child;
  if (ctx_init(&child, stack->base, stack->size, (ctx_entry)recurse_entry, CTX_NO_ARGS) != CTX_OK) {
    abort();
  }
  return run_to_fault(&host, &child);
}
