/* A switch keeps what a call keeps: on both sides, in each form, resumed in each way. */
#include "ctx/ctx.h"
#include "ctx/inline.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"
#include "testing/switching/forms.h"

enum { STACK_SIZE = 65536, NUM_ROUNDS = 10 };
CTX_STACK(stack, STACK_SIZE);

typedef struct world {
  ctx_context host;
  ctx_context child;
  const swap_form *form;
  uint64_t child_seed;
} world;

static void keep(world *w) {
  for (int i = 0; i < NUM_ROUNDS; i++) {
    char verdict[CTX_TEST_VERDICT_SIZE];
    EXPECT_NO_COMPLAINT(
        ctx_test_check_registers(&w->child_seed, w->form->swap, &w->child, &w->host, verdict));
  }
}

CTX_TEST(RegistersKept, ByEachFormResumedByEachAndByTheReturn) {
  FOR_EACH_SWAP_FORM(out) FOR_EACH_SWAP_FORM(back) {
    ctx_test_note("host: %s, child: %s", out->name, back->name);
    world w = {.form = back, .child_seed = 5};
    uint64_t seed = 6;
    ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)keep, CTX_ARGS(&w)));
    for (int i = 0; i < NUM_ROUNDS + 1; i++) {
      char verdict[CTX_TEST_VERDICT_SIZE];
      EXPECT_NO_COMPLAINT(ctx_test_check_registers(&seed, out->swap, &w.host, &w.child, verdict));
    }
    EXPECT_TRUE(ctx_has_returned(&w.child));
  }
}

static void keep_across_yields(world *w) {
  for (int i = 0; i < NUM_ROUNDS; i++) {
    char verdict[CTX_TEST_VERDICT_SIZE];
    EXPECT_NO_COMPLAINT(ctx_test_check_registers(
        &w->child_seed, (ctx_test_switch)(uintptr_t)w->form->yield, &w->child, NULL, verdict));
  }
}

CTX_TEST(RegistersKept, ByEachFormOfAYield) {
  FOR_EACH_SWAP_FORM(out) FOR_EACH_SWAP_FORM(back) {
    ctx_test_note("host: %s, child: %s", out->name, back->name);
    world w = {.form = back, .child_seed = 12};
    uint64_t seed = 13;
    ASSERT_EQ(CTX_OK,
              ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)keep_across_yields, CTX_ARGS(&w)));
    for (int i = 0; i < NUM_ROUNDS + 1; i++) {
      char verdict[CTX_TEST_VERDICT_SIZE];
      EXPECT_NO_COMPLAINT(ctx_test_check_registers(&seed, out->swap, &w.host, &w.child, verdict));
    }
    EXPECT_TRUE(ctx_has_returned(&w.child));
  }
}

static void set_from_within(struct ctx_context *from, struct ctx_context *to) {
  (void)from;
  ctx_set(to);
}
static void leave_by_set(world *w) {
  char verdict[CTX_TEST_VERDICT_SIZE];
  ctx_test_check_registers(&w->child_seed, set_from_within, &w->child, &w->host, verdict);
}

CTX_TEST(RegistersKept, ByEachFormResumedBySet) {
  uint64_t seed = 7;
  FOR_EACH_SWAP_FORM(out) for (int i = 0; i < NUM_ROUNDS; i++) {
    ctx_test_note("host: %s", out->name);
    world w = {.form = out, .child_seed = seed};
    ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)leave_by_set, CTX_ARGS(&w)));
    char verdict[CTX_TEST_VERDICT_SIZE];
    EXPECT_NO_COMPLAINT(ctx_test_check_registers(&seed, out->swap, &w.host, &w.child, verdict));
  }
}

/* The compiler keeps values where it likes across a switch that it sees, except in registers that
 * another context changes. */
typedef struct values {
  volatile uint64_t words[16];
  volatile double floats[16];
} values;

static void clobber_all(world *w) {
  for (;;) {
    uint64_t num_calls = 0;
    char verdict[CTX_TEST_VERDICT_SIZE];
    ctx_test_clobber_volatile(&num_calls);
    ctx_test_check_registers(&w->child_seed, w->form->swap, &w->child, &w->host, verdict);
  }
}

