/* harness.h's macros use this: cases, failed expectations, deaths. harness.h includes it for tests
 * in C, and bridge.cc beside gtest.h. */
#ifndef CTX_TESTING_HARNESS_RECORD_H_
#define CTX_TESTING_HARNESS_RECORD_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Cases ---- */

struct ctx_test_case {
  const char *suite;
  const char *name;
  const char *file;
  int line;
  void (*body)(void);
  struct ctx_test_case *next;
};

void ctx_test_register(struct ctx_test_case *test_case);

/* The cases in the order of registration, linked by `next`. */
const struct ctx_test_case *ctx_test_cases(void);

/* ---- Expectations: true if they hold. Async-signal-safe; errno is kept. ---- */

bool ctx_test_expect_bool(bool expected, bool actual, const char *file, int line,
                          const char *expression);
bool ctx_test_expect_eq(uint64_t expected, uint64_t actual, const char *file, int line,
                        const char *expected_expression, const char *actual_expression);
bool ctx_test_expect_ne(uint64_t left, uint64_t right, const char *file, int line,
                        const char *left_expression, const char *right_expression);
bool ctx_test_expect_f64_eq(double expected, double actual, const char *file, int line,
                            const char *expected_expression, const char *actual_expression);
bool ctx_test_expect_streq(const char *expected, const char *actual, const char *file, int line,
                           const char *expected_expression, const char *actual_expression);
bool ctx_test_expect_memeq(const void *expected, const void *actual, size_t size, const char *file,
                           int line, const char *expected_expression,
                           const char *actual_expression);
bool ctx_test_expect_no_complaint(const char *text, const char *file, int line,
                                  const char *expression);

void ctx_test_skip(const char *reason);

/* Formats a note that is added to each failure from now on, until the case is over: which row of a
 * table it was. Null: none. On the host only. */
__attribute__((__format__(__printf__, 1, 2))) void ctx_test_note(const char *format, ...);

/* ---- What has been recorded ---- */

struct ctx_test_failure {
  const char *file;
  int line;
  const char *text;
};

/* Forgets all failures, the note and the skip. */
void ctx_test_records_clear(void);

/* Returns how many expectations have failed; those beyond the storage are counted, not kept. */
size_t ctx_test_num_failures(void);

/* Returns false if that many are not kept, or this one is being written at this moment. */
bool ctx_test_failure_get(size_t index, struct ctx_test_failure *out);

/* Returns the reason, or null if the case was not skipped. */
const char *ctx_test_skip_reason(void);

/* ---- Processes ---- */

/* Ends a forked process: _exit that keeps what coverage has counted. */
__attribute__((__noreturn__)) void ctx_test_exit(int status);

/* From now on abort() keeps it too. */
void ctx_test_keep_coverage_of_abort(void);

/* ---- Deaths ---- */

struct ctx_test_death {
  pid_t pid;
  int stderr_read;
};

#define CTX_TEST_ANY_SIGNAL 0

/* Returns true in the new process, as fork does. */
bool ctx_test_death_fork(struct ctx_test_death *death);
bool ctx_test_death_expect(const struct ctx_test_death *death, const char *substring, int signal,
                           const char *file, int line, const char *statement);
/* Gives a signal its default action: a sanitizer's handler would exit in its place. */
void ctx_test_default_signal(int signal);

/* ---- Random numbers: splitmix64, the same on every machine. ---- */

uint64_t ctx_test_random(uint64_t *state);

/* ---- Emulation ---- */

/* ctx_test_is_emulated returns whether qemu-user runs this program (tools/cross): then it is qemu
 * that answers system calls, and it knows less than the kernel. */
bool ctx_test_is_emulated(void);

/* ctx_test_last_signal returns the last signal that can be blocked: SIGRTMAX. qemu-user keeps two
 * signals for itself. */
int ctx_test_last_signal(void);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_TESTING_HARNESS_RECORD_H_ */
