#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "ctx/ctx.h"
#include "testing/watch/bugs.h"

enum { STACK_SIZE = 256 * 1024, NUM_THREADS = 2 };
static char stacks[NUM_THREADS][STACK_SIZE] __attribute__((aligned(16)));

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static uint64_t shared;

/* Orders threads, and says nothing of that to the sanitizer: so a race is one in each run,
 * whichever thread comes first. */
static unsigned num_passed;
#if defined(__clang__)
__attribute__((disable_sanitizer_instrumentation))
#else
__attribute__((no_sanitize_thread))
#endif
__attribute__((noinline)) static unsigned
passed(unsigned add) {
  return __atomic_add_fetch(&num_passed, add, __ATOMIC_SEQ_CST);
}
static void wait_for(unsigned num) {
  while (passed(0) < num)
    sched_yield();
}

static void on_two_threads(void *(*first)(void *), void *(*second)(void *), void *data) {
  pthread_t threads[NUM_THREADS];
  num_passed = 0;
  if (pthread_create(&threads[0], NULL, first, data) != 0) abort();
  if (pthread_create(&threads[1], NULL, second, data) != 0) abort();
  for (int i = 0; i < NUM_THREADS; i++)
    if (pthread_join(threads[i], NULL) != 0) abort();
}

static void add_to_shared(bool wrong) {
  if (!wrong) pthread_mutex_lock(&mutex);
  shared++;
  if (!wrong) pthread_mutex_unlock(&mutex);
}

static void run_and_drop(size_t number, ctx_entry entry, const ctx_value *args, size_t num_args) {
  ctx_context host = {0};
  ctx_context child;
  if (ctx_init(&child, stacks[number], STACK_SIZE, entry, args, num_args) != CTX_OK) abort();
  ctx_swap(&host, &child);
}

/* ---- Two contexts, each on a thread of its own ---- */

static void *add_first(void *wrong) {
  run_and_drop(0, (ctx_entry)add_to_shared, CTX_ARGS(*(bool *)wrong));
  passed(1);
  return NULL;
}
static void *add_second(void *wrong) {
  wait_for(1);
  run_and_drop(1, (ctx_entry)add_to_shared, CTX_ARGS(*(bool *)wrong));
  return NULL;
}

void race_between_two_contexts(bool wrong) { on_two_threads(add_first, add_second, &wrong); }

/* ---- One context, which goes from thread to thread ---- */

static struct {
  ctx_context child;
  ctx_context *home;
  bool wrong;
} moving;

static void yield(void) {
  for (;;)
    ctx_swap(&moving.child, moving.home);
}

static void resume_moving(void) {
  ctx_context host = {0};
  if (!moving.wrong) pthread_mutex_lock(&mutex);
  moving.home = &host;
  ctx_swap(&host, &moving.child);
  moving.home = NULL;
  if (!moving.wrong) pthread_mutex_unlock(&mutex);
}
static void *resume_first(void *unused) {
  (void)unused;
  resume_moving();
  passed(1);
  wait_for(2); /* its stack is the home of the context's frames until then */
  return NULL;
}
static void *resume_second(void *unused) {
  (void)unused;
  wait_for(1);
  resume_moving();
  passed(1);
  return NULL;
}

void resume_elsewhere_without_handing_over(bool wrong) {
  moving.wrong = wrong;
  if (ctx_init(&moving.child, stacks[0], STACK_SIZE, yield, CTX_NO_ARGS) != CTX_OK) abort();
  on_two_threads(resume_first, resume_second, NULL);
}

/* The context offers itself to other threads, and swaps out only then: whoever takes it may resume
 * it before it is suspended. It would be right for its host to offer it, once the host is back. */
static struct {
  ctx_context child;
  ctx_context host[NUM_THREADS];
  _Atomic(ctx_context *) offered;
  bool wrong;
} early;

static void offer_and_yield(void) {
  if (early.wrong) atomic_store(&early.offered, &early.child);
  ctx_swap(&early.child, &early.host[0]);
}
static void *run_offering(void *unused) {
  (void)unused;
  ctx_swap(&early.host[0], &early.child);
  if (!early.wrong) atomic_store(&early.offered, &early.child);
  passed(1);
  wait_for(2);
  return NULL;
}
static void *take_offered(void *unused) {
  (void)unused;
  wait_for(1); /* late enough for the program to survive: what is wrong is that nothing says so */
  ctx_context *taken = atomic_load(&early.offered);
  ctx_swap(&early.host[1], taken);
  passed(1);
  return NULL;
}

void publish_a_context_before_it_is_suspended(bool wrong) {
  early.wrong = wrong;
  if (ctx_init(&early.child, stacks[0], STACK_SIZE, offer_and_yield, CTX_NO_ARGS) != CTX_OK) {
    abort();
  }
  on_two_threads(run_offering, take_offered, NULL);
}
