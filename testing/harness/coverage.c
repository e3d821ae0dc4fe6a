/* Coverage of processes that end without exit(): runtimes write what they counted at exit. */
#include <signal.h>
#include <unistd.h>

#include "testing/harness/record.h"

/* clang's runtime and gcc's have these; they are null in a build that counts nothing. */
__attribute__((weak)) int __llvm_profile_write_file(void);
__attribute__((weak)) void __gcov_dump(void);

static void write_coverage(void) {
  if (__llvm_profile_write_file != NULL) __llvm_profile_write_file();
  if (__gcov_dump != NULL) __gcov_dump();
}

/* abort() goes on to kill the process when the handler has returned. */
static void on_abort(int signal) {
  (void)signal;
  write_coverage();
}

void ctx_test_keep_coverage_of_abort(void) {
  if (__llvm_profile_write_file != NULL || __gcov_dump != NULL) signal(SIGABRT, on_abort);
}

void ctx_test_exit(int status) {
  write_coverage();
  _exit(status);
}
