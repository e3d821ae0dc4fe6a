/* A swap there and a yield back, call-less and inline, in the flat loops of switch_cases.inc. */
#include "ctx/inline.h"
#include "testing/bench/code_shape.h"
#include "testing/bench/ctx_child.h"
#include "testing/bench/switch_cases.h"

#define FLAT_LAP 16 /* switches: eight there, eight back */

static ctx_context host;
static uint64_t laps;

#define DEFINE_FLAT(name, child, swap, yield)                    \
  static ctx_context child __attribute__((aligned(64)));         \
  static void child##_body(void) {                               \
    ctx_context *self = &child;                                  \
    for (;;) {                                                   \
      laps++;                                                    \
      BENCH_EIGHT_TIMES(yield(self););                           \
    }                                                            \
  }                                                              \
                                                                 \
  uint64_t name(uint64_t num_switches) {                         \
    static void *stack;                                          \
    if (stack == NULL) {                                         \
      stack = bench_allocate(BENCH_STACK_SIZE);                  \
      CHILD_INIT(&child, stack, BENCH_STACK_SIZE, child##_body); \
    }                                                            \
    uint64_t laps_before = laps;                                 \
    for (uint64_t n = num_switches / FLAT_LAP; n > 0; n--)       \
      BENCH_EIGHT_TIMES(swap(&host, &child););                   \
    return (laps - laps_before) * FLAT_LAP;                      \
  }

DEFINE_FLAT(bench_ctx_yield_flat, child_callless, ctx_swap, ctx_yield)
DEFINE_FLAT(bench_ctx_yield_inline_flat, child_inline, ctx_swap_inline, ctx_yield_inline)
