#include "testing/bench/groups.h"

#include <string.h>

#include "testing/bench/colony.h"
#include "testing/bench/create_cases.h"
#include "testing/bench/create_signature.h"
#include "testing/bench/crowd.h"
#include "testing/bench/names.h"
#include "testing/bench/stacks.h"
#include "testing/bench/switch_cases.h"

#define SEED_READING_MASK "seed's scheme, reading the mask"

#define ROW(title, function, ...)                              \
  {                                                            \
    .name = title, .run = function, .targets = { __VA_ARGS__ } \
  }

/* The rows of a case of switch_cases.h; with the targets of the three forms of ctx_swap, each list
 * in parentheses. */
#define SWITCH_ROWS(name, inline_targets, callless_targets, external_targets)      \
  SWITCH_ROW("ctx_swap_inline", ctx_inline, name, inline_targets),                 \
      SWITCH_ROW("ctx_swap", ctx_callless, name, callless_targets),                \
      SWITCH_ROW("ctx_swap, as a function", ctx_external, name, external_targets), \
      SWITCH_ROW(BENCH_BOOST, boost, name, NO_TARGETS),                            \
      SWITCH_ROW(BENCH_SEED, seed, name, NO_TARGETS),                              \
      SWITCH_ROW("swapcontext", ucontext, name, NO_TARGETS)
