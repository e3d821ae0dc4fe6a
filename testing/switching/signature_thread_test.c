/* Several threads use prepared signatures at once: each makes contexts of its own by them, and all
 * read the same ones. */
#include <pthread.h>
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/harness/record.h"

enum { NUM_THREADS = 4, NUM_ROUNDS = 300, STACK_SIZE = 65536 };

typedef struct pair {
  uint64_t integer;
  double fp;
} pair;
CTX_STRUCT(pair_type, pair, CTX_MEMBER(pair, integer, ctx_type_u64),
           CTX_MEMBER(pair, fp, ctx_type_f64));

typedef struct aligned {
  _Alignas(64) uint64_t words[5];
} aligned;
CTX_STRUCT(aligned_type, aligned, CTX_MEMBER_ARRAY(aligned, words, ctx_type_u64));

/* One result goes by the hidden pointer, the others come in registers of different kinds. */
static ctx_signature *to_memory;
static ctx_signature *to_complex;
static ctx_signature *to_registers;

/* A thread has these for itself. */
typedef struct worker {
  ctx_context host;
  ctx_context memory;
  ctx_context complex_number;
  ctx_context registers;
  aligned result;
  uint64_t seed;
  uint64_t num_resumed;
} worker;

/* Each is in the middle when the others run. */
static void go_away(worker *w, ctx_context *self) {
  w->num_resumed++;
  ctx_swap(self, &w->host);
  w->num_resumed++;
}

static aligned entry_to_memory(worker *w, pair a, aligned b) {
  go_away(w, &w->memory);
  b.words[0] += a.integer;
  b.words[4] += (uint64_t)a.fp;
  return b;
}

static long double _Complex entry_to_complex(worker *w, long double a, aligned b) {
  go_away(w, &w->complex_number);
  long double _Complex result;
  const long double parts[2] = {a + (long double)b.words[1], a - (long double)b.words[1]};
  memcpy(&result, parts, sizeof result);
  return result;
}

static pair entry_to_registers(worker *w, long double a, pair b) {
  go_away(w, &w->registers);
  return (pair){b.integer + (uint64_t)a, b.fp - 1};
}

static void resume_all(worker *w) {
  ctx_swap(&w->host, &w->memory);
  ctx_swap(&w->host, &w->complex_number);
  ctx_swap(&w->host, &w->registers);
}

static void expect_results(worker *w, const pair *p, const long double *x, const aligned *a) {
  aligned in_memory;
  ASSERT_EQ(CTX_OK, ctx_retval_get(&w->memory, to_memory, &in_memory));
  EXPECT_EQ(a->words[0] + p->integer, in_memory.words[0]);
  EXPECT_EQ(a->words[3], in_memory.words[3]);
  EXPECT_EQ(a->words[4] + (uint64_t)p->fp, in_memory.words[4]);
  long double parts[2];
  ASSERT_EQ(CTX_OK, ctx_retval_get(&w->complex_number, to_complex, parts));
  EXPECT_TRUE(parts[0] == *x + (long double)a->words[1]);
  EXPECT_TRUE(parts[1] == *x - (long double)a->words[1]);
  pair registers;
  ASSERT_EQ(CTX_OK, ctx_retval_get(&w->registers, to_registers, &registers));
  EXPECT_EQ(p->integer + (uint64_t)*x, registers.integer);
  EXPECT_F64_EQ(p->fp - 1, registers.fp);
}

static void run_round(worker *w, char (*stacks)[STACK_SIZE], bool has_memory) {
  const ctx_options options = {.result = has_memory ? &w->result : NULL};
  const pair p = {ctx_test_random(&w->seed), (double)(ctx_test_random(&w->seed) >> 40)};
  const long double x = (long double)(ctx_test_random(&w->seed) >> 8);
  aligned a;
  for (size_t i = 0; i < 5; i++)
    a.words[i] = ctx_test_random(&w->seed) >> 8;
  worker *const self = w;
  const void *const values_memory[] = {&self, &p, &a};
  const void *const values_complex[] = {&self, &x, &a};
  const void *const values_registers[] = {&self, &x, &p};
  ASSERT_EQ(CTX_OK, ctx_init_signature(&w->memory, stacks[0], STACK_SIZE, &options,
                                       (ctx_entry)entry_to_memory, to_memory, values_memory));
  ASSERT_EQ(CTX_OK, ctx_init_signature(&w->complex_number, stacks[1], STACK_SIZE, NULL,
                                       (ctx_entry)entry_to_complex, to_complex, values_complex));
  ASSERT_EQ(CTX_OK,
            ctx_init_signature(&w->registers, stacks[2], STACK_SIZE, NULL,
                               (ctx_entry)entry_to_registers, to_registers, values_registers));
  resume_all(w);
  EXPECT_EQ(CTX_ERR_NOT_RETURNED, ctx_retval_get(&w->memory, to_memory, &a));
  resume_all(w);
  expect_results(w, &p, &x, &a);
}

static void *work(void *data) {
  static char stacks[NUM_THREADS][3][STACK_SIZE] __attribute__((__aligned__(16)));
  size_t self = *(const size_t *)data;
  worker w = {.seed = self};
  for (int i = 0; i < NUM_ROUNDS; i++)
    run_round(&w, stacks[self], i % 2 != 0);
  EXPECT_EQ(2 * 3 * NUM_ROUNDS, w.num_resumed);
  return NULL;
}

CTX_TEST(Thread, OneSignatureServesContextsOfSeveralThreads) {
  const ctx_type *const args_memory[] = {&ctx_type_ptr, &pair_type, &aligned_type};
  const ctx_type *const args_complex[] = {&ctx_type_ptr, &ctx_type_long_double, &aligned_type};
  const ctx_type *const args_registers[] = {&ctx_type_ptr, &ctx_type_long_double, &pair_type};
  ASSERT_EQ(CTX_OK,
            ctx_signature_create(&to_memory, &aligned_type, args_memory, 3, CTX_NOT_VARIADIC));
  ASSERT_EQ(CTX_OK, ctx_signature_create(&to_complex, &ctx_type_complex_long_double, args_complex,
                                         3, CTX_NOT_VARIADIC));
  ASSERT_EQ(CTX_OK,
            ctx_signature_create(&to_registers, &pair_type, args_registers, 3, CTX_NOT_VARIADIC));
  pthread_t threads[NUM_THREADS];
  size_t numbers[NUM_THREADS];
  for (size_t i = 0; i < NUM_THREADS; i++) {
    numbers[i] = i;
    ASSERT_EQ(0, pthread_create(&threads[i], NULL, work, &numbers[i]));
  }
  for (size_t i = 0; i < NUM_THREADS; i++)
    ASSERT_EQ(0, pthread_join(threads[i], NULL));
  ctx_signature_destroy(to_memory);
  ctx_signature_destroy(to_complex);
  ctx_signature_destroy(to_registers);
}
