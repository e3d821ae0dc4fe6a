/* Contexts for a function of 132 arguments. */
#include <signal.h>
#include <stdlib.h>

#include "ctx/ctx.h"
#include "testing/bench/create_cases.h"
#include "testing/bench/mixed_args.h"
#include "testing/bench/seed_scheme.h"

/* The same argument list for all. */
static const mixed_set *sets;
static uint64_t sum;
static char *stack;
static ctx_options options;

static void set_up(void) {
  static sigset_t mask;
  if (sets != NULL) return;
  sigemptyset(&mask);
  options.signal_mask = &mask;
  stack = bench_allocate(BENCH_STACK_SIZE);
  sets = mixed_sets();
  sum = mixed_expected(MIXED_NUM_SETS);
}

#define ARGUMENTS(i) MIXED_ARGUMENTS_OF(list, i)

uint64_t bench_mixed_call(uint64_t num_ops) {
  set_up();
  const mixed_set *list = sets;
  uint64_t num_right = 0;
  for (uint64_t n = num_ops; n > 0; n--)
    num_right += mixed_sum(MIXED_FOR_SETS(ARGUMENTS)) == sum;
  return num_right;
}

static ctx_context host;
static ctx_context child;

static uint64_t run_child(const ctx_value *values, size_t num_values) {
  if (ctx_init_with_options(&child, stack, BENCH_STACK_SIZE, &options, (ctx_entry)mixed_sum, values,
                            num_values) != CTX_OK) {
    abort();
  }
  ctx_swap(&host, &child);
  return ctx_retval_u64(&child) == sum;
}

uint64_t bench_mixed_ctx(uint64_t num_ops) {
  static ctx_value values[MIXED_NUM_ARGS];
  set_up();
  for (unsigned i = 0; i < MIXED_NUM_SETS; i++) {
    ctx_value *of_set = values + 6 * i;
    of_set[0] = ctx_u8(sets[i].b);
    of_set[1] = ctx_u16(sets[i].w);
    of_set[2] = ctx_u32(sets[i].d);
    of_set[3] = ctx_u64(sets[i].q);
    of_set[4] = ctx_f32(sets[i].f);
    of_set[5] = ctx_f64(sets[i].g);
  }
  uint64_t num_right = 0;
  for (uint64_t n = num_ops; n > 0; n--)
    num_right += run_child(values, MIXED_NUM_ARGS);
  return num_right;
}

uint64_t bench_mixed_ctx_args(uint64_t num_ops) {
  set_up();
  const mixed_set *list = sets;
  uint64_t num_right = 0;
  for (uint64_t n = num_ops; n > 0; n--) {
    num_right += run_child(CTX_ARGS(MIXED_FOR_SETS(ARGUMENTS)));
  }
  return num_right;
}

static uint64_t mixed_seed(uint64_t num_ops, seed_signal_mask signal_mask) {
  static seed_value values[MIXED_NUM_ARGS];
  static seed_context seed_host;
  static seed_context seed_child;
  set_up();
  for (unsigned i = 0; i < MIXED_NUM_SETS; i++) {
    seed_value *of_set = values + 6 * i;
    of_set[0] = (seed_value){.kind = SEED_U8, .as.u8 = sets[i].b};
    of_set[1] = (seed_value){.kind = SEED_U16, .as.u16 = sets[i].w};
    of_set[2] = (seed_value){.kind = SEED_U32, .as.u32 = sets[i].d};
    of_set[3] = (seed_value){.kind = SEED_U64, .as.u64 = sets[i].q};
    of_set[4] = (seed_value){.kind = SEED_F32, .as.f32 = sets[i].f};
    of_set[5] = (seed_value){.kind = SEED_F64, .as.f64 = sets[i].g};
  }
  uint64_t num_right = 0;
  for (uint64_t n = num_ops; n > 0; n--) {
    seed_init(&seed_child, stack, BENCH_STACK_SIZE, signal_mask, (void (*)(void))mixed_sum, values,
              MIXED_NUM_ARGS);
    seed_swap(&seed_host, &seed_child);
    num_right += seed_child.retvals[0] == sum;
  }
  return num_right;
}

uint64_t bench_mixed_seed(uint64_t num_ops) { return mixed_seed(num_ops, SEED_SKIP_SIGNAL_MASK); }
uint64_t bench_mixed_seed_reading_mask(uint64_t num_ops) {
  return mixed_seed(num_ops, SEED_READ_SIGNAL_MASK);
}
