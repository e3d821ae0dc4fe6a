/* AddressSanitizer knows on which stack a thread is, after switches as before. */
#include "ctx/ctx.h"
#include "testing/harness/harness.h"

enum { STACK_SIZE = 65536 };
CTX_STACK(stack, STACK_SIZE);

#if CTX_TEST_ASAN

void __sanitizer_start_switch_fiber(void **fake_stack_save, const void *bottom, size_t size);
void __sanitizer_finish_switch_fiber(void *fake_stack_save, const void **bottom_old,
                                     size_t *size_old);

struct bounds {
  const void *low;
  size_t size;
};
static struct bounds seen;
static ctx_context host, child;

/* The sanitizer says what it takes for the stack when it is told of another. So it is told of
 * another, and then of the old one. */
__attribute__((noinline, no_sanitize("address"))) static struct bounds ask(void) {
  static char elsewhere[64];
  struct bounds bounds, ignored;
  void *fake_stack;
  __sanitizer_start_switch_fiber(&fake_stack, elsewhere, sizeof elsewhere);
  __sanitizer_finish_switch_fiber(fake_stack, &bounds.low, &bounds.size);
  __sanitizer_start_switch_fiber(&fake_stack, bounds.low, bounds.size);
  __sanitizer_finish_switch_fiber(fake_stack, &ignored.low, &ignored.size);
  return bounds;
}

static void look(void) {
  for (;;) {
    seen = ask();
    ctx_swap(&child, &host);
  }
}

#endif

CTX_TEST(AsanBounds, AreThoseOfTheStackInUse) {
#if !CTX_TEST_ASAN
  (void)stack;
  CTX_SKIP("needs AddressSanitizer");
#else
  const struct bounds own = ask();
  EXPECT_TRUE(own.size > 0);
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, look, CTX_NO_ARGS));
  for (int i = 0; i < 3; i++) {
    ctx_swap(&host, &child);
    EXPECT_EQ(stack, seen.low);
    EXPECT_EQ(STACK_SIZE, seen.size);
    struct bounds again = ask();
    EXPECT_EQ(own.low, again.low);
    EXPECT_EQ(own.size, again.size);
  }
#endif
}
