/* Contexts live on the heap, in structs of the caller, and in other storage. */
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/switching/forms.h"

enum { STACK_SIZE = 32768 };
CTX_STACK(stack, STACK_SIZE);
CTX_STACK(other_stack, STACK_SIZE);

static uint64_t add_one(uint64_t x) { return x + 1; }

CTX_TEST(Create, HeapContextRunsAsAnyOther) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_context *child = NULL;
    ASSERT_EQ(CTX_OK,
              ctx_create(&child, stack, STACK_SIZE, (ctx_entry)add_one, CTX_ARGS(UINT64_C(41))));
    EXPECT_EQ(0, (uintptr_t)child % 64);
    EXPECT_FALSE(ctx_has_returned(child));
    EXPECT_EQ(0, ctx_retval_u64(child));
    ctx_context host = {0};
    form->swap(&host, child);
    EXPECT_EQ(42, ctx_retval_u64(child));
    ctx_destroy(child);
  }
}

/* A heap's memory is dirty; under a leak checker this also shows whether destroy frees. */
CTX_TEST(Create, HeapContextsComeAndGo) {
  ctx_context host = {0};
  for (uint64_t i = 0; i < 1000; i++) {
    ctx_context *a = NULL;
    ctx_context *b = NULL;
    ASSERT_EQ(CTX_OK, ctx_create(&a, stack, STACK_SIZE, (ctx_entry)add_one, CTX_ARGS(i)));
    ASSERT_EQ(CTX_OK, ctx_create(&b, other_stack, STACK_SIZE, (ctx_entry)add_one, CTX_ARGS(2 * i)));
    ASSERT_NE(a, b);
    ctx_swap(&host, a);
    ctx_swap(&host, b);
    ASSERT_EQ(i + 1, ctx_retval_u64(a));
    ASSERT_EQ(2 * i + 1, ctx_retval_u64(b));
    ctx_destroy(a);
    ctx_destroy(b);
  }
}

CTX_TEST(Create, FailureLeavesTheOutputAlone) {
  ctx_context *const before = (ctx_context *)(uintptr_t)64;
  ctx_context *child = before;
  EXPECT_EQ(CTX_ERR_STACK_UNALIGNED,
            ctx_create(&child, stack, STACK_SIZE - 8, (ctx_entry)add_one, CTX_ARGS(UINT64_C(1))));
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, ctx_create(&child, stack, STACK_SIZE, NULL, CTX_NO_ARGS));
  EXPECT_EQ(CTX_ERR_STACK_SMALL,
            ctx_create(&child, stack, 16, (ctx_entry)add_one, CTX_ARGS(UINT64_C(1))));
  EXPECT_EQ(before, child);
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT,
            ctx_create(NULL, stack, STACK_SIZE, (ctx_entry)add_one, CTX_ARGS(UINT64_C(1))));
}

CTX_TEST(Create, DestroyOfNullIsFine) { ctx_destroy(NULL); }

typedef struct suspended {
  ctx_context host;
  ctx_context *child;
} suspended;
static void suspend(suspended *s) { ctx_swap(s->child, &s->host); }

CTX_TEST(Create, SuspendedAndFreshContextsCanBeDestroyed) {
  suspended s = {.child = NULL};
  ASSERT_EQ(CTX_OK, ctx_create(&s.child, stack, STACK_SIZE, (ctx_entry)suspend, CTX_ARGS(&s)));
  ctx_destroy(s.child);
  ASSERT_EQ(CTX_OK, ctx_create(&s.child, stack, STACK_SIZE, (ctx_entry)suspend, CTX_ARGS(&s)));
  ctx_swap(&s.host, s.child);
  ctx_destroy(s.child);
}

/* A host of its own stands for the child while it is suspended. */
static void suspend_in_a_host(suspended *s) {
  ctx_context place = {0};
  ctx_swap(&place, &s->host);
}

CTX_TEST(Create, ContextSuspendedInAHostOfItsOwnCanBeDestroyed) {
  suspended s = {.child = NULL};
  ASSERT_EQ(CTX_OK,
            ctx_create(&s.child, stack, STACK_SIZE, (ctx_entry)suspend_in_a_host, CTX_ARGS(&s)));
  ctx_swap(&s.host, s.child);
  ctx_destroy(s.child);
}

/* A user's own object around a context: nobody writes to what lies beside that. */
typedef struct task {
  char before[24];
  ctx_context context;
  char after[24];
  ctx_context *host;
  uint64_t sum;
} task;

static void sum_up(task *self, uint64_t limit) {
  for (uint64_t i = 1; i <= limit; i++) {
    self->sum += i;
    ctx_swap(&self->context, self->host);
  }
}

CTX_TEST(Create, ContextsAreEmbeddedInStructs) {
  enum { NUM_TASKS = 3, NUM_STEPS = 10 };
  static char stacks[NUM_TASKS][STACK_SIZE] __attribute__((__aligned__(16)));
  static const char untouched[24] = "nobody else writes here";
  task tasks[NUM_TASKS];
  ctx_context host = {0};
  memset(tasks, 0xa5, sizeof tasks);
  for (size_t i = 0; i < NUM_TASKS; i++) {
    memcpy(tasks[i].before, untouched, sizeof untouched);
    memcpy(tasks[i].after, untouched, sizeof untouched);
    tasks[i].host = &host;
    tasks[i].sum = 0;
    ASSERT_EQ(CTX_OK, ctx_init(&tasks[i].context, stacks[i], STACK_SIZE, (ctx_entry)sum_up,
                               CTX_ARGS(&tasks[i], (uint64_t)NUM_STEPS)));
  }
  for (int round = 0; round <= NUM_STEPS; round++) {
    for (size_t i = 0; i < NUM_TASKS; i++)
      ctx_swap(&host, &tasks[i].context);
  }
  for (size_t i = 0; i < NUM_TASKS; i++) {
    EXPECT_EQ(55, tasks[i].sum);
    EXPECT_TRUE(ctx_has_returned(&tasks[i].context));
    EXPECT_STREQ(untouched, tasks[i].before);
    EXPECT_STREQ(untouched, tasks[i].after);
  }
}

/* The context lies at the lowest end of a stack that it does not run on: only the alignment
 * matters. */
CTX_TEST(Create, ContextMayLieBesideItsStack) {
  static struct {
    ctx_context context;
    char bytes[STACK_SIZE];
  } both;
  ctx_context host = {0};
  ASSERT_EQ(CTX_OK, ctx_init(&both.context, both.bytes, sizeof both.bytes, (ctx_entry)add_one,
                             CTX_ARGS(UINT64_C(1))));
  ctx_swap(&host, &both.context);
  EXPECT_EQ(2, ctx_retval_u64(&both.context));
}
