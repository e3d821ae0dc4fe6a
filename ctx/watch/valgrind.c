/* valgrind has to know which memory is a stack. Then it takes a jump from one to another for what
 * it is. Otherwise it would complain of a client that switches stacks, or take everything between
 * the two for memory that was allocated, or freed.
 *
 * Only builds with CTX_VALGRIND have this. The requests are valgrind's (see its valgrind.h and
 * memcheck.h, whose numbers do not change), without its headers: there is nothing to install. */
#include "ctx/internal/build.h"
#include "ctx/internal/watched.h"
#include "ctx/watch/sanitizer.h"

#ifdef CTX_VALGRIND_

#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(valgrind_request.h)

#define CTX_VALGRIND_STACK_REGISTER 0x1501u
#define CTX_VALGRIND_STACK_DEREGISTER 0x1502u
#define CTX_MEMCHECK_MAKE_MEM_DEFINED 0x4d430002u /* MC, and 2 */

/* A stack's `tool` is the number by which valgrind knows it, plus one: null is none. */
static void *ctx_valgrind_tool(uintptr_t id) { return (void *)(id + 1); }
static uintptr_t ctx_valgrind_id(const void *tool) { return (uintptr_t)tool - 1; }

/* To valgrind popped memory is not accessible, as if it were freed. */
void ctx_sanitizer_fresh_memory(void *memory, size_t size) {
  ctx_valgrind_request(CTX_MEMCHECK_MAKE_MEM_DEFINED, (uintptr_t)memory, size);
}

void ctx_sanitizer_values(const ctx_value *values, size_t num_values) {
  (void)values, (void)num_values;
}

void ctx_sanitizer_fresh_context(ctx_context *child) {
  struct ctx_watched_stack_ *stack = &child->instrument.stack;
  uintptr_t low = (uintptr_t)stack->low;
  uintptr_t id = ctx_valgrind_request(CTX_VALGRIND_STACK_REGISTER, low, low + stack->size - 1);
  ctx_watched_stack_set_tool(stack, ctx_valgrind_tool(id));
}

void ctx_sanitizer_forget(struct ctx_watched_stack_ *stack) {
  /* This memory may never have been written to, and is read nonetheless. */
  ctx_sanitizer_fresh_memory(stack, sizeof *stack);
  if (!ctx_watched_stack_is_sealed(stack) || stack->tool == NULL) return;
  ctx_valgrind_request(CTX_VALGRIND_STACK_DEREGISTER, ctx_valgrind_id(stack->tool), 0);
  ctx_watched_stack_set_tool(stack, NULL);
}

void ctx_sanitizer_leave(ctx_context *from, const ctx_context *to) { (void)from, (void)to; }

void ctx_sanitizer_arrive(struct ctx_watched_stack_ *left, struct ctx_watched_stack_ *to) {
  (void)to;
  if (left->fate < CTX_FATE_ENDED) return;
  ctx_sanitizer_fresh_memory(left->low, left->size);
  ctx_sanitizer_forget(left);
}

void ctx_sanitizer_unwind(const struct ctx_watched_stack_ *stack) { (void)stack; }
void ctx_sanitizer_enter(void) {}
void ctx_sanitizer_return(ctx_context *child) { (void)child; }

#endif /* CTX_VALGRIND_ */
