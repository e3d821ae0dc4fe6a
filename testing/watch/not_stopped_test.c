/* The checked build does not stop what is allowed, even where it looks like something that is
 * not. These run in all builds. */
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

enum { STACK_SIZE = 65536 };
CTX_STACK(stack, STACK_SIZE);
CTX_STACK(other_stack, STACK_SIZE);

static ctx_context host, child, other, thread_host;
static volatile int num_runs;

static void yield(void) {
  for (;;) {
    num_runs++;
    ctx_swap(&child, &host);
  }
}
static void run_once(void) { num_runs++; }

static void resume(void) { ctx_swap(&host, &child); }

/* ---- Stacks ---- */

/* To give the stack of an abandoned context back is how one is dropped. */
CTX_TEST(NotStopped, StackOfAnAbandonedContextIsGivenBackAndTakenAgain) {
  ctx_stack_pool *pool;
  ctx_stack taken;
  host = (ctx_context){0};
  num_runs = 0;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 1));
  for (int i = 0; i < 3; i++) {
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &taken));
    ASSERT_EQ(CTX_OK, ctx_init(&child, taken.base, taken.size, yield, CTX_NO_ARGS));
    resume();
    ctx_stack_pool_give(pool, &taken);
  }
  EXPECT_EQ(3, num_runs);
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &taken));
  ASSERT_EQ(CTX_OK, ctx_init(&child, taken.base, taken.size, yield, CTX_NO_ARGS));
  resume();
  ctx_stack_pool_destroy(pool);
}

CTX_TEST(NotStopped, StackOfAnAbandonedContextIsUnmapped) {
  ctx_stack mapped;
  host = (ctx_context){0};
  num_runs = 0;
  for (int i = 0; i < 3; i++) {
    ASSERT_EQ(CTX_OK, ctx_stack_map(&mapped, STACK_SIZE));
    ASSERT_EQ(CTX_OK, ctx_init(&child, mapped.base, mapped.size, yield, CTX_NO_ARGS));
    resume();
    resume();
    ctx_stack_unmap(&mapped);
    ctx_stack_unmap(&mapped); /* it is zeroed */
  }
  EXPECT_EQ(6, num_runs);
}

/* On a small stack there is no room for what shows an overflow: its lowest bytes are the entry's.
 */
static void use_lowest_bytes(char *low) { memset(low, 0x5a, 64); }

CTX_TEST(NotStopped, LowestBytesOfASmallStackAreUsed) {
#ifdef CTX_SANITIZED_
  CTX_SKIP("frames are too large for it");
#endif
  enum { SMALL_SIZE = 1008 };
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, SMALL_SIZE, (ctx_entry)use_lowest_bytes,
                             CTX_ARGS((void *)stack)));
  resume();
  EXPECT_TRUE(ctx_has_returned(&child));
  EXPECT_EQ(0x5a, stack[0]);
}

/* Nothing below a stack is written to, wherever it begins. */
CTX_TEST(NotStopped, StackBeginsAnywhere) {
  host = (ctx_context){0};
  for (size_t offset = 1; offset <= 16; offset++) {
    ctx_test_note("offset %zu", offset);
    memset(stack, 0x5a, 16);
    num_runs = 0;
    ASSERT_EQ(CTX_OK, ctx_init(&child, stack + offset, STACK_SIZE - offset, run_once, CTX_NO_ARGS));
    resume();
    EXPECT_EQ(1, num_runs);
    for (size_t i = 0; i < offset; i++)
      EXPECT_EQ(0x5a, stack[i]);
  }
}

/* One stack of the library's for several contexts. */
CTX_TEST(NotStopped, StackIsShared) {
  ctx_stack mapped;
  host = (ctx_context){0};
  num_runs = 0;
  ASSERT_EQ(CTX_OK, ctx_stack_map(&mapped, 2 * STACK_SIZE));
  char *middle = (char *)mapped.base + STACK_SIZE;
  ASSERT_EQ(CTX_OK, ctx_init(&child, mapped.base, STACK_SIZE, yield, CTX_NO_ARGS));
  ASSERT_EQ(CTX_OK, ctx_init(&other, middle, STACK_SIZE, run_once, CTX_NO_ARGS));
  resume();
  ctx_swap(&host, &other);
  resume();
  EXPECT_EQ(3, num_runs);
  ctx_stack_unmap(&mapped);
}

/* The lowest page of a user's memory may be a guard of the user's own. */
CTX_TEST(NotStopped, StackBeginsWithAGuard) {
  host = (ctx_context){0};
  num_runs = 0;
  char *memory = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_TRUE(memory != MAP_FAILED);
  ASSERT_EQ(0, mprotect(memory, 4096, PROT_NONE));
  ASSERT_EQ(CTX_OK, ctx_init(&child, memory, STACK_SIZE, yield, CTX_NO_ARGS));
  resume();
  resume();
  EXPECT_EQ(2, num_runs);
  munmap(memory, STACK_SIZE);
}

