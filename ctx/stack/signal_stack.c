/* Alternate signal stacks. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <signal.h>
#include <string.h>

#include "ctx/stack.h"
#include "ctx/watch/checked_stacks.h"

/* Returns why the system has refused. It has one errno for a sandbox's refusal, and for a handler
 * that runs on the present stack. */
static ctx_status ctx_signal_stack_why_refused(void) {
  stack_t present;
  bool is_in_use = sigaltstack(NULL, &present) == 0 && (present.ss_flags & SS_ONSTACK) != 0;
  return is_in_use ? CTX_ERR_SIGNAL_STACK : CTX_ERR_SIGNAL_STACK_REFUSED;
}

ctx_status ctx_signal_stack_install(ctx_signal_stack *out, size_t size) {
  if (out == NULL) return CTX_ERR_NULL_ARGUMENT;
  ctx_stack stack;
  ctx_status status = ctx_stack_map(&stack, size);
  if (status != CTX_OK) return status;
  stack_t present = {.ss_sp = stack.base, .ss_size = stack.size};
  stack_t previous;
  if (sigaltstack(&present, &previous) != 0) {
    ctx_stack_unmap(&stack);
    return ctx_signal_stack_why_refused();
  }
  ctx_check_signal_stack_installed(&stack);
  *out = (ctx_signal_stack){.stack = stack,
                            .previous_base = previous.ss_sp,
                            .previous_size = previous.ss_size,
                            .previous_flags = previous.ss_flags};
  return CTX_OK;
}

ctx_status ctx_signal_stack_remove(ctx_signal_stack *installed) {
  if (installed == NULL) return CTX_ERR_NULL_ARGUMENT;
  stack_t present;
  if (sigaltstack(NULL, &present) != 0) return CTX_ERR_SIGNAL_STACK_REFUSED;
  ctx_check_signal_stack_remove(&installed->stack, present.ss_sp);
  if (present.ss_sp == installed->stack.base) {
    stack_t previous = {.ss_sp = installed->previous_base,
                        .ss_size = installed->previous_size,
                        .ss_flags = installed->previous_flags};
    if (sigaltstack(&previous, NULL) != 0) return ctx_signal_stack_why_refused();
  }
  ctx_check_signal_stack_removed(&installed->stack);
  ctx_stack_unmap(&installed->stack);
  memset(installed, 0, sizeof *installed);
  return CTX_OK;
}
