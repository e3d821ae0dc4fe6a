/* Init makes a fresh context of any bytes, and all forms of init make the same one. */
#define _GNU_SOURCE
#include <signal.h>
#include <string.h>

#include "ctx/inline.h"
#include "testing/api/arena.h"
#include "testing/arch/arch.h"
#include "testing/harness/harness.h"
#include CTX_TEST_ARCH(figures.h)

static const size_t context_alignment = _Alignof(ctx_context);

CTX_TEST(Context, SizeAndAlignmentAreAsDocumented) {
  EXPECT_EQ(64, context_alignment);
  EXPECT_EQ((size_t)CTX_TEST_CONTEXT_SIZE, sizeof(ctx_context));
}

struct image {
  ctx_context child;
  char stack[CTX_ARENA_STACK_SIZE];
};

static struct image first;
static struct image second;

static void take_image(struct image *image) {
  memcpy(&image->child, &ctx_test_arena.child, sizeof image->child);
  memcpy(image->stack, ctx_test_arena.stack, sizeof image->stack);
}

/* Takes two images: two ways to initialise make them of the same garbage. */
#define EXPECT_SAME_CONTEXT(expression1, expression2) \
  do {                                                \
    ctx_test_arena_fill(0x5a);                        \
    ASSERT_EQ(CTX_OK, (expression1));                 \
    take_image(&first);                               \
    ctx_test_arena_fill(0x5a);                        \
    ASSERT_EQ(CTX_OK, (expression2));                 \
    take_image(&second);                              \
    EXPECT_MEMEQ(&first, &second, sizeof first);      \
  } while (0)

static const ctx_options zero_options;
static int data;
static int add(int a, int b) { return a + b; }
static void callback(void *unused) { (void)unused; }

static const ctx_value *nine_args(void) {
  static ctx_value args[9];
  for (size_t i = 0; i < 9; i++)
    args[i] = i == 1 ? ctx_f64(-1) : ctx_i8(-1);
  return args;
}

/* Eight of them are integers: two in memory. */
#define CHILD &ctx_test_arena.child, ctx_test_arena.stack, sizeof ctx_test_arena.stack
#define ENTRY ctx_test_noop, nine_args(), 9

CTX_TEST(Context, AllZeroOptionsAndNoneMeanWhatInitDoes) {
  EXPECT_SAME_CONTEXT(ctx_init(CHILD, ENTRY), ctx_init_with_options(CHILD, &zero_options, ENTRY));
  EXPECT_SAME_CONTEXT(ctx_init(CHILD, ENTRY), ctx_init_with_options(CHILD, NULL, ENTRY));
}

CTX_TEST(Context, InitWithCallbackIsTheOptionOfThatName) {
  ctx_options options = {.backstop = callback, .backstop_data = &data};
  EXPECT_SAME_CONTEXT(ctx_init_with_callback(CHILD, callback, &data, ENTRY),
                      ctx_init_with_options(CHILD, &options, ENTRY));
  EXPECT_SAME_CONTEXT(ctx_init_with_callback(CHILD, NULL, NULL, ENTRY), ctx_init(CHILD, ENTRY));
}

CTX_TEST(Context, InitInlineIsInitWithOptions) {
  sigset_t mask;
  sigemptyset(&mask);
  ctx_options options = {.backstop = callback, .backstop_data = &data, .signal_mask = &mask};
  for (int i = 0; i < 2; i++) {
    EXPECT_SAME_CONTEXT(ctx_init_inline(CHILD, &options, ctx_test_noop, CTX_NO_ARGS),
                        ctx_init_with_options(CHILD, &options, ctx_test_noop, CTX_NO_ARGS));
    EXPECT_SAME_CONTEXT(ctx_init_inline(CHILD, &options, ENTRY),
                        ctx_init_with_options(CHILD, &options, ENTRY));
    options.activation = callback;
    options.flags = CTX_FLAG_FP_SAVE;
  }
  EXPECT_SAME_CONTEXT(ctx_init_inline(CHILD, NULL, ctx_test_noop, CTX_NO_ARGS),
                      ctx_init(CHILD, ctx_test_noop, CTX_NO_ARGS));
}

CTX_TEST(Context, TheThreadsSignalMaskGivenOrReadIsTheSame) {
  sigset_t mask;
  sigset_t before;
  sigemptyset(&mask);
  sigaddset(&mask, SIGUSR1);
  sigaddset(&mask, ctx_test_last_signal());
  ASSERT_EQ(0, pthread_sigmask(SIG_SETMASK, &mask, &before));
  ctx_options options = {.signal_mask = &mask};
  EXPECT_SAME_CONTEXT(ctx_init(CHILD, ENTRY), ctx_init_with_options(CHILD, &options, ENTRY));
  sigaddset(&mask, SIGUSR2);
  ASSERT_EQ(CTX_OK, ctx_init_with_options(CHILD, &options, ENTRY));
  take_image(&second);
  EXPECT_NE(0, memcmp(&first, &second, sizeof first));
  ASSERT_EQ(0, pthread_sigmask(SIG_SETMASK, &before, NULL));
}

