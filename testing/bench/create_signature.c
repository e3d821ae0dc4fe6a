#include "testing/bench/create_signature.h"

#include <ffi.h>
#include <signal.h>
#include <stdlib.h>

#include "ctx/ctx.h"
#include "testing/bench/mixed_args.h"

CTX_STRUCT(pair_type, mixed_pair, CTX_MEMBER(mixed_pair, g, ctx_type_f64),
           CTX_MEMBER(mixed_pair, q, ctx_type_u64));

static ffi_type *ffi_pair_elements[] = {&ffi_type_double, &ffi_type_uint64, NULL};
static ffi_type ffi_pair_type = {
    .size = 0, .alignment = 0, .type = FFI_TYPE_STRUCT, .elements = ffi_pair_elements};

typedef struct argument {
  const ctx_type *type;
  ffi_type *ffi;
  const void *value;
} argument;

/* A function, and its prepared signatures. */
typedef struct prepared {
  ctx_entry function;
  uint64_t expected; /* unless there are no arguments: then each result is one more than the last */
  size_t num_args;
  const void *values[MIXED_NUM_ARGS];
  void *ffi_values[MIXED_NUM_ARGS]; /* the same */
  ctx_signature *signature;
  ffi_cif cif;
  ffi_type *ffi_types[MIXED_NUM_ARGS]; /* the cif points here */
} prepared;

static char *stack;
static ctx_context host;
static ctx_context child;
static ctx_options mask_given;
static ctx_options mask_and_words_given;

static void set_up(void) {
  static sigset_t mask;
  if (stack != NULL) return;
  stack = bench_allocate(BENCH_STACK_SIZE);
  sigemptyset(&mask);
  mask_given.signal_mask = &mask;
  mask_and_words_given.signal_mask = &mask;
  mask_and_words_given.flags = CTX_FLAG_FP_DEFAULT;
}

static prepared *prepare(ctx_entry function, uint64_t expected, const argument *args,
                         size_t num_args) {
  const ctx_type *types[MIXED_NUM_ARGS];
  prepared *p = bench_allocate(sizeof *p);
  set_up();
  p->function = function;
  p->expected = expected;
  p->num_args = num_args;
  for (size_t i = 0; i < num_args; i++) {
    types[i] = args[i].type;
    p->ffi_types[i] = args[i].ffi;
    p->values[i] = args[i].value;
    p->ffi_values[i] = (void *)(uintptr_t)args[i].value; /* libffi's is not const */
  }
  if (ctx_signature_create(&p->signature, &ctx_type_u64, types, num_args, CTX_NOT_VARIADIC) !=
          CTX_OK ||
      ffi_prep_cif(&p->cif, FFI_DEFAULT_ABI, (unsigned)num_args, &ffi_type_uint64, p->ffi_types) !=
          FFI_OK) {
    abort();
  }
  return p;
}

/* ---- The functions ---- */

#define FOR(name) static prepared *prepared_##name(void)

FOR(none) {
  static prepared *p;
  if (p == NULL) p = prepare(CTX_ENTRY(mixed_sum_of_none), 0, NULL, 0);
  return p;
}

FOR(four) {
  static prepared *p;
  const mixed_set *s = mixed_sets();
  const argument args[] = {{&ctx_type_u64, &ffi_type_uint64, &s->q},
                           {&ctx_type_f64, &ffi_type_double, &s->g},
                           {&ctx_type_u32, &ffi_type_uint32, &s->d},
                           {&ctx_type_f32, &ffi_type_float, &s->f}};
  if (p == NULL) {
    p = prepare(CTX_ENTRY(mixed_sum_of_4), mixed_sum_of_4(s->q, s->g, s->d, s->f), args, 4);
  }
  return p;
}

static prepared *prepare_sets(ctx_entry function, size_t num_sets) {
  argument args[MIXED_NUM_ARGS];
  for (size_t i = 0; i < num_sets; i++) {
    const mixed_set *s = &mixed_sets()[i];
    argument *of_set = &args[6 * i];
    of_set[0] = (argument){&ctx_type_u8, &ffi_type_uint8, &s->b};
    of_set[1] = (argument){&ctx_type_u16, &ffi_type_uint16, &s->w};
    of_set[2] = (argument){&ctx_type_u32, &ffi_type_uint32, &s->d};
    of_set[3] = (argument){&ctx_type_u64, &ffi_type_uint64, &s->q};
    of_set[4] = (argument){&ctx_type_f32, &ffi_type_float, &s->f};
    of_set[5] = (argument){&ctx_type_f64, &ffi_type_double, &s->g};
  }
  return prepare(function, mixed_expected(num_sets), args, 6 * num_sets);
}

