#include "testing/hostile/other.h"

#include <string.h>

#include "ctx/ctx.h"

static const char *check_nulls(void) {
  ctx_stack stack = {0};
  ctx_stack_pool *pool = NULL;
  ctx_stack_pool_stats stats;
  char ucontext[16] = {0};
  ctx_context context;
  memset(&context, 0, sizeof context);
  bool right = ctx_create(NULL, &stack, 0, NULL, CTX_NO_ARGS) == CTX_ERR_NULL_ARGUMENT &&
               ctx_stack_map(NULL, 1) == CTX_ERR_NULL_ARGUMENT &&
               ctx_stack_pool_create(NULL, 1, 1) == CTX_ERR_NULL_ARGUMENT &&
               ctx_stack_pool_create_with_options(NULL, 1, 1, NULL) == CTX_ERR_NULL_ARGUMENT &&
               ctx_stack_pool_take(NULL, &stack) == CTX_ERR_NULL_ARGUMENT &&
               ctx_stack_pool_get_stats(NULL, &stats) == CTX_ERR_NULL_ARGUMENT &&
               ctx_signal_stack_install(NULL, 1) == CTX_ERR_NULL_ARGUMENT &&
               ctx_signal_stack_remove(NULL) == CTX_ERR_NULL_ARGUMENT &&
               ctx_set_from_signal(NULL) == CTX_ERR_NULL_ARGUMENT &&
               !ctx_stack_guard_hit(NULL, &stack) &&
               !ctx_stack_pool_guard_hit(NULL, &stack, NULL, NULL);
  if (!right) return "a null pointer is not answered as it should be";
  if (ctx_stack_pool_create(&pool, 1, 1) != CTX_OK) return "a pool of one stack cannot be had";
  right = ctx_stack_pool_take(pool, NULL) == CTX_ERR_NULL_ARGUMENT &&
          ctx_stack_pool_get_stats(pool, NULL) == CTX_ERR_NULL_ARGUMENT;
  ctx_stack_pool_give(pool, NULL);
  ctx_stack_pool_give(NULL, &stack);
  ctx_stack_pool_destroy(pool);
  ctx_stack_pool_destroy(NULL);
  ctx_stack_unmap(NULL);
  ctx_stack_unmap(&stack);
  ctx_destroy(NULL);
  ctx_redirect_signal(NULL, &context);
  ctx_redirect_signal(ucontext, NULL);
  return right ? "" : "a pool takes null for something";
}

/* Arithmetic on addresses, never an access. */
static const char *check_guard_hit(byte_reader *in) {
  ctx_stack stack = {.base = (void *)(uintptr_t)bytes_next(in, 8),
                     .size = (size_t)bytes_next(in, 8),
                     .guard_size = (size_t)bytes_next(in, 8)};
  uintptr_t address = (uintptr_t)bytes_next(in, 8);
  uintptr_t below = (uintptr_t)stack.base - address;
  bool expected = below != 0 && below <= stack.guard_size;
  return ctx_stack_guard_hit(&stack, (void *)address) == expected
             ? ""
             : complain("ctx_stack_guard_hit is wrong %#zx below a stack with %#zx of guard",
                        (size_t)below, stack.guard_size);
}

static const char *check_status_texts(byte_reader *in) {
  int number = (int)bytes_next(in, 4);
  const char *name = ctx_status_name((ctx_status)number);
  const char *message = ctx_status_message((ctx_status)number);
  bool is_known = strcmp(name, "CTX_ERR_UNKNOWN") != 0;
  bool right = strncmp(name, "CTX_", 4) == 0 && message[0] != '\0' &&
               (strcmp(message, "unknown status") == 0) == !is_known;
  return right ? "" : complain("status %d is named %s: %s", number, name, message);
}

static const char *check_retval_index(byte_reader *in) {
  ctx_context context;
  memset(&context, 0, sizeof context);
  size_t index = (size_t)bytes_next(in, 8);
#ifdef CTX_CHECKED
  index %= 2; /* others stop it */
#endif
  return ctx_retval_gp(&context, index) == 0 ? "" : "a register that there is not has a value";
}

const char *hostile_other(byte_reader *in) {
  switch (byte_next(in) % 4) {
    case 0:
      return check_nulls();
    case 1:
      return check_guard_hit(in);
    case 2:
      return check_status_texts(in);
    default:
      return check_retval_index(in);
  }
}