#define SWITCH_ROW(title, competitor, name, targets) \
  ROW(title, bench_##competitor##_##name, UNPACK targets)
#define UNPACK(...) __VA_ARGS__
#define NO_TARGETS (0)

/* Ratios to: a plain call, one that saves five registers, Boost, the seed. */
static const bench_row flat[] = {
    ROW(BENCH_PLAIN_CALL, bench_call_flat, 0),
    ROW(BENCH_SAVING_FIVE, bench_call_saving_five_flat, 0),
    SWITCH_ROWS(flat, (1.0, 0, 0.25, 0.35), (0, 1.6, 0.48, 0.35), (0, 0, 0.55, 0.35)),
    ROW("ctx_swap_inline, ctx_yield_inline", bench_ctx_yield_inline_flat, 0),
    ROW("ctx_swap, ctx_yield", bench_ctx_yield_flat, 0),
};

/* Ratios to: two swaps by each form. */
#define TWO_SWAPS "ctx_swap"
#define TWO_SWAPS_INLINE "ctx_swap_inline"
static const bench_row one_place[] = {
    ROW(TWO_SWAPS, bench_ctx_swap_one, 0),
    ROW("ctx_swap, ctx_yield", bench_ctx_yield_one, 0.95),
    ROW(TWO_SWAPS_INLINE, bench_ctx_swap_inline_one, 0),
    ROW("ctx_swap_inline, ctx_yield_inline", bench_ctx_yield_inline_one, 0, 0.95),
    ROW("ctx::coroutine, a step", bench_ctx_coroutine_one, 1.5),
    ROW("ctx::generator, a step", bench_ctx_generator_one, 1.5),
};

/* Ratios to: Boost, the seed; here and in all that follow. */
static const bench_row same_site[] = {
    SWITCH_ROWS(same_site, (0.35, 0.65), (0.45, 0.65), (0.9, 0.65)),
};
static const bench_row other_site[] = {
    SWITCH_ROWS(other_site, NO_TARGETS, NO_TARGETS, NO_TARGETS),
};
static const bench_row live[] = {
    SWITCH_ROWS(live, NO_TARGETS, NO_TARGETS, NO_TARGETS),
};

/* Ratios to: a plain call, Boost, the seed without its system call. */
static const bench_row init[] = {
    ROW(BENCH_PLAIN_CALL, bench_call_flat, 0),
    ROW("CTX_START", bench_init_ctx_start, 0, 1.0),
    ROW("ctx_init_inline", bench_init_ctx_inline, 2.0),
    ROW("ctx_init_inline, default FP words", bench_init_ctx_default_words, 2.0),
    ROW("ctx_init_with_options", bench_init_ctx, 2.0),
    ROW("ctx_init_with_options, reading the mask", bench_init_ctx_reading_mask, 0),
    ROW(BENCH_BOOST, bench_init_boost, 0),
    ROW(BENCH_SEED, bench_init_seed, 0),
    ROW(SEED_READING_MASK, bench_init_seed_reading_mask, 0),
};
static const bench_row enter[] = {
    ROW(BENCH_PLAIN_CALL, bench_enter_call, 0),
    ROW("ctx, CTX_START", bench_enter_ctx_start, 0, 0, 0.2),
    ROW("ctx, both inline", bench_enter_ctx_inline, 0, 0, 0.2),
    ROW("ctx", bench_enter_ctx, 0, 0, 0.2),
    ROW(BENCH_BOOST, bench_enter_boost, 0),
    ROW(BENCH_SEED, bench_enter_seed, 0),
    ROW(SEED_READING_MASK, bench_enter_seed_reading_mask, 0),
};

/* Ratios to: a plain call with the same arguments, the seed without its system call. */
static const bench_row mixed[] = {
    ROW(BENCH_PLAIN_CALL, bench_mixed_call, 0),
    ROW("ctx, prepared values", bench_mixed_ctx, 6.0),
    ROW("ctx, CTX_ARGS each time", bench_mixed_ctx_args, 0),
    ROW(BENCH_SEED, bench_mixed_seed, 0),
    ROW(SEED_READING_MASK, bench_mixed_seed_reading_mask, 0),
};

/* Ratios to: a plain call with the same arguments; libffi, which calls on the stack that it is
 * called on; libffi on the stack that ctx calls on. */
#define FFI_THERE "libffi, on the same stack"
#define SIGNATURE_ROWS(function, most_calls)                                                      \
  ROW(BENCH_PLAIN_CALL, bench_signature_##function##_call, 0),                                    \
      ROW("ctx_init_signature", bench_signature_##function##_ctx, most_calls, 1.0, 1.0),          \
      ROW("ctx_init_signature, default FP words", bench_signature_##function##_ctx_default_words, \
          most_calls, 1.0, 1.0),                                                                  \
      ROW(BENCH_FFI, bench_signature_##function##_ffi, 0),                                        \
      ROW(FFI_THERE, bench_signature_##function##_ffi_in_ctx, 0)

static const bench_row signature_none[] = {SIGNATURE_ROWS(none, 0)};
static const bench_row signature_four[] = {SIGNATURE_ROWS(four, 0)};
static const bench_row signature_twelve[] = {SIGNATURE_ROWS(twelve, 0)};
static const bench_row signature_many[] = {SIGNATURE_ROWS(many, 4.0)};
static const bench_row signature_pair[] = {SIGNATURE_ROWS(pair, 0)};

/* Ratios to: Boost's pool (without guards), and its mappings. */
#define BOOST_POOLED_STACK "pooled_fixedsize_stack"
#define BOOST_PROTECTED_STACK "protected_fixedsize_stack"
static const bench_row stacks[] = {
    {.name = "ctx_stack_pool_take, _give", .run = bench_stack_pool, .most_ns = 40},
    ROW("the same, 20 KiB deep and trimmed", bench_stack_pool_deep, 0),
    ROW(BOOST_POOLED_STACK, bench_stack_boost_pooled, 0),
    ROW("fixedsize_stack (malloc)", bench_stack_malloc, 0),
    ROW("ctx_stack_map, _unmap", bench_stack_map, 0),
    ROW(BOOST_PROTECTED_STACK, bench_stack_boost_protected, 0),
};

#define FRESH_ROW(title, most, make_pool, function)                        \
  {                                                                        \
    .name = title, .run = function, .most_ns = most, .prepare = make_pool, \
    .finish = bench_fresh_drop                                             \
  }
static const bench_row fresh_stacks[] = {
    FRESH_ROW("ctx_stack_pool_take", 3000, bench_fresh_pool, bench_fresh_take),
    FRESH_ROW("the same, and one page touched", 3000, bench_fresh_pool, bench_fresh_touch),
    FRESH_ROW("the same, guards without access", 0, bench_fresh_split_pool, bench_fresh_touch),
};

#define GROUP(title, of_rows, ...)                              \
  {                                                             \
    .name = title, .baselines = {__VA_ARGS__}, .rows = of_rows, \
    .num_rows = sizeof(of_rows) / sizeof *(of_rows)             \
  }

static const bench_group single_groups[] = {
    GROUP("Switch, flat loops", flat, BENCH_PLAIN_CALL, BENCH_SAVING_FIVE, BENCH_BOOST, BENCH_SEED),
    GROUP("Switch there and back, loops of one place", one_place, TWO_SWAPS, TWO_SWAPS_INLINE),
    GROUP("Switch, in functions called from one place", same_site, BENCH_BOOST, BENCH_SEED),
    GROUP("Switch, in functions called from two places", other_site, BENCH_BOOST, BENCH_SEED),
    GROUP("Switch, six live values", live, BENCH_BOOST, BENCH_SEED),
    GROUP("Init, no arguments", init, BENCH_PLAIN_CALL, BENCH_BOOST, BENCH_SEED),
    GROUP("Init, enter and return, no arguments", enter, BENCH_PLAIN_CALL, BENCH_BOOST, BENCH_SEED),
    GROUP("Init, enter and return, 132 mixed arguments", mixed, BENCH_PLAIN_CALL, BENCH_SEED),
    GROUP("Call by signature, no arguments", signature_none, BENCH_PLAIN_CALL, BENCH_FFI,
          FFI_THERE),
    GROUP("Call by signature, 4 arguments", signature_four, BENCH_PLAIN_CALL, BENCH_FFI, FFI_THERE),
    GROUP("Call by signature, 12 arguments", signature_twelve, BENCH_PLAIN_CALL, BENCH_FFI,
          FFI_THERE),
    GROUP("Call by signature, 132 arguments", signature_many, BENCH_PLAIN_CALL, BENCH_FFI,
          FFI_THERE),
    GROUP("Call by signature, a struct of 16 bytes", signature_pair, BENCH_PLAIN_CALL, BENCH_FFI,
          FFI_THERE),
    GROUP("Stacks, taken and given back", stacks, BOOST_POOLED_STACK, BOOST_PROTECTED_STACK),
    {
        .name = "Stacks, from a fresh pool",
        .rows = fresh_stacks,
        .num_rows = sizeof fresh_stacks / sizeof *fresh_stacks,
        .batch_step = BENCH_NUM_FRESH,
        .is_one_step = true,
    },
};
#define NUM_SINGLE_GROUPS (sizeof single_groups / sizeof *single_groups)

const bench_group *bench_plan(size_t max_contexts, size_t *out_num) {
  size_t num_crowds = bench_crowd_num_groups(max_contexts);
  *out_num = NUM_SINGLE_GROUPS + num_crowds + bench_colony_num_groups(max_contexts);
  bench_group *plan = bench_allocate(*out_num * sizeof *plan);
  memcpy(plan, single_groups, sizeof single_groups);
  bench_crowd_groups(max_contexts, plan + NUM_SINGLE_GROUPS);
  bench_colony_groups(max_contexts, plan + NUM_SINGLE_GROUPS + num_crowds);
  return plan;
}

size_t bench_find_row(const bench_group *group, const char *name) {
  size_t row = 0;
  while (row < group->num_rows && strcmp(group->rows[row].name, name) != 0)
    row++;
  return row;
}
