/* Work stealing: suspended contexts that move between threads.
 *
 * Each of four threads has a queue of contexts, and runs the one at its head until that yields or
 * returns. A thread whose queue is empty takes from the tail of another's. What moves is the
 * context's address; its stack, with all that the function on it has computed, stays where it is.
 *
 * The one trap: a context that yields is not put into a queue by itself, for another thread could
 * resume it there while it still runs on its stack. Its thread does, once it has swapped back. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "ctx/ctx.h"

enum { NUM_WORKERS = 4, NUM_TASKS = 64, NUM_STEPS = 100, NUM_PER_STEP = 1000 };

typedef struct worker worker;

typedef struct task {
  ctx_context self;
  ctx_stack stack;
  worker *worker; /* whose thread resumed it last */
  unsigned num_moves;
} task;

/* A ring: as large as there are tasks, it is never full. */
typedef struct queue {
  pthread_mutex_t mutex;
  task *tasks[NUM_TASKS];
  size_t head, size;
} queue;

struct worker {
  ctx_context scheduler; /* all-zero: the thread itself */
  queue queue;
  pthread_t thread;
};

static worker workers[NUM_WORKERS];
static task tasks[NUM_TASKS];
static ctx_stack_pool *pool;
static atomic_size_t num_unfinished = NUM_TASKS;
static pthread_barrier_t all_have_work;

/* ---- Queues ---- */

static void put(queue *q, task *t) {
  pthread_mutex_lock(&q->mutex);
  q->tasks[(q->head + q->size++) % NUM_TASKS] = t;
  pthread_mutex_unlock(&q->mutex);
}

static task *take(queue *q) {
  task *t = NULL;
  pthread_mutex_lock(&q->mutex);
  if (q->size > 0) {
    t = q->tasks[q->head];
    q->head = (q->head + 1) % NUM_TASKS;
    q->size--;
  }
  pthread_mutex_unlock(&q->mutex);
  return t;
}

/* Takes from the other end: the task that the owner would come to last. */
static task *steal(queue *q) {
  task *t = NULL;
  pthread_mutex_lock(&q->mutex);
  if (q->size > 0) t = q->tasks[(q->head + --q->size) % NUM_TASKS];
  pthread_mutex_unlock(&q->mutex);
  return t;
}

/* ---- Tasks ---- */

/* The worker is read from the task, not from a thread-local: a compiler may keep the address of one
 * across the swap, which can end on another thread. */
static void yield(task *t) { ctx_swap(&t->self, &t->worker->scheduler); }

static uint64_t sum_up(task *self, uint64_t first) {
  uint64_t sum = 0;
  for (int step = 0; step < NUM_STEPS; step++) {
    for (int i = 0; i < NUM_PER_STEP; i++)
      sum += first++;
    yield(self);
  }
  return sum;
}

/* ---- Workers ---- */

static void run(worker *self, task *t) {
  if (t->worker != NULL && t->worker != self) t->num_moves++;
  t->worker = self;
  ctx_swap(&self->scheduler, &t->self);
  if (!ctx_has_returned(&t->self)) {
    put(&self->queue, t);
    return;
  }
  ctx_stack_pool_give(pool, &t->stack);
  atomic_fetch_sub(&num_unfinished, 1);
}

static task *find_work(worker *self) {
  task *t = take(&self->queue);
  for (size_t i = 0; t == NULL && i < NUM_WORKERS; i++) {
    if (&workers[i] != self) t = steal(&workers[i].queue);
  }
  return t;
}

static void *work(void *data) {
  worker *self = data;
  /* At first all tasks are the first worker's, and suspended. None goes on before every other
   * worker has stolen one, so that this program does what it is to show on any machine. */
  task *t = find_work(self);
  pthread_barrier_wait(&all_have_work);
  for (;;) {
    if (t != NULL) run(self, t);
    if (atomic_load(&num_unfinished) == 0) return NULL;
    t = find_work(self);
    if (t == NULL) sched_yield();
  }
}

static void check(ctx_status status) {
  if (status == CTX_OK) return;
  fprintf(stderr, "steal: %s\n", ctx_status_message(status));
  exit(1);
}

int main(void) {
  check(ctx_stack_pool_create(&pool, 32 * 1024, NUM_TASKS));
  pthread_barrier_init(&all_have_work, NULL, NUM_WORKERS);
  for (size_t i = 0; i < NUM_WORKERS; i++)
    pthread_mutex_init(&workers[i].queue.mutex, NULL);

  /* Each runs to its first yield, on this thread, which becomes the first worker's. */
  for (size_t i = 0; i < NUM_TASKS; i++) {
    task *t = &tasks[i];
    uint64_t first = 1 + i * NUM_STEPS * NUM_PER_STEP;
    check(ctx_stack_pool_take(pool, &t->stack));
    check(CTX_START(&t->self, t->stack.base, t->stack.size, sum_up, t, first));
    run(&workers[0], t);
  }
  for (size_t i = 1; i < NUM_WORKERS; i++) {
    if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0) abort();
  }
  work(&workers[0]);

  uint64_t sum = 0;
  unsigned num_moved = 0;
  for (size_t i = 1; i < NUM_WORKERS; i++)
    pthread_join(workers[i].thread, NULL);
  for (size_t i = 0; i < NUM_TASKS; i++) {
    sum += ctx_retval_u64(&tasks[i].self);
    num_moved += tasks[i].num_moves > 0;
  }
  printf("%d contexts on %d threads\n", NUM_TASKS, NUM_WORKERS);
  printf("the sum of 1 to %d is %llu\n", NUM_TASKS * NUM_STEPS * NUM_PER_STEP,
         (unsigned long long)sum);
  printf("went on in another thread: %s\n", num_moved >= NUM_WORKERS - 1 ? "yes" : "no");
  ctx_stack_pool_destroy(pool);
  return 0;
}