/* Init forgets what the context was: different garbage in its fields makes no difference. */
CTX_TEST(Context, WhateverItHeldItIsFreshAfterInit) {
  static const int garbage[] = {0x00, 0x01, 0x7f, 0xa5, 0xff};
  for (size_t i = 0; i < sizeof garbage / sizeof garbage[0]; i++) {
    ctx_context *child = &ctx_test_arena.child;
    memset(&ctx_test_arena, garbage[i], sizeof ctx_test_arena);
    ASSERT_EQ(CTX_OK, ctx_init(CHILD, (ctx_entry)add, CTX_ARGS(3, 4)));
    EXPECT_FALSE(ctx_has_returned(child));
    EXPECT_EQ(0, ctx_retval_gp(child, 0));
    EXPECT_EQ(0, ctx_retval_gp(child, 1));
    EXPECT_F64_EQ(0.0, ctx_retval_f64(child));
    ctx_retval untyped = ctx_untyped_retval(child);
    static const ctx_bytes16 zero;
    EXPECT_EQ(0, untyped.gp);
    EXPECT_MEMEQ(&zero, &untyped.fp, sizeof zero);
    ctx_context host;
    memset(&host, 0, sizeof host);
    ctx_swap(&host, child);
    EXPECT_TRUE(ctx_has_returned(child));
    EXPECT_EQ(7, ctx_retval_i32(child));
  }
}

/* No byte of what was there is left in the part of the stack that init writes. */
CTX_TEST(Context, InitWritesEveryByteOfWhatItNeeds) {
  for (uint8_t seed = 0; seed < 2; seed++) {
    ctx_test_arena_fill(seed);
    ASSERT_EQ(CTX_OK, ctx_init(CHILD, ENTRY));
    take_image(seed == 0 ? &first : &second);
  }
  size_t needed = ctx_stack_needed(nine_args(), 9);
  size_t untouched = sizeof first.stack - needed;
  EXPECT_MEMEQ(first.stack + untouched, second.stack + untouched, needed);
}

static int num_callbacks;
static void count_callbacks(void *unused) {
  (void)unused;
  num_callbacks++;
}

CTX_TEST(Context, InitialisedAgainWithoutCallbacksHasNone) {
  ctx_options options = {.backstop = count_callbacks, .activation = count_callbacks};
  num_callbacks = 0;
  ASSERT_EQ(CTX_OK, ctx_init_with_options(CHILD, &options, ENTRY));
  ASSERT_EQ(CTX_OK, ctx_init(CHILD, ENTRY));
  ctx_context host;
  memset(&host, 0, sizeof host);
  ctx_swap(&host, &ctx_test_arena.child);
  EXPECT_EQ(0, num_callbacks);

  ASSERT_EQ(CTX_OK, ctx_init_with_options(CHILD, &options, ENTRY));
  ctx_swap(&host, &ctx_test_arena.child);
  EXPECT_EQ(2, num_callbacks);
}

CTX_TEST(Context, ValuesAndOptionsAreCopied) {
  ctx_options options = {.backstop = count_callbacks};
  num_callbacks = 0;
  ASSERT_EQ(CTX_OK, ctx_init_with_options(CHILD, &options, ENTRY));
  memset(&options, 0, sizeof options);
  ctx_context host;
  memset(&host, 0, sizeof host);
  ctx_swap(&host, &ctx_test_arena.child);
  EXPECT_EQ(1, num_callbacks);
}

/* ---- On the heap ---- */

CTX_TEST(Create, MakesAnAlignedContextThatRuns) {
  for (int i = 0; i < 10; i++) {
    ctx_context *child = NULL;
    ASSERT_EQ(CTX_OK, ctx_create(&child, ctx_test_arena.stack, sizeof ctx_test_arena.stack,
                                 (ctx_entry)add, CTX_ARGS(i, -7)));
    ASSERT_TRUE(child != NULL);
    EXPECT_EQ(0, (uintptr_t)child % context_alignment);
    ctx_context host;
    memset(&host, 0, sizeof host);
    ctx_swap(&host, child);
    EXPECT_EQ(i - 7, ctx_retval_i32(child));
    ctx_destroy(child);
  }
}

CTX_TEST(Create, DestroyingNothingIsFine) { ctx_destroy(NULL); }
