/* ThreadSanitizer sees an entry's return write the result, which assembly does: to read it on
 * another thread, when nothing says that it is there, is a race. */
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

const char *__tsan_default_options(void);
const char *__tsan_default_options(void) { return "halt_on_error=1"; }

enum { STACK_SIZE = 256 * 1024 };
CTX_STACK(stack, STACK_SIZE);
static ctx_context host, child;
static volatile uint64_t sink;

/* Orders the threads, and says nothing to the sanitizer. */
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

static uint64_t answer(void) { return 42; }

static void *run_child(void *unused) {
  ctx_swap(&host, &child);
  passed(1);
  return unused;
}

/* Without asking first whether it has returned, which would be the race that is reported. */
static void *read_result(void *unused) {
  while (passed(0) == 0)
    sched_yield();
  sink = child.retval_gp[0];
  return unused;
}

static void run(bool wrong) {
  pthread_t threads[2];
  if (ctx_init(&child, stack, STACK_SIZE, (ctx_entry)answer, CTX_NO_ARGS) != CTX_OK) abort();
  if (pthread_create(&threads[0], NULL, run_child, NULL) != 0) abort();
  if (!wrong && pthread_join(threads[0], NULL) != 0) abort();
  if (pthread_create(&threads[1], NULL, read_result, NULL) != 0) abort();
  if (wrong && pthread_join(threads[0], NULL) != 0) abort();
  if (pthread_join(threads[1], NULL) != 0) abort();
}

CTX_TEST(ResultRace, IsReported) {
  if (!CTX_TEST_TSAN) CTX_SKIP("is built without ThreadSanitizer");
  CTX_EXPECT_DEATH(run(true), "data race");
}

CTX_TEST(ResultRace, IsNoneOnceTheThreadIsJoined) {
  run(false);
  EXPECT_EQ(42, sink);
}