/* All that is below the frames of a small stack belongs to the entry, to the last byte. */
CTX_TEST(NotStopped, SmallStackIsAllTheEntrys) {
  enum { SIZE = 512 };
  memset(stack, 0x5a, sizeof stack);
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, SIZE, run_once, CTX_NO_ARGS));
  for (size_t i = 0; i < SIZE / 2; i++)
    ASSERT_EQ(0x5a, stack[i]);
}

/* The library's stacks have guards, so nothing is written at their lowest ends: that would take a
 * page. */
static void expect_untouched(const ctx_stack *fresh) {
  ASSERT_EQ(CTX_OK, ctx_init(&child, fresh->base, fresh->size, yield, CTX_NO_ARGS));
  resume();
  for (size_t i = 0; i < 4096; i++)
    ASSERT_EQ(0, ((const char *)fresh->base)[i]);
}

CTX_TEST(NotStopped, LowEndOfTheLibrarysStacksIsNotTouched) {
  ctx_stack_pool *pool;
  ctx_stack fresh;
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_stack_map(&fresh, STACK_SIZE));
  expect_untouched(&fresh);
  ctx_stack_unmap(&fresh);
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 3));
  for (int i = 0; i < 3; i++) {
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &fresh));
    expect_untouched(&fresh);
  }
  ctx_stack_pool_destroy(pool);
}

/* A stack may lie in another context's frame, where nothing runs. */
static void run_nested(void) {
  char buffer[16384] __attribute__((__aligned__(16)));
  ctx_context inner_host = {0};
  EXPECT_EQ(CTX_OK, ctx_init(&other, buffer, sizeof buffer, run_once, CTX_NO_ARGS));
  ctx_swap(&inner_host, &other);
  EXPECT_TRUE(ctx_has_returned(&other));
}

CTX_TEST(NotStopped, StackLiesInAnothersFrame) {
  host = (ctx_context){0};
  num_runs = 0;
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, run_nested, CTX_NO_ARGS));
  resume();
  EXPECT_EQ(1, num_runs);
}

/* ---- Threads ---- */

static void end_thread(void) { pthread_exit(NULL); }
static void *run_child(void *unused) {
  thread_host = (ctx_context){0};
  ctx_swap(&thread_host, &child);
  return unused;
}

/* No thread is there any longer that could run it. */
CTX_TEST(NotStopped, ContextInWhichAThreadEndedIsInitialisedAgain) {
#if CTX_TEST_TSAN
  CTX_SKIP("ThreadSanitizer stops a program of which a thread ends in a child");
#endif
  ctx_stack_pool *pool;
  ctx_stack taken;
  pthread_t thread;
  host = (ctx_context){0};
  num_runs = 0;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 1));
  for (int i = 0; i < 3; i++) {
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &taken));
    ASSERT_EQ(CTX_OK, ctx_init(&child, taken.base, taken.size, end_thread, CTX_NO_ARGS));
    ASSERT_EQ(0, pthread_create(&thread, NULL, run_child, NULL));
    pthread_join(thread, NULL);
    ctx_stack_pool_give(pool, &taken);
    ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, yield, CTX_NO_ARGS));
    resume();
  }
  EXPECT_EQ(3, num_runs);
  ctx_stack_pool_destroy(pool);
}

/* The new process's thread has another number. */
static ctx_stack mapped_before;
static void fork_and_come_back(void) {
  pid_t process = fork();
  if (process == 0) {
    ctx_swap(&child, &host);
    _exit(1);
  }
  int status = 1;
  EXPECT_EQ(process, waitpid(process, &status, 0));
  EXPECT_EQ(0, status);
  ctx_swap(&child, &host);
}

CTX_TEST(NotStopped, ForkedProcessGoesOn) {
#if CTX_TEST_TSAN
  CTX_SKIP("to ThreadSanitizer a process that forks in a child has threads");
#endif
  pid_t self = getpid();
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_stack_map(&mapped_before, STACK_SIZE));
  ASSERT_EQ(CTX_OK, ctx_init(&child, mapped_before.base, mapped_before.size, fork_and_come_back,
                             CTX_NO_ARGS));
  resume();
  ctx_stack_unmap(&mapped_before);
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, yield, CTX_NO_ARGS));
  resume();
  if (getpid() != self) _exit(0);
}

static void remove_in_fork(ctx_signal_stack *installed) {
  _exit(ctx_signal_stack_remove(installed) == CTX_OK ? 0 : 1);
}

