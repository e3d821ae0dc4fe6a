/* How many system calls there really are, as a debugger counts them: those of the C library's
 * functions, too. */
#define _GNU_SOURCE
#include <signal.h>
#include <stddef.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

enum { STACK_SIZE = 65536, NOT_TRACED = 99, MAX_CALLS = 100 };

/* ---- The one that is counted ---- */

/* Two of these enclose what is counted. */
static void mark(void) { syscall(SYS_getppid); }

static void run_traced(void (*function)(void)) {
  if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0) _exit(NOT_TRACED);
  raise(SIGSTOP);
  mark();
  function();
  mark();
  _exit(0);
}

/* ---- The one that counts ---- */

/* Lets the process go on to its next system call. False: it has ended, or does not say which. */
static bool next_call(pid_t pid, uint64_t *out_number) {
  struct __ptrace_syscall_info info = {0};
  int status;
  do {
    if (ptrace(PTRACE_SYSCALL, pid, NULL, NULL) != 0) return false;
    if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status)) return false;
    if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, (void *)sizeof info, &info) < 0) return false;
  } while (info.op != PTRACE_SYSCALL_INFO_ENTRY);
  *out_number = info.entry.nr;
  return true;
}

/* Returns how many system calls the function makes; MAX_CALLS if it cannot be counted. */
static size_t num_calls(void (*function)(void)) {
  pid_t pid = fork();
  if (pid == 0) run_traced(function);
  int status;
  if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status)) return MAX_CALLS;
  /* Otherwise a system call's stop looks like any other. */
  bool counts = ptrace(PTRACE_SETOPTIONS, pid, NULL, (void *)PTRACE_O_TRACESYSGOOD) == 0;
  size_t num = 0;
  size_t num_marks = 0;
  uint64_t number;
  while (counts && num_marks < 2 && num < MAX_CALLS && next_call(pid, &number)) {
    if (number == SYS_getppid) {
      num_marks++;
    } else if (num_marks == 1) {
      num++;
    }
  }
  kill(pid, SIGKILL);
  waitpid(pid, &status, 0);
  return num_marks == 2 ? num : MAX_CALLS;
}

/* ---- Cases ---- */

static ctx_stack stack;
static ctx_stack_pool *pool;

static void do_nothing(void) {}
static void map(void) {
  if (ctx_stack_map(&stack, STACK_SIZE) != CTX_OK) _exit(1);
}
static void unmap(void) { ctx_stack_unmap(&stack); }
static void take_and_give(void) {
  for (size_t i = 0; i < 1000; i++) {
    if (ctx_stack_pool_take(pool, &stack) != CTX_OK) _exit(1);
    ctx_stack_pool_give(pool, &stack);
  }
}
static void look_at_high_water(void) {
  if (ctx_stack_high_water(&stack) != 0) _exit(1);
}

#define REQUIRE_TRACING \
  if (num_calls(do_nothing) != 0) CTX_SKIP("system calls cannot be counted here")

CTX_TEST(Calls, StackIsMappedByFourAndUnmappedByOne) {
  REQUIRE_TRACING;
  EXPECT_EQ(4, num_calls(map));
  map();
  EXPECT_EQ(1, num_calls(unmap));
  EXPECT_EQ(1, num_calls(look_at_high_water));
  unmap();
}

CTX_TEST(Calls, WarmStackIsTakenAndGivenByNone) {
  REQUIRE_TRACING;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 1));
  for (size_t i = 0; i < 2100; i++) {
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    ctx_stack_pool_give(pool, &stack);
  }
  EXPECT_EQ(0, num_calls(take_and_give));
  ctx_stack_pool_destroy(pool);
}