FOR(twelve) {
  static prepared *p;
  if (p == NULL) p = prepare_sets(CTX_ENTRY(mixed_sum_of_12), 2);
  return p;
}

FOR(many) {
  static prepared *p;
  if (p == NULL) p = prepare_sets(CTX_ENTRY(mixed_sum), MIXED_NUM_SETS);
  return p;
}

static const mixed_pair *pair_value(void) {
  static mixed_pair *pair;
  if (pair == NULL) {
    pair = bench_allocate(sizeof *pair);
    *pair = (mixed_pair){mixed_sets()->g, mixed_sets()->q};
  }
  return pair;
}

FOR(pair) {
  static prepared *p;
  const argument args[] = {{&pair_type, &ffi_pair_type, pair_value()}};
  if (p == NULL)
    p = prepare(CTX_ENTRY(mixed_sum_of_pair), mixed_sum_of_pair(*pair_value()), args, 1);
  return p;
}

#define ARGUMENTS(i) MIXED_ARGUMENTS_OF(sets, i)

static uint64_t call_none(void) { return mixed_sum_of_none(); }
static uint64_t call_four(void) {
  const mixed_set *s = mixed_sets();
  return mixed_sum_of_4(s->q, s->g, s->d, s->f);
}
static uint64_t call_twelve(void) {
  const mixed_set *sets = mixed_sets();
  return mixed_sum_of_12(MIXED_FOR_TWO_SETS(ARGUMENTS));
}
static uint64_t call_many(void) {
  const mixed_set *sets = mixed_sets();
  return mixed_sum(MIXED_FOR_SETS(ARGUMENTS));
}
static uint64_t call_pair(void) { return mixed_sum_of_pair(*pair_value()); }

/* ---- The ways to call them ---- */

static inline __attribute__((always_inline)) uint64_t call_in_ctx(const prepared *p,
                                                                  const ctx_options *options) {
  uint64_t result;
  if (ctx_init_signature(&child, stack, BENCH_STACK_SIZE, options, p->function, p->signature,
                         p->values) != CTX_OK) {
    abort();
  }
  ctx_swap(&host, &child);
  if (ctx_retval_get(&child, p->signature, &result) != CTX_OK) abort();
  return result;
}

/* libffi's type for a result that is an integer. */
static inline __attribute__((always_inline)) uint64_t call_by_ffi(prepared *p) {
  ffi_arg result = 0;
  ffi_call(&p->cif, p->function, &result, p->ffi_values);
  return result;
}

static void ffi_entry(prepared *p, ffi_arg *result) {
  ffi_call(&p->cif, p->function, result, p->ffi_values);
}

static inline __attribute__((always_inline)) uint64_t call_by_ffi_in_ctx(prepared *p) {
  ffi_arg result = 0;
  if (ctx_init_with_options(&child, stack, BENCH_STACK_SIZE, &mask_given, CTX_ENTRY(ffi_entry),
                            CTX_ARGS(p, &result)) != CTX_OK) {
    abort();
  }
  ctx_swap(&host, &child);
  return result;
}

/* Counts the results that are right. Those of the function without arguments are right if they
 * count on. */
#define DEFINE_RUN(name, way, ...)                                                \
  uint64_t bench_signature_##name##_##way(uint64_t num_ops) {                     \
    prepared *p = prepared_##name();                                              \
    uint64_t expected = p->num_args == 0 ? mixed_sum_of_none() + 1 : p->expected; \
    uint64_t step = p->num_args == 0 ? 1 : 0;                                     \
    uint64_t num_right = 0;                                                       \
    for (uint64_t n = num_ops; n > 0; n--) {                                      \
      num_right += (__VA_ARGS__) == expected;                                     \
      expected += step;                                                           \
    }                                                                             \
    return num_right;                                                             \
  }

#define DEFINE_RUNS(name)                                                    \
  DEFINE_RUN(name, call, call_##name())                                      \
  DEFINE_RUN(name, ctx, call_in_ctx(p, &mask_given))                         \
  DEFINE_RUN(name, ctx_default_words, call_in_ctx(p, &mask_and_words_given)) \
  DEFINE_RUN(name, ffi, call_by_ffi(p))                                      \
  DEFINE_RUN(name, ffi_in_ctx, call_by_ffi_in_ctx(p))

DEFINE_RUNS(none)
DEFINE_RUNS(four)
DEFINE_RUNS(twelve)
DEFINE_RUNS(many)
DEFINE_RUNS(pair)