CTX_TEST(NotStopped, ForkedProcessRemovesItsSignalStack) {
  ctx_signal_stack installed;
  ASSERT_EQ(CTX_OK, ctx_signal_stack_install(&installed, 0));
  pid_t process = fork();
  if (process == 0) remove_in_fork(&installed);
  int status = 1;
  EXPECT_EQ(process, waitpid(process, &status, 0));
  EXPECT_EQ(0, status);
  EXPECT_EQ(CTX_OK, ctx_signal_stack_remove(&installed));
}

/* ---- Hosts on a child's stack ---- */

static ctx_context inner_host;

static void leave_as_inner_host(void) {
  ctx_swap(&inner_host, &other);
  num_runs++;
}
static void go_to_inner_host(void) { ctx_swap(&other, &inner_host); }

static void expect_inner_host_goes_on(const ctx_stack *given, ctx_entry entry_of_other) {
  host = inner_host = (ctx_context){0};
  num_runs = 0;
  ASSERT_EQ(CTX_OK, ctx_init(&child, given->base, given->size, leave_as_inner_host, CTX_NO_ARGS));
  ASSERT_EQ(CTX_OK, ctx_init(&other, other_stack, STACK_SIZE, entry_of_other, CTX_NO_ARGS));
  resume();
  EXPECT_EQ(1, num_runs);
  EXPECT_TRUE(ctx_has_returned(&child));
}

/* The second stack of each kind is where the first was. */
CTX_TEST(NotStopped, HostOnAStackOfTheLibrarysIsResumed) {
  ctx_stack_pool *pool;
  ctx_stack given;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 1));
  for (int i = 0; i < 2; i++) {
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &given));
    expect_inner_host_goes_on(&given, go_to_inner_host);
    ctx_stack_pool_give(pool, &given);
    ASSERT_EQ(CTX_OK, ctx_stack_map(&given, STACK_SIZE));
    expect_inner_host_goes_on(&given, go_to_inner_host);
    ctx_stack_unmap(&given);
  }
  ctx_stack_pool_destroy(pool);
}

static void leave_handler(int signal) {
  (void)signal;
  EXPECT_EQ(CTX_OK, ctx_set_from_signal(&inner_host));
}
static void raise_for_inner_host(void) { raise(SIGUSR1); }

CTX_TEST(NotStopped, HandlerGoesToAHostOnAChildsStack) {
  const ctx_stack given = {.base = stack, .size = STACK_SIZE};
  signal(SIGUSR1, leave_handler);
  expect_inner_host_goes_on(&given, raise_for_inner_host);
  signal(SIGUSR1, SIG_DFL);
}

/* ---- Contexts ---- */

/* A child whose code has left as a host does not run. */
static void leave_as_host(void) { ctx_swap(&thread_host, &host); }

CTX_TEST(NotStopped, ChildThatLeftAsAHostIsInitialisedAgain) {
  host = thread_host = (ctx_context){0};
  num_runs = 0;
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, leave_as_host, CTX_NO_ARGS));
  resume();
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, yield, CTX_NO_ARGS));
  resume();
  EXPECT_EQ(1, num_runs);
}

/* It is from ctx_create still. */
CTX_TEST(NotStopped, CreatedContextIsInitialisedAgainAndDestroyed) {
  ctx_context *created;
  host = (ctx_context){0};
  num_runs = 0;
  ASSERT_EQ(CTX_OK, ctx_create(&created, stack, STACK_SIZE, run_once, CTX_NO_ARGS));
  ctx_swap(&host, created);
  ASSERT_EQ(CTX_OK, ctx_init(created, stack, STACK_SIZE, run_once, CTX_NO_ARGS));
  ctx_swap(&host, created);
  EXPECT_EQ(2, num_runs);
  ctx_destroy(created);
}

/* A host that was moved before anything has swapped from it is zeroed still. */
CTX_TEST(NotStopped, ZeroedHostIsCopied) {
  num_runs = 0;
  const ctx_context zeroed = {0};
  for (int i = 0; i < 3; i++) {
    ctx_context copy = zeroed;
    ASSERT_EQ(CTX_OK, ctx_init(&child, other_stack, STACK_SIZE, run_once, CTX_NO_ARGS));
    ctx_swap(&copy, &child);
  }
  EXPECT_EQ(3, num_runs);
}

/* Its backstop reads a result, and so does the code that it runs. */
static uint64_t read_own_result(void) { return 1 + ctx_retval_u64(&child); }
static void read_in_backstop(void *data) {
  *(uint64_t *)data = ctx_retval_u64(&child) + ctx_has_returned(&child);
}

CTX_TEST(NotStopped, ContextReadsItsOwnResult) {
  uint64_t found = 0;
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_init_with_callback(&child, stack, STACK_SIZE, read_in_backstop, &found,
                                           (ctx_entry)read_own_result, CTX_NO_ARGS));
  resume();
  EXPECT_EQ(2, found);
  EXPECT_EQ(1, ctx_retval_u64(&child));
}
