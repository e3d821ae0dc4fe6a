/* One context on several threads: suspended on one, resumed on another. */
#include <pthread.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/switching/forms.h"

enum { STACK_SIZE = 65536, NUM_ROUNDS = 50 };
CTX_STACK(stack, STACK_SIZE);
CTX_STACK(other_stack, STACK_SIZE);

typedef struct world {
  ctx_context child;
  ctx_context grandchild;
  ctx_context *home; /* the host of the thread that the child runs on */
  const swap_form *form;
  uint64_t num_resumed;
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  int turn;
} world;

/* The function is not inlined: the address of the thread's own data must not be kept across a
 * switch. */
__attribute__((__noinline__)) static pthread_t this_thread(void) {
  __asm__ volatile("");
  return pthread_self();
}

static void resume_on_this_thread(world *w) {
  ctx_context host = {0};
  w->home = &host;
  w->form->swap(&host, &w->child);
}

static void *resume(void *data) {
  resume_on_this_thread(data);
  return NULL;
}

static pthread_t resume_on_new_thread(world *w) {
  pthread_t thread;
  EXPECT_EQ(0, pthread_create(&thread, NULL, resume, w));
  EXPECT_EQ(0, pthread_join(thread, NULL));
  return thread;
}

static void note_threads(world *w, pthread_t *seen) {
  seen[0] = this_thread();
  w->form->swap(&w->child, w->home);
  seen[1] = this_thread();
  w->form->swap(&w->child, w->home);
  seen[2] = this_thread();
}

CTX_TEST(Thread, ChildRunsAndEndsOnWhicheverThreadResumesIt) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {.form = form};
    pthread_t seen[3];
    ASSERT_EQ(CTX_OK,
              ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)note_threads, CTX_ARGS(&w, seen)));
    resume_on_this_thread(&w);
    pthread_t second = resume_on_new_thread(&w);
    EXPECT_FALSE(ctx_has_returned(&w.child));
    pthread_t third = resume_on_new_thread(&w);
    EXPECT_TRUE(ctx_has_returned(&w.child));
    EXPECT_EQ(this_thread(), seen[0]);
    EXPECT_EQ(second, seen[1]);
    EXPECT_EQ(third, seen[2]);
  }
}

/* Nor does it have to know where its resumers' hosts are. */
static void yield_to_resumers(world *w) {
  ctx_context *resumer = w->home;
  for (int i = 0; i < 2; i++) {
    resumer = w->form->swap_resumer(&w->child, resumer);
    EXPECT_TRUE(resumer == w->home);
  }
}

CTX_TEST(Thread, ChildYieldsToWhicheverThreadResumedIt) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {.form = form};
    ASSERT_EQ(CTX_OK,
              ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)yield_to_resumers, CTX_ARGS(&w)));
    resume_on_this_thread(&w);
    (void)resume_on_new_thread(&w);
    EXPECT_FALSE(ctx_has_returned(&w.child));
    (void)resume_on_new_thread(&w);
    EXPECT_TRUE(ctx_has_returned(&w.child));
  }
}

/* A yield goes to the thread that has resumed the child, and its parent is that thread's host. */
static void yield_to_parents(world *w, pthread_t *seen) {
  for (int i = 0; i < 2; i++) {
    seen[i] = this_thread();
    EXPECT_TRUE(ctx_parent(&w->child) == w->home);
    EXPECT_TRUE(w->form->yield(&w->child) == w->home);
  }
  seen[2] = this_thread();
}

CTX_TEST(Thread, ChildYieldsOnWhicheverThreadResumesIt) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {.form = form};
    pthread_t seen[3];
    ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)yield_to_parents,
                               CTX_ARGS(&w, seen)));
    pthread_t first = resume_on_new_thread(&w);
    EXPECT_EQ(first, seen[0]);
    resume_on_this_thread(&w);
    EXPECT_EQ(this_thread(), seen[1]);
    EXPECT_FALSE(ctx_has_returned(&w.child));
    pthread_t third = resume_on_new_thread(&w);
    EXPECT_EQ(third, seen[2]);
    EXPECT_TRUE(ctx_has_returned(&w.child));
  }
}

/* Initialised here, first entered there. */
CTX_TEST(Thread, FreshContextIsEnteredOnAnotherThread) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {.form = form};
    pthread_t seen[3];
    ASSERT_EQ(CTX_OK,
              ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)note_threads, CTX_ARGS(&w, seen)));
    pthread_t first = resume_on_new_thread(&w);
    EXPECT_EQ(first, seen[0]);
    resume_on_this_thread(&w);
    EXPECT_EQ(this_thread(), seen[1]);
    resume_on_this_thread(&w);
    EXPECT_TRUE(ctx_has_returned(&w.child));
  }
}

