/* Contexts for a function without arguments. */
#include <signal.h>
#include <stdlib.h>

#include "ctx/inline.h"
#include "testing/bench/boost.h"
#include "testing/bench/code_shape.h"
#include "testing/bench/create_cases.h"
#include "testing/bench/seed_scheme.h"

/* Every context here calls this. */
static uint64_t num_entered;
static BENCH_NOINLINE void entry(void) { num_entered++; }

/* All contexts use one stack, again and again. */
static char *stack(void) {
  static char *allocated;
  if (allocated == NULL) allocated = bench_allocate(BENCH_STACK_SIZE);
  return allocated;
}

/* Returns options that give a mask. They are unknown to the compiler, as at most calls, since it
 * does not inline this. */
static BENCH_NOINLINE const ctx_options *mask_given(void) {
  static sigset_t mask;
  static ctx_options options;
  sigemptyset(&mask);
  options.signal_mask = &mask;
  return &options;
}

/* The same, and control words that need not be read. */
static BENCH_NOINLINE const ctx_options *mask_and_words_given(void) {
  static ctx_options options;
  options = *mask_given();
  options.flags = CTX_FLAG_FP_DEFAULT;
  return &options;
}

/* ---- ctx ---- */

/* Where init is measured alone, the last context is entered, to see that it can be. */

static ctx_context host;

#define INIT_CTX(init, child, at, options)                                             \
  do {                                                                                 \
    if (init(child, at, BENCH_STACK_SIZE, options, entry, NULL, 0) != CTX_OK) abort(); \
  } while (0)

/* CTX_START in the place of an init with options, which it gives itself. */
#define START_CTX(child, at, size, options, function, args, num_args) \
  ((void)(options), CTX_START(child, at, size, function))

#define DEFINE_INIT_CTX(name, init, chosen_options)           \
  uint64_t name(uint64_t num_ops) {                           \
    static ctx_context *child;                                \
    if (child == NULL) child = bench_allocate(sizeof *child); \
    const ctx_options *options = chosen_options;              \
    char *at = stack();                                       \
    for (uint64_t n = num_ops; n > 0; n--) {                  \
      INIT_CTX(init, child, at, options);                     \
      BENCH_STORES_ARE_READ();                                \
    }                                                         \
    uint64_t entered_before = num_entered;                    \
    ctx_swap(&host, child);                                   \
    return num_entered == entered_before + 1 ? num_ops : 0;   \
  }
DEFINE_INIT_CTX(bench_init_ctx_start, START_CTX, NULL)
DEFINE_INIT_CTX(bench_init_ctx, ctx_init_with_options, mask_given())
DEFINE_INIT_CTX(bench_init_ctx_inline, ctx_init_inline, mask_given())
DEFINE_INIT_CTX(bench_init_ctx_default_words, ctx_init_inline, mask_and_words_given())
DEFINE_INIT_CTX(bench_init_ctx_reading_mask, ctx_init_with_options, NULL)

#define DEFINE_ENTER_CTX(name, init, swap)                    \
  uint64_t name(uint64_t num_ops) {                           \
    static ctx_context *child;                                \
    if (child == NULL) child = bench_allocate(sizeof *child); \
    const ctx_options *options = mask_given();                \
    char *at = stack();                                       \
    uint64_t entered_before = num_entered;                    \
    for (uint64_t n = num_ops; n > 0; n--) {                  \
      INIT_CTX(init, child, at, options);                     \
      swap(&host, child);                                     \
    }                                                         \
    return num_entered - entered_before;                      \
  }
DEFINE_ENTER_CTX(bench_enter_ctx_start, START_CTX, ctx_swap)
DEFINE_ENTER_CTX(bench_enter_ctx, ctx_init_with_options, ctx_swap)
DEFINE_ENTER_CTX(bench_enter_ctx_inline, ctx_init_inline, ctx_swap_inline)

/* ---- Boost ---- */

/* Boost's entry must not return: it goes back. */
static void boost_entry(transfer_t from) {
  entry();
  jump_fcontext(from.fctx, NULL);
  abort();
}

uint64_t bench_init_boost(uint64_t num_ops) {
  char *end = stack() + BENCH_STACK_SIZE;
  fcontext_t child = NULL;
  for (uint64_t n = num_ops; n > 0; n--)
    child = make_fcontext(end, BENCH_STACK_SIZE, boost_entry);
  uint64_t entered_before = num_entered;
  jump_fcontext(child, NULL);
  return num_entered == entered_before + 1 ? num_ops : 0;
}

uint64_t bench_enter_boost(uint64_t num_ops) {
  char *end = stack() + BENCH_STACK_SIZE;
  uint64_t entered_before = num_entered;
  for (uint64_t n = num_ops; n > 0; n--) {
    jump_fcontext(make_fcontext(end, BENCH_STACK_SIZE, boost_entry), NULL);
  }
  return num_entered - entered_before;
}

/* ---- The seed's scheme ---- */

static seed_context seed_host;
static seed_context seed_child;

static uint64_t init_seed(uint64_t num_ops, seed_signal_mask signal_mask) {
  char *at = stack();
  for (uint64_t n = num_ops; n > 0; n--) {
    seed_init(&seed_child, at, BENCH_STACK_SIZE, signal_mask, entry, NULL, 0);
  }
  uint64_t entered_before = num_entered;
  seed_swap(&seed_host, &seed_child);
  return num_entered == entered_before + 1 ? num_ops : 0;
}

uint64_t bench_init_seed(uint64_t num_ops) { return init_seed(num_ops, SEED_SKIP_SIGNAL_MASK); }
uint64_t bench_init_seed_reading_mask(uint64_t num_ops) {
  return init_seed(num_ops, SEED_READ_SIGNAL_MASK);
}

static uint64_t enter_seed(uint64_t num_ops, seed_signal_mask signal_mask) {
  char *at = stack();
  uint64_t entered_before = num_entered;
  for (uint64_t n = num_ops; n > 0; n--) {
    seed_init(&seed_child, at, BENCH_STACK_SIZE, signal_mask, entry, NULL, 0);
    seed_swap(&seed_host, &seed_child);
  }
  return num_entered - entered_before;
}

uint64_t bench_enter_seed(uint64_t num_ops) { return enter_seed(num_ops, SEED_SKIP_SIGNAL_MASK); }
uint64_t bench_enter_seed_reading_mask(uint64_t num_ops) {
  return enter_seed(num_ops, SEED_READ_SIGNAL_MASK);
}

/* ---- No context at all ---- */

uint64_t bench_enter_call(uint64_t num_ops) {
  uint64_t entered_before = num_entered;
  for (uint64_t n = num_ops; n > 0; n--)
    entry();
  return num_entered - entered_before;
}
