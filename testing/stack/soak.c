#define _GNU_SOURCE
#include "testing/stack/soak.h"

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/stack/memory_use.h"
#include "testing/stack/overflowing.h"

enum { STACK_SIZE = 64 * 1024, HANDLER_STACK_SIZE = 256 * 1024 };

struct worker {
  const struct soak_plan *plan;
  ctx_stack_pool *pool;
  pthread_barrier_t *phase;
  pthread_t thread;
  struct soak_counts counts;
  ctx_context host;
  ctx_context child;
  ctx_stack stack;
  bool has_overflowed;
};

/* A function of its own reads it, since contexts may keep no address of it. */
static _Thread_local struct worker *this_worker;
__attribute__((noinline)) static struct worker *worker_of_this_thread(void) { return this_worker; }

/* All of it is async-signal-safe. */
static void on_fault(int signal, siginfo_t *info, void *ucontext) {
  (void)signal;
  struct worker *self = worker_of_this_thread();
  if (self == NULL || !ctx_stack_guard_hit(&self->stack, info->si_addr)) _exit(99);
  self->has_overflowed = true;
  ctx_redirect_signal(ucontext, &self->host);
}

static uint64_t add(uint64_t x, uint64_t y) { return x + y; }

static void yield(struct worker *self) {
  for (;;)
    ctx_swap(&self->child, &self->host);
}

static bool run(struct worker *self, ctx_entry entry, const ctx_value *args, size_t num_args) {
  if (ctx_init(&self->child, self->stack.base, self->stack.size, entry, args, num_args) != CTX_OK) {
    return false;
  }
  self->has_overflowed = false;
  ctx_swap(&self->host, &self->child);
  return true;
}

static bool cycle(struct worker *self, size_t number) {
  if (ctx_stack_pool_take(self->pool, &self->stack) != CTX_OK) return false;
  size_t kind = number % self->plan->overflow_one;
  bool right;
  if (kind == 0) {
    right = run(self, (ctx_entry)overflowing_entry, CTX_NO_ARGS) && self->has_overflowed;
    self->counts.num_overflowed++;
  } else if (kind == 1) {
    right = run(self, (ctx_entry)yield, CTX_ARGS(self)) && !ctx_has_returned(&self->child);
    self->counts.num_abandoned++;
  } else {
    right = run(self, (ctx_entry)add, CTX_ARGS((uint64_t)number, UINT64_C(1))) &&
            ctx_retval_u64(&self->child) == number + 1;
    self->counts.num_ended++;
  }
  ctx_stack_pool_give(self->pool, &self->stack);
  return right;
}

static void *work(void *data) {
  struct worker *self = data;
  this_worker = self;
  ctx_signal_stack handler_stack;
  if (ctx_signal_stack_install(&handler_stack, HANDLER_STACK_SIZE) != CTX_OK) abort();
  size_t num_cycles = self->plan->num_cycles / self->plan->num_threads;
  size_t num_warm_up = self->plan->num_warm_up / self->plan->num_threads;
  for (size_t number = 0; number < num_cycles; number++) {
    if (!cycle(self, number)) self->counts.num_wrong++;
    if (number + 1 != num_warm_up && number + 1 != num_cycles) continue;
    pthread_barrier_wait(self->phase); /* all have come; the main thread measures */
    pthread_barrier_wait(self->phase);
  }
  if (ctx_signal_stack_remove(&handler_stack) != CTX_OK) abort();
  return NULL;
}

static void measure(pthread_barrier_t *phase, struct soak_use *use) {
  pthread_barrier_wait(phase);
  *use = (struct soak_use){num_mappings(), num_descriptors(), resident_size()};
  pthread_barrier_wait(phase);
}

struct soak_counts soak(const struct soak_plan *plan, struct soak_use *before,
                        struct soak_use *after) {
  struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  struct sigaction previous;
  sigemptyset(&action.sa_mask);
  if (sigaction(SIGSEGV, &action, &previous) != 0) abort();
  pthread_barrier_t phase;
  if (pthread_barrier_init(&phase, NULL, (unsigned)plan->num_threads + 1) != 0) abort();
  ctx_stack_pool *pool;
  if (ctx_stack_pool_create(&pool, STACK_SIZE, plan->num_threads) != CTX_OK) abort();
  struct worker *workers =
      aligned_alloc(_Alignof(struct worker), plan->num_threads * sizeof *workers);
  if (workers == NULL) abort();
  for (size_t i = 0; i < plan->num_threads; i++) {
    workers[i] = (struct worker){.plan = plan, .pool = pool, .phase = &phase};
    if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0) abort();
  }
  measure(&phase, before);
  measure(&phase, after);
  struct soak_counts sum = {.num_wrong = 0};
  for (size_t i = 0; i < plan->num_threads; i++) {
    if (pthread_join(workers[i].thread, NULL) != 0) abort();
    sum.num_ended += workers[i].counts.num_ended;
    sum.num_abandoned += workers[i].counts.num_abandoned;
    sum.num_overflowed += workers[i].counts.num_overflowed;
    sum.num_wrong += workers[i].counts.num_wrong;
  }
  free(workers);
  ctx_stack_pool_destroy(pool);
  pthread_barrier_destroy(&phase);
  if (sigaction(SIGSEGV, &previous, NULL) != 0) abort();
  return sum;
}

bool soak_has_grown(const struct soak_counts *counts, const struct soak_use *before,
                    const struct soak_use *after) {
  size_t mappings = 16;
  size_t bytes = 4 << 20;
  if (CTX_TEST_TSAN) {
    /* TSan remembers each fiber that there ever was, also of a program that only ever creates and
     * destroys them: 290 bytes then, and a mapping for each 3,800. Its own memory grows at first,
     * beside that. */
    size_t num_fibers = counts->num_abandoned + counts->num_overflowed;
    mappings = 256 + num_fibers / 4000;
    bytes = (256 << 20) + 260 * num_fibers;
  }
  return after->num_descriptors > before->num_descriptors ||
         after->num_mappings > before->num_mappings + mappings ||
         after->resident_size > before->resident_size + bytes;
}