#define LOAD_VALUES(v)                                                                             \
  uint64_t g0 = v.words[0], g1 = v.words[1], g2 = v.words[2], g3 = v.words[3], g4 = v.words[4],    \
           g5 = v.words[5], g6 = v.words[6], g7 = v.words[7], g8 = v.words[8], g9 = v.words[9],    \
           g10 = v.words[10], g11 = v.words[11], g12 = v.words[12], g13 = v.words[13],             \
           g14 = v.words[14], g15 = v.words[15];                                                   \
  double f0 = v.floats[0], f1 = v.floats[1], f2 = v.floats[2], f3 = v.floats[3], f4 = v.floats[4], \
         f5 = v.floats[5], f6 = v.floats[6], f7 = v.floats[7], f8 = v.floats[8], f9 = v.floats[9], \
         f10 = v.floats[10], f11 = v.floats[11], f12 = v.floats[12], f13 = v.floats[13],           \
         f14 = v.floats[14], f15 = v.floats[15]

#define EXPECT_VALUES(v)                                                     \
  const uint64_t words[16] = {                                               \
      g0, g1, g2, g3, g4, g5, g6, g7, g8, g9, g10, g11, g12, g13, g14, g15}; \
  const double floats[16] = {                                                \
      f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15}; \
  for (size_t i = 0; i < 16; i++) {                                          \
    EXPECT_EQ(v.words[i], words[i]);                                         \
    EXPECT_F64_EQ(v.floats[i], floats[i]);                                   \
  }

#define DEFINE_LIVE_VALUES(name, swap)                                 \
  __attribute__((__noinline__)) static void name(values v, world *w) { \
    LOAD_VALUES(v);                                                    \
    swap(&w->host, &w->child);                                         \
    EXPECT_VALUES(v);                                                  \
  }

static void (*volatile external_swap)(ctx_context *from, ctx_context *to) = ctx_swap;
DEFINE_LIVE_VALUES(live_across_callless, ctx_swap)
DEFINE_LIVE_VALUES(live_across_external, external_swap)
DEFINE_LIVE_VALUES(live_across_inline, ctx_swap_inline)

CTX_TEST(RegistersKept, ValuesLiveAcrossASwitch) {
  values v;
  uint64_t seed = 8;
  for (size_t i = 0; i < 16; i++) {
    v.words[i] = ctx_test_random(&seed);
    v.floats[i] = (double)ctx_test_random(&seed);
  }
  FOR_EACH_SWAP_FORM(back) {
    ctx_test_note("child: %s", back->name);
    world w = {.form = back, .child_seed = 9};
    ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)clobber_all, CTX_ARGS(&w)));
    for (int i = 0; i < NUM_ROUNDS; i++) {
      live_across_callless(v, &w);
      live_across_external(v, &w);
      live_across_inline(v, &w);
    }
  }
}

/* The same of a yield: here the child has the values, and the host clobbers. */
static ctx_context *(*volatile external_yield)(ctx_context *self) = ctx_yield;

#define DEFINE_LIVE_VALUES_OF_CHILD(name, yield)                       \
  __attribute__((__noinline__)) static void name(values v, world *w) { \
    LOAD_VALUES(v);                                                    \
    EXPECT_TRUE(yield(&w->child) == &w->host);                         \
    EXPECT_VALUES(v);                                                  \
  }
DEFINE_LIVE_VALUES_OF_CHILD(live_across_callless_yield, ctx_yield)
DEFINE_LIVE_VALUES_OF_CHILD(live_across_external_yield, external_yield)
DEFINE_LIVE_VALUES_OF_CHILD(live_across_inline_yield, ctx_yield_inline)

static void live_across_yields(const values *v, world *w) {
  for (int i = 0; i < NUM_ROUNDS; i++) {
    live_across_callless_yield(*v, w);
    live_across_external_yield(*v, w);
    live_across_inline_yield(*v, w);
  }
}

CTX_TEST(RegistersKept, ValuesLiveAcrossAYield) {
  values v;
  uint64_t seed = 14;
  for (size_t i = 0; i < 16; i++) {
    v.words[i] = ctx_test_random(&seed);
    v.floats[i] = (double)ctx_test_random(&seed);
  }
  FOR_EACH_SWAP_FORM(out) {
    ctx_test_note("host: %s", out->name);
    world w = {0};
    ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)live_across_yields,
                               CTX_ARGS(&v, &w)));
    for (int i = 0; i < 3 * NUM_ROUNDS + 1; i++) {
      uint64_t num_calls = 0;
      char verdict[CTX_TEST_VERDICT_SIZE];
      ctx_test_clobber_volatile(&num_calls);
      EXPECT_NO_COMPLAINT(ctx_test_check_registers(&seed, out->swap, &w.host, &w.child, verdict));
    }
    EXPECT_TRUE(ctx_has_returned(&w.child));
  }
}

