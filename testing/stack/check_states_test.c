/* The checked build, where one thread alone does not show who runs; and the line that it writes. */
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ctx/watch/checked.h"
#include "testing/harness/harness.h"

enum { STACK_SIZE = 65536 };
CTX_STACK(stack, STACK_SIZE);

static ctx_context host, child;

#ifdef CTX_CHECKED
#define REQUIRE_CHECKED_BUILD \
  do {                        \
  } while (0)
#else
#define REQUIRE_CHECKED_BUILD CTX_SKIP("needs the checked build")
#endif

static void do_nothing(void) {}

/* ---- States ---- */

static pthread_barrier_t both_there;

static void wait_twice(void) {
  pthread_barrier_wait(&both_there);
  pthread_barrier_wait(&both_there);
}

static void *run_child(void *unused) {
  ctx_context own_host = {0};
  ctx_swap(&own_host, &child);
  return unused;
}

CTX_TEST(CheckStates, ContextThatRunsOnAnotherThreadIsNotResumed) {
  REQUIRE_CHECKED_BUILD;
  pthread_t thread;
  pthread_barrier_init(&both_there, NULL, 2);
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, wait_twice, CTX_NO_ARGS));
  ASSERT_EQ(0, pthread_create(&thread, NULL, run_child, NULL));
  pthread_barrier_wait(&both_there);
  CTX_EXPECT_DEATH(ctx_swap(&host, &child), "is running already");
  pthread_barrier_wait(&both_there);
  pthread_join(thread, NULL);
  pthread_barrier_destroy(&both_there);
}

static void swap_to_host_for_ever(void) {
  for (;;)
    ctx_swap(&child, &host);
}

/* It goes on where it was suspended last: it has had no chance to write that it was discarded. */
CTX_TEST(CheckStates, HostThatWasDiscardedIsResumedAgain) {
#ifdef CTX_SWAP_IS_EXTERNAL_
  CTX_SKIP("ctx_swap is a function here: its frame does not stand after it has returned");
#endif
  static volatile int times;
  host = (ctx_context){0};
  times = 0;
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, swap_to_host_for_ever, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  times++;
  if (times < 3) ctx_set(&child);
  EXPECT_EQ(3, times);
}

static void swap_to_host(void) { ctx_swap(&child, &host); }

CTX_TEST(CheckStates, HostThatWasDiscardedIsReturnedTo) {
#ifdef CTX_SWAP_IS_EXTERNAL_
  CTX_SKIP("ctx_swap is a function here: its frame does not stand after it has returned");
#endif
  static volatile int times;
  times = 0;
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, swap_to_host, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  times++;
  if (times < 2) ctx_set(&child);
  EXPECT_EQ(2, times);
  EXPECT_TRUE(ctx_has_returned(&child));
}

static ctx_context inner_host, second;
CTX_STACK(second_stack, STACK_SIZE);

static void set_to_host(void) { ctx_set(&host); }
static void swap_from_inner_host(void) { ctx_swap(&inner_host, &second); }

/* A suspended host that nobody resumes loses only a place to which nobody will go. */
CTX_TEST(CheckStates, HostThatNobodyResumesIsUsedAgain) {
  inner_host = (ctx_context){0};
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, swap_from_inner_host, CTX_NO_ARGS));
  ASSERT_EQ(CTX_OK, ctx_init(&second, second_stack, STACK_SIZE, set_to_host, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  ASSERT_EQ(CTX_OK, ctx_init(&second, second_stack, STACK_SIZE, do_nothing, CTX_NO_ARGS));
  ctx_swap(&inner_host, &second);
  EXPECT_TRUE(ctx_has_returned(&second));
}

/* The suspension is of the context's former life. */
CTX_TEST(CheckStates, ContextThatLeftAtOnceHasNoPlaceOfBefore) {
  REQUIRE_CHECKED_BUILD;
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, swap_to_host, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, set_to_host, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  CTX_EXPECT_DEATH(ctx_swap(&host, &child), "was left before it was ever suspended");
}

CTX_TEST(CheckStates, HostThatRunsIsNotResumed) {
  REQUIRE_CHECKED_BUILD;
  host = inner_host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, swap_to_host, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  CTX_EXPECT_DEATH(ctx_swap(&inner_host, &host), "is running already");
  CTX_EXPECT_DEATH(ctx_set(&host), "is running already");
}

/* No child is known to run on a thread's own stack: nothing is written around what is known of the
 * thread. */
static _Thread_local volatile char around[2048];

CTX_TEST(CheckStates, DiscardedHostIsNotWrittenTo) {
#ifdef CTX_SWAP_IS_EXTERNAL_
  CTX_SKIP("ctx_swap is a function here: its frame does not stand after it has returned");
#endif
  static volatile bool is_back;
  is_back = false;
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, set_to_host, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  if (!is_back) {
    is_back = true;
    ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, set_to_host, CTX_NO_ARGS));
    ctx_set(&child);
  }
  for (size_t i = 0; i < sizeof around; i++)
    ASSERT_EQ(0, around[i]);
}

/* ---- Stacks ---- */

/* The description of a stack that is not taken yet is right, byte for byte, and still refused. */
CTX_TEST(CheckStates, StackThatNobodyHasTakenIsNotGiven) {
  REQUIRE_CHECKED_BUILD;
  enum { COLOUR = 64 };
  ctx_stack_pool *pool;
  ctx_stack first, next;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 2));
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &first));
  next = first;
  next.base = (char *)first.base + first.size + first.guard_size;
  next.size -= COLOUR;
  next.slot = 1;
  CTX_EXPECT_DEATH(ctx_stack_pool_give(pool, &next), "is not from this pool");
  ctx_stack as_described = next;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &next));
  EXPECT_MEMEQ(&next, &as_described, sizeof next);
  ctx_stack_pool_destroy(pool);
}

/* ---- The line ---- */

#ifdef CTX_CHECKED

/* Returns the length of what is written of a fault whose text has so many characters. */
static size_t fail_with(size_t length, char *out, size_t size) {
  static char fault[1024];
  int ends[2];
  if (pipe(ends) != 0) return 0;
  pid_t process = fork();
  if (process == 0) {
    memset(fault, 'x', length);
    dup2(ends[1], STDERR_FILENO);
    ctx_test_default_signal(SIGABRT);
    ctx_check_failed("f", &child, fault);
    _exit(0);
  }
  close(ends[1]);
  size_t num = 0;
  for (ssize_t part = 1; part > 0; num += (size_t)part) {
    part = read(ends[0], out + num, size - num);
    if (part < 0) break;
  }
  close(ends[0]);
  int status = 0;
  EXPECT_EQ(process, waitpid(process, &status, 0));
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
  return num;
}

#endif

CTX_TEST(CheckStates, LineIsCutWhereItsRoomEnds) {
#ifndef CTX_CHECKED
  CTX_SKIP("needs the checked build");
#else
  enum { ROOM = 256, HEAD = sizeof "ctx: f: context 0x0123456789abcdef " - 1 };
  static char written[2048];
  for (size_t length = ROOM - HEAD - 3; length < ROOM + 300; length += length < ROOM ? 1 : 99) {
    size_t whole = HEAD + length + 1;
    EXPECT_EQ(whole < ROOM ? whole : ROOM, fail_with(length, written, sizeof written));
    EXPECT_TRUE(memcmp(written, "ctx: f: context 0x", 18) == 0);
    EXPECT_EQ(whole <= ROOM ? '\n' : 'x', written[(whole < ROOM ? whole : ROOM) - 1]);
  }
#endif
}