/* A child is suspended while its own child runs; both go on elsewhere. */
static void grandchild(world *w) {
  w->num_resumed++;
  w->form->swap(&w->grandchild, w->home);
  w->num_resumed++;
}
static void child_with_child(world *w) {
  EXPECT_EQ(CTX_OK,
            ctx_init(&w->grandchild, other_stack, STACK_SIZE, (ctx_entry)grandchild, CTX_ARGS(w)));
  w->form->swap(&w->child, &w->grandchild);
  EXPECT_EQ(2, w->num_resumed);
  w->num_resumed++;
}
static void *resume_grandchild(void *data) {
  world *w = data;
  ctx_context host = {0};
  w->home = &host;
  /* The grandchild returns to this host: it swapped to it last, not the child that started it. */
  w->form->swap(&host, &w->grandchild);
  EXPECT_TRUE(ctx_has_returned(&w->grandchild));
  w->form->swap(&host, &w->child);
  return NULL;
}

CTX_TEST(Thread, ChildAndItsChildGoOnElsewhere) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {.form = form};
    ASSERT_EQ(CTX_OK,
              ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)child_with_child, CTX_ARGS(&w)));
    resume_on_this_thread(&w);
    EXPECT_EQ(1, w.num_resumed);
    pthread_t thread;
    ASSERT_EQ(0, pthread_create(&thread, NULL, resume_grandchild, &w));
    ASSERT_EQ(0, pthread_join(thread, NULL));
    EXPECT_EQ(3, w.num_resumed);
    EXPECT_TRUE(ctx_has_returned(&w.child));
  }
}

/* Two threads that resume one child in turns. */
static void count_rounds(world *w) {
  for (int i = 0; i < 2 * NUM_ROUNDS; i++) {
    w->num_resumed++;
    w->form->swap(&w->child, w->home);
  }
}

typedef struct player {
  world *w;
  int self;
} player;

static void *play(void *data) {
  const player *p = data;
  world *w = p->w;
  ctx_context host = {0};
  for (int i = 0; i < NUM_ROUNDS; i++) {
    pthread_mutex_lock(&w->mutex);
    while (w->turn != p->self)
      pthread_cond_wait(&w->changed, &w->mutex);
    w->home = &host;
    w->form->swap(&host, &w->child);
    w->turn = 1 - p->self;
    pthread_cond_signal(&w->changed);
    pthread_mutex_unlock(&w->mutex);
  }
  return NULL;
}

CTX_TEST(Thread, TwoThreadsResumeOneChildInTurns) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {
        .form = form, .mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)count_rounds, CTX_ARGS(&w)));
    player players[2] = {{&w, 0}, {&w, 1}};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
      ASSERT_EQ(0, pthread_create(&threads[i], NULL, play, &players[i]));
    for (int i = 0; i < 2; i++)
      ASSERT_EQ(0, pthread_join(threads[i], NULL));
    EXPECT_EQ(2 * NUM_ROUNDS, w.num_resumed);
    EXPECT_FALSE(ctx_has_returned(&w.child));
    resume_on_this_thread(&w);
    EXPECT_TRUE(ctx_has_returned(&w.child));
  }
}

/* Threads that share no context do not meet. */
enum { NUM_THREADS = 4 };
static void add(world *w, uint64_t step) {
  for (;;) {
    w->num_resumed += step;
    w->form->swap(&w->child, w->home);
  }
}
static void *run_alone(void *data) {
  world *w = data;
  static char stacks[NUM_THREADS][STACK_SIZE] __attribute__((__aligned__(16)));
  size_t self = (size_t)w->turn;
  EXPECT_EQ(CTX_OK, ctx_init(&w->child, stacks[self], STACK_SIZE, (ctx_entry)add,
                             CTX_ARGS(w, (uint64_t)self + 1)));
  ctx_context host = {0};
  w->home = &host;
  for (int i = 0; i < 1000; i++)
    w->form->swap(&host, &w->child);
  EXPECT_EQ(1000 * (self + 1), w->num_resumed);
  return NULL;
}

CTX_TEST(Thread, ThreadsThatShareNoContextDoNotMeet) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world worlds[NUM_THREADS] = {{.form = NULL}};
    pthread_t threads[NUM_THREADS];
    for (int i = 0; i < NUM_THREADS; i++) {
      worlds[i].form = form;
      worlds[i].turn = i;
      ASSERT_EQ(0, pthread_create(&threads[i], NULL, run_alone, &worlds[i]));
    }
    for (int i = 0; i < NUM_THREADS; i++)
      ASSERT_EQ(0, pthread_join(threads[i], NULL));
  }
}