/* A long double may be in registers that are not kept: the compiler must not leave it there. */
#define DEFINE_LIVE_LONG_DOUBLE(name, swap)                                                       \
  __attribute__((__noinline__)) static long double name(long double x, long double y, world *w) { \
    long double product = x * y;                                                                  \
    swap(&w->host, &w->child);                                                                    \
    return product + x;                                                                           \
  }
DEFINE_LIVE_LONG_DOUBLE(product_across_callless, ctx_swap)
DEFINE_LIVE_LONG_DOUBLE(product_across_external, external_swap)
DEFINE_LIVE_LONG_DOUBLE(product_across_inline, ctx_swap_inline)

CTX_TEST(RegistersKept, LongDoublesLiveAcrossASwitch) {
  FOR_EACH_SWAP_FORM(back) {
    ctx_test_note("child: %s", back->name);
    world w = {.form = back, .child_seed = 10};
    ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)clobber_all, CTX_ARGS(&w)));
    for (int i = 0; i < NUM_ROUNDS; i++) {
      EXPECT_TRUE(product_across_callless(3.0L, 0.5L, &w) == 4.5L);
      EXPECT_TRUE(product_across_external(3.0L, 0.5L, &w) == 4.5L);
      EXPECT_TRUE(product_across_inline(3.0L, 0.5L, &w) == 4.5L);
    }
  }
}

#define DEFINE_LIVE_LONG_DOUBLE_OF_CHILD(name, yield)                                             \
  __attribute__((__noinline__)) static long double name(long double x, long double y, world *w) { \
    long double product = x * y;                                                                  \
    (void)yield(&w->child);                                                                       \
    return product + x;                                                                           \
  }
DEFINE_LIVE_LONG_DOUBLE_OF_CHILD(product_across_callless_yield, ctx_yield)
DEFINE_LIVE_LONG_DOUBLE_OF_CHILD(product_across_external_yield, external_yield)
DEFINE_LIVE_LONG_DOUBLE_OF_CHILD(product_across_inline_yield, ctx_yield_inline)

static void multiply(world *w) {
  EXPECT_TRUE(product_across_callless_yield(3.0L, 0.5L, w) == 4.5L);
  EXPECT_TRUE(product_across_external_yield(3.0L, 0.5L, w) == 4.5L);
  EXPECT_TRUE(product_across_inline_yield(3.0L, 0.5L, w) == 4.5L);
}

CTX_TEST(RegistersKept, LongDoublesLiveAcrossAYield) {
  world w = {0};
  ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)multiply, CTX_ARGS(&w)));
  for (int i = 0; i < 4; i++) {
    uint64_t num_calls = 0;
    ctx_test_clobber_volatile(&num_calls);
    ctx_swap(&w.host, &w.child);
  }
  EXPECT_TRUE(ctx_has_returned(&w.child));
}

/* Memory is read again after a switch, and written before it: also what only this file can see. */
static uint64_t shared;

static void add_to_shared(world *w) {
  for (;;) {
    shared += 10;
    ctx_swap(&w->child, &w->host);
  }
}

#define DEFINE_MEMORY(name, swap)                                \
  __attribute__((__noinline__)) static uint64_t name(world *w) { \
    shared = 1;                                                  \
    swap(&w->host, &w->child);                                   \
    uint64_t first = shared;                                     \
    swap(&w->host, &w->child);                                   \
    return 100 * first + shared;                                 \
  }
DEFINE_MEMORY(memory_across_callless, ctx_swap)
DEFINE_MEMORY(memory_across_external, external_swap)
DEFINE_MEMORY(memory_across_inline, ctx_swap_inline)

CTX_TEST(RegistersKept, MemoryIsReadAgainAfterASwitch) {
  world w = {.form = swap_forms};
  ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)add_to_shared, CTX_ARGS(&w)));
  EXPECT_EQ(1121, memory_across_callless(&w));
  EXPECT_EQ(1121, memory_across_external(&w));
  EXPECT_EQ(1121, memory_across_inline(&w));
}

static void yield_and_add(world *w) {
  shared = 1;
  (void)ctx_yield(&w->child);
  uint64_t first = shared;
  (void)ctx_yield_inline(&w->child);
  EXPECT_EQ(1121, 100 * first + shared);
}

CTX_TEST(RegistersKept, MemoryIsReadAgainAfterAYield) {
  world w = {0};
  ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)yield_and_add, CTX_ARGS(&w)));
  for (int i = 0; i < 3; i++) {
    ctx_swap(&w.host, &w.child);
    shared += 10;
  }
  EXPECT_TRUE(ctx_has_returned(&w.child));
}
