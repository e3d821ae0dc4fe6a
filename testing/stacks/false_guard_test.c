/* Where a system call's emulator takes MADV_GUARD_INSTALL and makes no guard, guards are made the
 * other way. */
#define _GNU_SOURCE
#include <stddef.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/stacks/fault.h"

enum { GUARD_INSTALL = 102 };
static size_t num_ignored;

/* In place of the C library's. */
int madvise(void *start, size_t size, int advice) {
  if (advice == GUARD_INSTALL) {
    num_ignored++;
    return 0;
  }
  return (int)syscall(SYS_madvise, start, size, advice);
}

static void expect_guard(const ctx_stack *stack, const ctx_stack_pool *pool) {
  char *below = (char *)stack->base - 1;
  fault_handler_install(pool);
  struct fault fault = write_on_stack(stack, below);
  fault_handler_remove();
  EXPECT_TRUE(fault.happened);
  EXPECT_EQ(below, fault.address);
}

CTX_TEST(FalseGuard, OfAStackIsNotBelieved) {
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_map(&stack, 65536));
  EXPECT_TRUE(num_ignored != 0);
  expect_guard(&stack, NULL);
  ctx_stack_unmap(&stack);
}

CTX_TEST(FalseGuard, OfAPoolIsNotBelieved) {
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, 65536, 20));
  for (size_t i = 0; i < 20; i++) {
    ctx_stack stack;
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    expect_guard(&stack, pool);
  }
  ctx_stack_pool_destroy(pool);
}
