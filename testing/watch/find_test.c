/* Each sanitizer still finds in a context what it finds elsewhere, and says nothing where nothing
 * is wrong. */
#include <sys/wait.h>
#include <unistd.h>

#include "testing/harness/harness.h"
#include "testing/watch/bugs.h"

/* The user's environment comes after these, and wins. */
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "detect_stack_use_after_return=1"; }
const char *__tsan_default_options(void);
const char *__tsan_default_options(void) { return "halt_on_error=1"; }

/* Runs the bug's twin in a process of its own, as the bug: a sanitizer does not let a process that
 * has had threads fork and start others. */
static int status_of_twin(void (*bug)(bool wrong)) {
  pid_t pid = fork();
  if (pid == 0) {
    bug(false);
    _exit(0);
  }
  int status = -1;
  if (pid < 0 || waitpid(pid, &status, 0) != pid) return -1;
  return status;
}

#define FINDS(needed, sanitizer, bug, report)               \
  do {                                                      \
    if (!(needed)) CTX_SKIP("is built without " sanitizer); \
    EXPECT_EQ(0, status_of_twin(bug));                      \
    CTX_EXPECT_DEATH(bug(true), report);                    \
  } while (0)

#define ASAN_FINDS(bug, report) FINDS(CTX_TEST_ASAN, "AddressSanitizer", bug, report)
#define MSAN_FINDS(bug) FINDS(CTX_TEST_MSAN, "MemorySanitizer", bug, "use-of-uninitialized-value")
#define TSAN_FINDS(bug) FINDS(CTX_TEST_TSAN, "ThreadSanitizer", bug, "data race")

CTX_TEST(Asan, FindsOverflowsOfAChildsArrays) {
  ASAN_FINDS(overflow_a_childs_array, "stack-buffer-overflow");
}
CTX_TEST(Asan, FindsOverflowsAfterASwitch) {
  ASAN_FINDS(overflow_a_childs_array_after_a_switch, "stack-buffer-overflow");
}
CTX_TEST(Asan, FindsUsesAfterReturnInAChild) {
  ASAN_FINDS(use_a_childs_local_after_return, "stack-use-after-return");
}
CTX_TEST(Asan, FindsUsesOnTheHostOfAChildsLocals) {
  ASAN_FINDS(use_a_childs_local_after_return_on_the_host, "stack-use-after-return");
}
CTX_TEST(Asan, FindsUsesAfterFreeInAChild) {
  ASAN_FINDS(use_heap_after_free_in_a_child, "heap-use-after-free");
}

CTX_TEST(Msan, FindsReadsInAChild) { MSAN_FINDS(read_uninitialised_in_a_child); }
CTX_TEST(Msan, FindsReadsThroughASwitch) { MSAN_FINDS(read_uninitialised_through_a_switch); }
CTX_TEST(Msan, FindsArguments) { MSAN_FINDS(pass_an_uninitialised_argument); }
CTX_TEST(Msan, FindsResults) { MSAN_FINDS(read_an_uninitialised_result); }
CTX_TEST(Msan, FindsHostsThatAreNotZeroed) { MSAN_FINDS(swap_from_a_host_that_is_not_zeroed); }

/* It stops the process if it takes them for that. */
CTX_TEST(Msan, ArgumentsAreNotWhatAnotherCallPassed) {
  if (!CTX_TEST_MSAN) CTX_SKIP("is built without MemorySanitizer");
  take_arguments_after_another_call();
}

CTX_TEST(Tsan, FindsRacesBetweenContexts) { TSAN_FINDS(race_between_two_contexts); }
CTX_TEST(Tsan, FindsContextsThatNobodyHandedOver) {
  TSAN_FINDS(resume_elsewhere_without_handing_over);
}
CTX_TEST(Tsan, FindsContextsThatAreOfferedBeforeTheyAreSuspended) {
  TSAN_FINDS(publish_a_context_before_it_is_suspended);
}
