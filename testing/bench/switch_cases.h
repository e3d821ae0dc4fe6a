/* The cases in which every way to switch competes; groups.c says what they are called. */
#ifndef CTX_TESTING_BENCH_SWITCH_CASES_H_
#define CTX_TESTING_BENCH_SWITCH_CASES_H_

#include "testing/bench/runner.h"

/* The name of a competitor's case, in the file that defines COMPETITOR. */
#define BENCH_CASE(name) BENCH_CASE_OF(COMPETITOR, name)
#define BENCH_CASE_OF(competitor, name) BENCH_CASE_PASTE(competitor, name)
#define BENCH_CASE_PASTE(competitor, name) bench_##competitor##_##name

/* One operation is one switch: there and back again are two. */
#define BENCH_SWITCH_CASES(competitor)                                  \
  /* Both sides are a loop of switches. */                              \
  bench_run bench_##competitor##_flat;                                  \
  /* Both sides call, from the same place, a function that switches. */ \
  bench_run bench_##competitor##_same_site;                             \
  /* The same, each side from a place of its own. */                    \
  bench_run bench_##competitor##_other_site;                            \
  /* Six values are live across each switch. */                         \
  bench_run bench_##competitor##_live

BENCH_SWITCH_CASES(ctx_inline);
BENCH_SWITCH_CASES(ctx_callless);
BENCH_SWITCH_CASES(ctx_external);
BENCH_SWITCH_CASES(boost);
BENCH_SWITCH_CASES(seed);
BENCH_SWITCH_CASES(ucontext);

/* The flat case, with a yield back. */
bench_run bench_ctx_yield_flat;
bench_run bench_ctx_yield_inline_flat;
/* The same with one place in each loop; and with a swap back. */
bench_run bench_ctx_yield_one;
bench_run bench_ctx_yield_inline_one;
/* A step of each in C++: there and back. */
bench_run bench_ctx_coroutine_one;
bench_run bench_ctx_generator_one;
bench_run bench_ctx_swap_one;
bench_run bench_ctx_swap_inline_one;

/* These are not switches: they are here for scale. */
bench_run bench_call_flat;
bench_run bench_call_saving_five_flat;

#endif /* CTX_TESTING_BENCH_SWITCH_CASES_H_ */
