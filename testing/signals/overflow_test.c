/* A child that overflows its stack is stopped by the guard page, and its host goes on. */
#include "ctx/ctx.h"
#include "testing/arch/machine.h"
#include "testing/harness/harness.h"
#include "testing/signals/leave.h"
#include "testing/stack/fault.h"
#include "testing/stack/overflowing.h"

#define STACK_SIZE 65536
#define NUM_OVERFLOWS 1000

static ctx_context host;
static ctx_context child;
static ctx_stack stack;

static size_t modest_entry(size_t x) { return x + 1; }

static void overflow_repeatedly(const way_out *way) {
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_stack_map(&stack, STACK_SIZE));
  fault_handler_install_with(NULL, way->leave);
  for (size_t i = 0; i < NUM_OVERFLOWS; i++) {
    ASSERT_EQ(CTX_OK,
              ctx_init(&child, stack.base, stack.size, (ctx_entry)overflowing_entry, CTX_NO_ARGS));
    struct fault fault = run_to_fault(&host, &child);
    ASSERT_TRUE(fault.happened);
    ASSERT_TRUE(ctx_stack_guard_hit(&stack, fault.address));
    ASSERT_FALSE(ctx_has_returned(&child));
    ASSERT_EQ(0, mask_now());

    /* For the kernel, too, the handler is over. */
    stack_t handler_stack;
    ASSERT_EQ(0, sigaltstack(NULL, &handler_stack));
    ASSERT_EQ(0, handler_stack.ss_flags);
  }
  fault_handler_remove();

  ASSERT_EQ(CTX_OK, ctx_init(&child, stack.base, stack.size, (ctx_entry)modest_entry,
                             CTX_ARGS((size_t)41)));
  ctx_swap(&host, &child);
  EXPECT_EQ(42, ctx_retval_usize(&child));
  ctx_stack_unmap(&stack);
}

CTX_TEST(Overflow, IsLeftForTheHostAThousandTimes) { for_each_way_out(overflow_repeatedly); }

/* ctx_set itself needs no stack: here it is called when not a byte is left. */
static void entry_that_sets_at_the_guard(void) { machine_set_on(stack.base, &host); }

CTX_TEST(Overflow, SetNeedsNoStack) {
#ifdef CTX_INSTRUMENTED_
  CTX_SKIP("ctx_set is a C function in instrumented builds");
#endif
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_stack_map(&stack, STACK_SIZE));
  ASSERT_EQ(CTX_OK,
            ctx_init(&child, stack.base, stack.size, entry_that_sets_at_the_guard, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  EXPECT_FALSE(ctx_has_returned(&child));
  ctx_stack_unmap(&stack);
}
