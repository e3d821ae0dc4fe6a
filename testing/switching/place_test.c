/* Stacks may lie anywhere: above and below the one that a child is started from. */
#define _GNU_SOURCE
#include <sys/mman.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/switching/forms.h"

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

enum { STACK_SIZE = 65536 };

static void *map_at(uintptr_t hint, int flags) {
  void *stack = mmap((void *)hint, STACK_SIZE, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);
  return stack == MAP_FAILED ? NULL : stack;
}

/* Returns the last free pages below the end of user space: they are above the main stack, which the
 * kernel puts a random way below that end. The end is the next power of two. */
static void *map_above(uintptr_t address) {
  const uintptr_t end = (uintptr_t)1 << (64 - __builtin_clzl(address));
  for (uintptr_t hint = end - STACK_SIZE; hint > address; hint -= STACK_SIZE) {
    void *stack = map_at(hint, MAP_FIXED_NOREPLACE);
    if (stack != NULL && (uintptr_t)stack == hint) return stack;
    if (stack != NULL) munmap(stack, STACK_SIZE); /* a kernel that takes it for a hint */
  }
  return NULL;
}

static void *map_below(uintptr_t address) {
  void *stack = map_at(address / 2 & -(uintptr_t)STACK_SIZE, 0);
  if (stack != NULL && (uintptr_t)stack > address) {
    munmap(stack, STACK_SIZE);
    return NULL;
  }
  return stack;
}

typedef struct world {
  ctx_context host;
  ctx_context child;
  ctx_context grandchild;
  void *childs_stack;
  void *grandchilds_stack;
  const swap_form *form;
} world;

static int is_on(const void *stack) {
  return (uintptr_t)__builtin_frame_address(0) - (uintptr_t)stack < STACK_SIZE;
}

static uint64_t nested(world *w, uint64_t x) {
  EXPECT_TRUE(is_on(w->grandchilds_stack));
  w->form->swap(&w->grandchild, &w->child);
  EXPECT_TRUE(is_on(w->grandchilds_stack));
  return x + 1;
}

static uint64_t nest(world *w, uint64_t x) {
  EXPECT_TRUE(is_on(w->childs_stack));
  EXPECT_EQ(CTX_OK, ctx_init(&w->grandchild, w->grandchilds_stack, STACK_SIZE, (ctx_entry)nested,
                             CTX_ARGS(w, x)));
  w->form->swap(&w->child, &w->grandchild);
  w->form->swap(&w->child, &w->host);
  w->form->swap(&w->child, &w->grandchild);
  EXPECT_TRUE(is_on(w->childs_stack));
  return ctx_retval_u64(&w->grandchild) + 1;
}

static void run(void *childs_stack, void *grandchilds_stack) {
  FOR_EACH_SWAP_FORM(out) FOR_EACH_SWAP_FORM(back) {
    ctx_test_note("host: %s, children: %s; child on %p, its child on %p", out->name, back->name,
                  childs_stack, grandchilds_stack);
    world w = {.form = back, .childs_stack = childs_stack, .grandchilds_stack = grandchilds_stack};
    ASSERT_EQ(CTX_OK, ctx_init(&w.child, childs_stack, STACK_SIZE, (ctx_entry)nest,
                               CTX_ARGS(&w, UINT64_C(40))));
    out->swap(&w.host, &w.child);
    out->swap(&w.host, &w.child);
    EXPECT_EQ(42, ctx_retval_u64(&w.child));
  }
}

CTX_TEST(Place, StacksBelowTheMainStackInBothOrders) {
  void *low = map_below((uintptr_t)__builtin_frame_address(0));
  ASSERT_NE(0, low);
  void *high = map_at((uintptr_t)low + 0x100000000, 0);
  ASSERT_NE(0, high);
  ASSERT_TRUE(low < high && high < __builtin_frame_address(0));
  run(low, high);
  run(high, low);
  munmap(low, STACK_SIZE);
  munmap(high, STACK_SIZE);
}

CTX_TEST(Place, StacksAboveAndBelowTheMainStack) {
  void *high = map_above((uintptr_t)__builtin_frame_address(0));
  if (high == NULL) CTX_SKIP("no memory is free above the main stack");
  void *low = map_below((uintptr_t)__builtin_frame_address(0));
  ASSERT_NE(0, low);
  ASSERT_TRUE(low < __builtin_frame_address(0) && __builtin_frame_address(0) < high);
  run(low, high);
  run(high, low);
  munmap(low, STACK_SIZE);
  munmap(high, STACK_SIZE);
}

CTX_TEST(Place, StackInAFrameOfTheHost) {
  char childs_stack[STACK_SIZE] __attribute__((__aligned__(16)));
  char grandchilds_stack[STACK_SIZE] __attribute__((__aligned__(16)));
  run(childs_stack, grandchilds_stack);
  run(grandchilds_stack, childs_stack);
}
