#include "testing/harness/harness_cases.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

const char *const failing_file = __FILE__;
int failing_line;

#define ON_THIS_LINE failing_line = __LINE__

void body_passing(void) {
  errno = 123;
  EXPECT_TRUE(true);
  EXPECT_FALSE(false);
  EXPECT_EQ(-1, (int8_t)-1);
  EXPECT_EQ(UINT64_MAX, -1);
  EXPECT_NE(1, 2u);
  EXPECT_F64_EQ(0.5, 0.5);
  EXPECT_STREQ("a", "a");
  EXPECT_MEMEQ("abc", "abd", 2);
  EXPECT_NO_COMPLAINT("");
  ASSERT_TRUE(true);
  CTX_EXPECT_DEATH((fputs("goodbye", stderr), abort()), "goodbye");
  CTX_EXPECT_DEATH((fputs("goodbye", stderr), _exit(1)), "goodbye");
  CTX_EXPECT_KILLED(raise(SIGILL), SIGILL);
}

void body_failing_bool(void) { ON_THIS_LINE, EXPECT_TRUE(1 > 2); }
void body_failing_eq(void) { ON_THIS_LINE, EXPECT_EQ(6 * 7, 43); }
void body_failing_eq_after_widening(void) { ON_THIS_LINE, EXPECT_EQ(-1, UINT32_MAX); }
void body_failing_ne(void) { ON_THIS_LINE, EXPECT_NE(1, 1); }
void body_failing_f64(void) { ON_THIS_LINE, EXPECT_F64_EQ(0.0, -0.0); }
void body_failing_streq(void) { ON_THIS_LINE, EXPECT_STREQ("left", "right"); }
void body_failing_memeq(void) { ON_THIS_LINE, EXPECT_MEMEQ("abc", "abd", 3); }
void body_failing_with_note(void) {
  ctx_test_note("row %d", 7);
  ON_THIS_LINE, EXPECT_TRUE(false);
}
void body_failing_complaint(void) { ON_THIS_LINE, EXPECT_NO_COMPLAINT("it hurts"); }
void body_that_does_not_die(void) {
  failing_line = __LINE__ + 1;
  CTX_EXPECT_DEATH((void)0, "goodbye");
}
void body_that_dies_otherwise(void) {
  failing_line = __LINE__ + 1;
  CTX_EXPECT_DEATH((fputs("hello", stderr), abort()), "goodbye");
}
void body_that_any_death_would_do_for(void) {
  failing_line = __LINE__ + 1;
  CTX_EXPECT_DEATH(abort(), "");
}
void body_that_dies_by_another_signal(void) {
  failing_line = __LINE__ + 1;
  CTX_EXPECT_KILLED(raise(SIGTERM), SIGILL);
}
void body_failing_twice(void) {
  ON_THIS_LINE, EXPECT_TRUE(false);
  EXPECT_TRUE(false);
}
void body_asserting(void) {
  failing_line = __LINE__ + 1;
  ASSERT_TRUE(false);
  EXPECT_TRUE(false);
}
void body_failing_too_often(void) {
  for (int i = 0; i < 1000; i++)
    ON_THIS_LINE, EXPECT_TRUE(false);
}

static void handler(int signal_number) {
  errno = 7;
  ON_THIS_LINE, EXPECT_EQ(0, signal_number);
  /* A failure that is not seen through errno. */
  if (errno != 7) abort();
}
void body_failing_in_signal_handler(void) {
  signal(SIGUSR1, handler);
  raise(SIGUSR1);
  signal(SIGUSR1, SIG_DFL);
}

enum { NUM_THREADS = 4 };
static void *thread(void *unused) {
  EXPECT_TRUE(false);
  return unused;
}
void body_failing_on_threads(void) {
  pthread_t threads[NUM_THREADS];
  for (int i = 0; i < NUM_THREADS; i++)
    pthread_create(&threads[i], NULL, thread, NULL);
  for (int i = 0; i < NUM_THREADS; i++)
    pthread_join(threads[i], NULL);
}

CTX_STACK(small_stack, 4096);
static void child_entry(void) { ON_THIS_LINE, EXPECT_EQ(1, 2); }
void body_failing_on_a_childs_stack(void) {
  ctx_context host = {0};
  ctx_context child;
  if (ctx_init(&child, small_stack, sizeof small_stack, child_entry, CTX_NO_ARGS) != CTX_OK) {
    abort();
  }
  ctx_swap(&host, &child);
}

void body_skipping(void) {
  CTX_SKIP("there is a reason");
  EXPECT_TRUE(false);
}
