/* The checked build asks the system about threads and memory. That changes nothing, neither errno
 * nor a thread. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ctx/internal/build.h"
#include "ctx/system/system.h"
#include "testing/harness/harness.h"

#ifdef CTX_CHECKED

/* One of them means that a thread has ended, and is from an earlier question. */
static const int kept_errnos[] = {ESRCH, ENOENT};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static uint32_t number_of_other;
static bool may_end;

static void *other_thread(void *microseconds) {
  pthread_mutex_lock(&mutex);
  number_of_other = ctx_system_thread_number();
  pthread_cond_broadcast(&changed);
  while (!may_end)
    pthread_cond_wait(&changed, &mutex);
  pthread_mutex_unlock(&mutex);
  usleep(*(const unsigned *)microseconds);
  return NULL;
}

/* Starts a thread that ends so long after it may, and waits until its number is known. */
static bool start_other(pthread_t *out, unsigned *microseconds) {
  number_of_other = 0;
  may_end = false;
  if (pthread_create(out, NULL, other_thread, microseconds) != 0) return false;
  pthread_mutex_lock(&mutex);
  while (number_of_other == 0)
    pthread_cond_wait(&changed, &mutex);
  pthread_mutex_unlock(&mutex);
  return true;
}

static void let_other_end(void) {
  pthread_mutex_lock(&mutex);
  may_end = true;
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&mutex);
}

static bool lives(uint32_t number) {
  bool answers[2];
  for (size_t i = 0; i < 2; i++) {
    errno = kept_errnos[i];
    answers[i] = ctx_system_thread_lives(number);
    EXPECT_EQ(kept_errnos[i], errno);
  }
  EXPECT_EQ(answers[0], answers[1]);
  return answers[1];
}

/* A thread's end shows once the kernel has cleaned it up, a little after it has been joined. */
static bool has_ended(uint32_t number) {
  for (int i = 0; i < 1000 && lives(number); i++)
    usleep(1000);
  return !lives(number);
}

CTX_TEST(Threads, LiveUntilTheyEnd) {
  pthread_t thread;
  unsigned at_once = 0;
  signal(SIGHUP, SIG_DFL); /* so that a signal would be noticed, under nohup, too */
  EXPECT_TRUE(lives(ctx_system_thread_number()));
  EXPECT_FALSE(lives(INT32_MAX)); /* more than the kernel gives */
  ASSERT_TRUE(start_other(&thread, &at_once));
  EXPECT_NE(ctx_system_thread_number(), number_of_other);
  EXPECT_TRUE(lives(number_of_other));
  let_other_end();
  ASSERT_EQ(0, pthread_join(thread, NULL));
  EXPECT_TRUE(has_ended(number_of_other));
}

static bool ends(uint32_t number) {
  errno = ENOENT;
  bool answer = ctx_system_thread_ends(number);
  EXPECT_EQ(ENOENT, errno);
  return answer;
}

CTX_TEST(Threads, AreGivenAMomentToEnd) {
  pthread_t thread;
  unsigned soon = 20000;
  EXPECT_TRUE(ends(INT32_MAX));
  ASSERT_TRUE(start_other(&thread, &soon));
  EXPECT_FALSE(ends(number_of_other));
  let_other_end();
  EXPECT_TRUE(ends(number_of_other));
  ASSERT_EQ(0, pthread_join(thread, NULL));
}

static bool can_write(void *memory) {
  errno = ENOENT;
  bool answer = ctx_system_can_write(memory);
  EXPECT_EQ(ENOENT, errno);
  return answer;
}

CTX_TEST(Memory, CanBeWrittenWhereItMay) {
  uint64_t word = 0;
  EXPECT_TRUE(can_write(&word));
  EXPECT_FALSE(can_write((void *)8));
  static const int protections[] = {PROT_NONE, PROT_READ};
  for (size_t i = 0; i < 2; i++) {
    void *page = mmap(NULL, 4096, protections[i], MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ASSERT_TRUE(page != MAP_FAILED);
    EXPECT_FALSE(can_write(page));
    munmap(page, 4096);
  }
}

#else

CTX_TEST(Threads, AreAskedAboutInTheCheckedBuild) { CTX_SKIP("needs the checked build"); }

#endif
