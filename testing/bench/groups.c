#include "testing/bench/groups.h"

#include <string.h>

#include "testing/bench/create_cases.h"
#include "testing/bench/switch_cases.h"

#define PLAIN_CALL "plain call"
#define SAVING_FIVE "call, saving 5 registers"
#define BOOST "Boost.Context"
#define SEED "seed's scheme"
#define SEED_READING_MASK "seed's scheme, reading the mask"

/* The rows of a case of switch_cases.h; with the targets of the three forms of ctx_swap, each list
 * in parentheses. */
#define SWITCH_ROWS(name, inline_targets, callless_targets, external_targets)               \
  SWITCH_ROW("ctx_swap_inline", ctx_inline, name, inline_targets),                          \
      SWITCH_ROW("ctx_swap", ctx_callless, name, callless_targets),                         \
      SWITCH_ROW("ctx_swap, as a function", ctx_external, name, external_targets),          \
      SWITCH_ROW(BOOST, boost, name, NO_TARGETS), SWITCH_ROW(SEED, seed, name, NO_TARGETS), \
      SWITCH_ROW("swapcontext", ucontext, name, NO_TARGETS)
#define SWITCH_ROW(title, competitor, name, targets)       \
  {                                                        \
    title, bench_##competitor##_##name, { UNPACK targets } \
  }
#define UNPACK(...) __VA_ARGS__
#define NO_TARGETS (0)

/* Ratios to: a plain call, one that saves five registers, Boost, the seed. */
static const bench_row flat[] = {
    {PLAIN_CALL, bench_call_flat, {0}},
    {SAVING_FIVE, bench_call_saving_five_flat, {0}},
    SWITCH_ROWS(flat, (1.0, 0, 0.25, 0.35), (0, 1.6, 0.48, 0.35), (0, 0, 0.55, 0.35)),
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
static const bench_row eight_random[] = {
    SWITCH_ROWS(eight_random, NO_TARGETS, NO_TARGETS, NO_TARGETS),
};
static const bench_row thousand_random[] = {
    SWITCH_ROWS(thousand_random, NO_TARGETS, NO_TARGETS, NO_TARGETS),
};

/* Ratios to: a plain call, Boost, the seed without its system call. */
static const bench_row init[] = {
    {PLAIN_CALL, bench_call_flat, {0}},
    {"ctx_init_inline", bench_init_ctx_inline, {2.0}},
    {"ctx_init_inline, default FP words", bench_init_ctx_default_words, {2.0}},
    {"ctx_init_with_options", bench_init_ctx, {2.0}},
    {"ctx_init_with_options, reading the mask", bench_init_ctx_reading_mask, {0}},
    {BOOST, bench_init_boost, {0}},
    {SEED, bench_init_seed, {0}},
    {SEED_READING_MASK, bench_init_seed_reading_mask, {0}},
};
static const bench_row enter[] = {
    {PLAIN_CALL, bench_enter_call, {0}},
    {"ctx, both inline", bench_enter_ctx_inline, {0, 0, 0.2}},
    {"ctx", bench_enter_ctx, {0, 0, 0.2}},
    {BOOST, bench_enter_boost, {0}},
    {SEED, bench_enter_seed, {0}},
    {SEED_READING_MASK, bench_enter_seed_reading_mask, {0}},
};

/* Ratios to: a plain call with the same arguments, the seed without its system call. */
static const bench_row mixed[] = {
    {PLAIN_CALL, bench_mixed_call, {0}},
    {"ctx, prepared values", bench_mixed_ctx, {6.0}},
    {"ctx, CTX_ARGS each time", bench_mixed_ctx_args, {0}},
    {SEED, bench_mixed_seed, {0}},
    {SEED_READING_MASK, bench_mixed_seed_reading_mask, {0}},
};

#define ROWS(rows) (rows), sizeof(rows) / sizeof *(rows)

const bench_group bench_groups[] = {
    {"Switch, flat loops", {PLAIN_CALL, SAVING_FIVE, BOOST, SEED}, ROWS(flat)},
    {"Switch, in functions called from one place", {BOOST, SEED}, ROWS(same_site)},
    {"Switch, in functions called from two places", {BOOST, SEED}, ROWS(other_site)},
    {"Switch, six live values", {BOOST, SEED}, ROWS(live)},
    {"Switch, 8 children in random order", {BOOST, SEED}, ROWS(eight_random)},
    {"Switch, 1000 children in random order", {BOOST, SEED}, ROWS(thousand_random)},
    {"Init, no arguments", {PLAIN_CALL, BOOST, SEED}, ROWS(init)},
    {"Init, enter and return, no arguments", {PLAIN_CALL, BOOST, SEED}, ROWS(enter)},
    {"Init, enter and return, 132 mixed arguments", {PLAIN_CALL, SEED}, ROWS(mixed)},
};
const size_t bench_num_groups = sizeof bench_groups / sizeof *bench_groups;

size_t bench_find_row(const bench_group *group, const char *name) {
  size_t row = 0;
  while (row < group->num_rows && strcmp(group->rows[row].name, name) != 0)
    row++;
  return row;
}
