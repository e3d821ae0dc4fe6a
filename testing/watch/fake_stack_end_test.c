/* Under AddressSanitizer with detect_stack_use_after_return a context's fake stack goes as soon as
 * its entry has returned: not only when the context is initialised anew, or destroyed. */
#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/stack/memory_use.h"

const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "detect_stack_use_after_return=1"; }

enum { STACK_SIZE = 64 * 1024, NUM_CONTEXTS = 2000 };
CTX_STACK(stack, STACK_SIZE);

static ctx_context host;
static ctx_context children[1 + NUM_CONTEXTS];

/* A local with an address: it is in the fake stack. */
__attribute__((noinline)) static void keep(volatile int *number) { (*number)++; }
static int return_number(void) {
  volatile int number = 6;
  keep(&number);
  return number;
}

static void end(ctx_context *child) {
  ASSERT_EQ(CTX_OK, ctx_init(child, stack, STACK_SIZE, (ctx_entry)return_number, CTX_NO_ARGS));
  ctx_swap(&host, child);
  EXPECT_EQ(7, ctx_retval_i32(child));
}

/* A fake stack of such a stack is 11 times as large: 2,000 would take 1.4 GiB of address space. */
CTX_TEST(FakeStackEnd, IsTheReturnOfTheEntry) {
  end(&children[NUM_CONTEXTS]);
  size_t size_before = address_space_size();
  for (int i = 0; i < NUM_CONTEXTS; i++)
    end(&children[i]);
  EXPECT_TRUE(address_space_size() < size_before + (64 << 20));
}
