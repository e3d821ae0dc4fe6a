/* Whoever swaps to a context becomes its parent, wherever both lie, and whatever is left over in
 * registers: a switch stores the parent only if it is another one than before. */
#include <sys/mman.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"
#include "testing/switching/forms.h"

enum { STACK_SIZE = 32768 };
CTX_STACK(stack, STACK_SIZE);
CTX_STACK(other_stack, STACK_SIZE);

static ctx_context host, child, other;
static const swap_form *form;

static void yield_twice(ctx_context *self) {
  form->yield(self);
  form->yield(self);
}

/* ---- Hosts whose addresses differ in few bits ---- */

static const uint64_t distances[] = {UINT64_C(1) << 32, UINT64_C(1) << 16, sizeof(ctx_context)};
enum { NUM_DISTANCES = sizeof distances / sizeof distances[0] };
static const size_t room_size = (size_t)((UINT64_C(1) << 32) + 2 * sizeof(ctx_context));

static void resume_from_both(ctx_context *first, ctx_context *second) {
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, (ctx_entry)yield_twice, CTX_ARGS(&child)));
  EXPECT_TRUE(form->swap_resumer(first, &child) == &child);
  EXPECT_TRUE(ctx_parent(&child) == first);
  EXPECT_TRUE(form->swap_resumer(second, &child) == &child);
  EXPECT_TRUE(ctx_parent(&child) == second);
  EXPECT_TRUE(form->swap_resumer(first, &child) == &child);
  EXPECT_TRUE(ctx_has_returned(&child));
  EXPECT_TRUE(ctx_parent(&child) == first);
}

CTX_TEST(ParentPlace, TwoHostsAreToldApartWhereverTheyLie) {
  char *room = mmap(NULL, room_size, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (room == MAP_FAILED) CTX_SKIP("this process may not have 4 GiB of addresses");
  for (size_t i = 0; i < NUM_DISTANCES; i++) {
    FOR_EACH_SWAP_FORM(each) {
      form = each;
      ctx_test_note("%s, hosts %#llx bytes apart", each->name, (unsigned long long)distances[i]);
      ctx_context *low = (ctx_context *)(void *)room;
      ctx_context *high = (ctx_context *)(void *)(room + distances[i]);
      *low = *high = (ctx_context){0};
      resume_from_both(low, high);
      *low = *high = (ctx_context){0};
      resume_from_both(high, low);
    }
  }
  munmap(room, room_size);
}

/* ---- Leftovers in registers ---- */

static void swap_with_leftovers(ctx_context *to, const void *leftover) {
  ctx_test_call_with_volatile((uint64_t)(uintptr_t)leftover, form->swap, &child, to);
}

/* The child's parent, the host, is the leftover. */
static void swap_with_parent_left_over(void) {
  swap_with_leftovers(&other, &host);
  swap_with_leftovers(&other, &host);
}

CTX_TEST(ParentPlace, LeftoversInRegistersAreNotTakenForTheParent) {
  FOR_EACH_SWAP_FORM(each) {
    form = each;
    ctx_test_note("%s", each->name);
    host = (ctx_context){0};
    ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, swap_with_parent_left_over, CTX_NO_ARGS));
    ASSERT_EQ(CTX_OK,
              ctx_init(&other, other_stack, STACK_SIZE, (ctx_entry)yield_twice, CTX_ARGS(&other)));
    EXPECT_TRUE(form->swap_resumer(&host, &child) == &child);
    EXPECT_TRUE(ctx_has_returned(&child));
    EXPECT_TRUE(ctx_parent(&other) == &child);
  }
}
