/* Stacks that are mapped one by one. */
#include "ctx/stack.h"

#include <stdint.h>
#include <string.h>

#include "ctx/stack/guard.h"
#include "ctx/stack/size.h"
#include "ctx/system/system.h"
#include "ctx/watch/checked.h"
#include "ctx/watch/checked_stacks.h"
#include "ctx/watch/sanitizer.h"

/* ctx_stack.slot of a stack that is in no pool. */
#define CTX_STACK_SLOT_NONE ((size_t)-1)

ctx_status ctx_stack_map(ctx_stack *out, size_t size) {
  if (out == NULL) return CTX_ERR_NULL_ARGUMENT;
  size_t guard_size = ctx_system_page_size();
  size_t map_size;
  if (!ctx_stack_round_size(size, &size) || __builtin_add_overflow(guard_size, size, &map_size)) {
    return CTX_ERR_NO_MEMORY;
  }
  char *memory;
  ctx_status status = ctx_system_map(&memory, map_size, false);
  if (status != CTX_OK) return status;
  ctx_guard guard = CTX_GUARD_TRIED;
  status = ctx_stack_guard(memory, guard_size, &guard);
  if (status != CTX_OK) {
    ctx_system_unmap(memory, map_size);
    return status;
  }
  *out = (ctx_stack){.base = memory + guard_size,
                     .size = size,
                     .guard_size = guard_size,
                     .slot = CTX_STACK_SLOT_NONE};
  ctx_check_mapped(out);
  return CTX_OK;
}

void ctx_stack_unmap(ctx_stack *stack) {
  if (stack == NULL || stack->base == NULL) return;
  if (stack->slot != CTX_STACK_SLOT_NONE) {
    ctx_check_stack_failed("ctx_stack_unmap", stack->base, "belongs to a pool");
  }
  ctx_check_unmap(stack);
  ctx_sanitizer_fresh_memory(stack->base, stack->size);
  ctx_system_unmap((char *)stack->base - stack->guard_size, stack->guard_size + stack->size);
  memset(stack, 0, sizeof *stack);
}

bool ctx_stack_guard_hit(const ctx_stack *stack, const void *fault_address) {
  if (stack == NULL) return false;
  uintptr_t guard = (uintptr_t)stack->base - stack->guard_size;
  return (uintptr_t)fault_address - guard < stack->guard_size;
}
