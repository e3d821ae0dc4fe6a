/* A swap there and a yield back, beside two swaps: in the flat loops of switch_cases.inc, which
 * switch at eight places, and in loops that switch at one. */
#include "ctx/inline.h"
#include "testing/bench/code_shape.h"
#include "testing/bench/ctx_child.h"
#include "testing/bench/switch_cases.h"

static ctx_context host;
static uint64_t laps;

#define ONCE(statement) statement

/* `repeat` writes the switch at `num_places` places. */
#define DEFINE_FLAT(name, child, repeat, num_places, there, back)    \
  static ctx_context child __attribute__((aligned(64)));             \
  static void child##_body(void) {                                   \
    ctx_context *self = &child;                                      \
    for (;;) {                                                       \
      laps++;                                                        \
      repeat(back(self););                                           \
    }                                                                \
  }                                                                  \
                                                                     \
  uint64_t name(uint64_t num_switches) {                             \
    static void *stack;                                              \
    if (stack == NULL) {                                             \
      stack = bench_allocate(BENCH_STACK_SIZE);                      \
      CHILD_INIT(&child, stack, BENCH_STACK_SIZE, child##_body);     \
    }                                                                \
    uint64_t laps_before = laps;                                     \
    for (uint64_t n = num_switches / (2 * (num_places)); n > 0; n--) \
      repeat(there(&host, &child););                                 \
    return (laps - laps_before) * 2 * (num_places);                  \
  }

#define SWAP_BACK(self) ctx_swap(self, &host)
#define SWAP_BACK_INLINE(self) ctx_swap_inline(self, &host)

DEFINE_FLAT(bench_ctx_yield_flat, child_flat, BENCH_EIGHT_TIMES, 8, ctx_swap, ctx_yield)
DEFINE_FLAT(bench_ctx_yield_inline_flat, child_inline_flat, BENCH_EIGHT_TIMES, 8, ctx_swap_inline,
            ctx_yield_inline)
DEFINE_FLAT(bench_ctx_yield_one, child_one, ONCE, 1, ctx_swap, ctx_yield)
DEFINE_FLAT(bench_ctx_yield_inline_one, child_inline_one, ONCE, 1, ctx_swap_inline,
            ctx_yield_inline)
DEFINE_FLAT(bench_ctx_swap_one, child_swap_one, ONCE, 1, ctx_swap, SWAP_BACK)
DEFINE_FLAT(bench_ctx_swap_inline_one, child_swap_inline_one, ONCE, 1, ctx_swap_inline,
            SWAP_BACK_INLINE)
