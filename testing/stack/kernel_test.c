/* Kernels that refuse what stacks ask of them; that know less; or that say yes and do nothing, as a
 * system call's emulator may. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/stack/fault.h"
#include "testing/stack/memory_use.h"

enum { STACK_SIZE = 65536, POPULATE_READ = 22, GUARD_INSTALL = 102, NUM_ADVICES };

/* ---- The kernel ---- */

/* An answer is an errno, or one of these. */
enum { THE_KERNELS_OWN, SAYS_YES = -1 };
struct kernel {
  int advice[NUM_ADVICES];
  int unmap;
  int protect;
  int open;
  size_t num_opens_before;
  int resident; /* mincore */
  int signal_stack;
  size_t min_signal_stack; /* AT_MINSIGSTKSZ */
};
static const struct kernel real;
static struct kernel kernel;
static size_t num_answers;
static size_t num_opens;

static long answer(int prepared, long number, long a, long b, long c) {
  if (prepared == THE_KERNELS_OWN) return syscall(number, a, b, c);
  num_answers++;
  if (prepared == SAYS_YES) return 0;
  errno = prepared;
  return -1;
}

/* These replace the C library's. */
int madvise(void *start, size_t size, int advice) {
  int prepared = advice < NUM_ADVICES ? kernel.advice[advice] : THE_KERNELS_OWN;
  return (int)answer(prepared, SYS_madvise, (long)start, (long)size, advice);
}
int munmap(void *start, size_t size) {
  return (int)answer(kernel.unmap, SYS_munmap, (long)start, (long)size, 0);
}
int mprotect(void *start, size_t size, int protection) {
  return (int)answer(kernel.protect, SYS_mprotect, (long)start, (long)size, protection);
}
int open(const char *path, int flags, ...) {
  bool is_refused = num_opens++ >= kernel.num_opens_before;
  return (int)answer(is_refused ? kernel.open : THE_KERNELS_OWN, SYS_open, (long)path, flags, 0);
}
int mincore(void *start, size_t size, unsigned char *pages) {
  return (int)answer(kernel.resident, SYS_mincore, (long)start, (long)size, (long)pages);
}
int sigaltstack(const stack_t *stack, stack_t *previous) {
  return (int)answer(kernel.signal_stack, SYS_sigaltstack, (long)stack, (long)previous, 0);
}
unsigned long getauxval(unsigned long type) {
  return type == AT_MINSIGSTKSZ ? kernel.min_signal_stack : 0;
}

static void kernel_answers(const struct kernel *answers) {
  kernel = *answers;
  num_answers = 0;
  num_opens = 0;
}

/* ---- Guards ---- */

static void expect_guard(const ctx_stack *stack, const ctx_stack_pool *pool) {
  char *below = (char *)stack->base - 1;
  fault_handler_install(pool);
  struct fault fault = write_on_stack(stack, below);
  fault_handler_remove();
  EXPECT_TRUE(fault.happened);
  EXPECT_EQ(below, fault.address);
}

static void expect_guards_of_kernel(const struct kernel *answers) {
  ctx_stack single;
  kernel_answers(answers);
  ASSERT_EQ(CTX_OK, ctx_stack_map(&single, STACK_SIZE));
  EXPECT_TRUE(num_answers != 0);
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 20));
  ctx_stack stacks[20];
  for (size_t i = 0; i < 20; i++)
    ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stacks[i]));
  kernel_answers(&real);
  expect_guard(&single, NULL);
  for (size_t i = 0; i < 20; i++)
    expect_guard(&stacks[i], pool);
  ctx_stack_unmap(&single);
  ctx_stack_pool_destroy(pool);
}

CTX_TEST(Kernel, GuardThatAnEmulatorPretendsIsNotBelieved) {
  expect_guards_of_kernel(&(struct kernel){.advice[GUARD_INSTALL] = SAYS_YES});
}

CTX_TEST(Kernel, WithoutMarkedGuardsSplits) {
  expect_guards_of_kernel(&(struct kernel){.advice[GUARD_INSTALL] = EINVAL});
}

CTX_TEST(Kernel, ThatCannotShowAGuardSplits) {
  expect_guards_of_kernel(&(struct kernel){.advice[POPULATE_READ] = EINVAL});
}

CTX_TEST(Kernel, WithoutHugePagesIsFine) {
  expect_guards_of_kernel(&(struct kernel){.advice[MADV_NOHUGEPAGE] = EINVAL});
}

/* ---- Errors ---- */

static void expect_no_stack(const struct kernel *answers, ctx_status expected) {
  ctx_stack stack;
  memset(&stack, 0x5a, sizeof stack);
  const ctx_stack before = stack;
  size_t mappings = num_mappings();
  size_t descriptors = num_descriptors();
  kernel_answers(answers);
  ctx_status status = ctx_stack_map(&stack, STACK_SIZE);
  kernel_answers(&real);
  EXPECT_EQ(expected, status);
  EXPECT_MEMEQ(&before, &stack, sizeof stack);
  EXPECT_EQ(mappings, num_mappings());
  EXPECT_EQ(descriptors, num_descriptors());
}

/* The pool is made by the kernel as it is, and works again when the kernel does. */
static void expect_no_stack_of_pool(const struct kernel *answers, ctx_status expected) {
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 2));
  ctx_stack stack;
  memset(&stack, 0x5a, sizeof stack);
  const ctx_stack before = stack;
  kernel_answers(answers);
  ctx_status status = ctx_stack_pool_take(pool, &stack);
  kernel_answers(&real);
  EXPECT_EQ(expected, status);
  EXPECT_MEMEQ(&before, &stack, sizeof stack);
  EXPECT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
  expect_guard(&stack, pool);
  ctx_stack_pool_destroy(pool);
}

CTX_TEST(Kernel, RefusedGuardsAreAnErrorThatLosesNothing) {
  static const struct kernel answers[] = {
      {.advice[GUARD_INSTALL] = ENOMEM},
      {.advice[GUARD_INSTALL] = EINVAL, .protect = ENOMEM},
      {.advice[GUARD_INSTALL] = SAYS_YES, .protect = ENOMEM},
      {.advice[GUARD_INSTALL] = ENOMEM, .open = EMFILE},
      {.advice[GUARD_INSTALL] = ENOMEM, .open = EMFILE, .num_opens_before = 1},
  };
  for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
    expect_no_stack(&answers[i], CTX_ERR_NO_MEMORY);
    expect_no_stack_of_pool(&answers[i], CTX_ERR_NO_MEMORY);
  }
}

CTX_TEST(Kernel, RefusedHugePagesAreAnErrorThatLosesNothing) {
  expect_no_stack(&(struct kernel){.advice[MADV_NOHUGEPAGE] = ENOMEM}, CTX_ERR_NO_MEMORY);
  const ctx_stack_pool_options huge = {.flags = CTX_STACK_POOL_HUGE_PAGES};
  ctx_stack_pool *pool = NULL;
  size_t mappings = num_mappings();
  kernel_answers(&(struct kernel){.advice[MADV_HUGEPAGE] = ENOMEM});
  ctx_status status = ctx_stack_pool_create_with_options(&pool, STACK_SIZE, 2, &huge);
  kernel_answers(&real);
  EXPECT_EQ(CTX_ERR_NO_MEMORY, status);
  EXPECT_EQ(NULL, pool);
  EXPECT_EQ(mappings, num_mappings());
}

CTX_TEST(Kernel, MemoryThatCannotBeUnmappedIsGivenBackAllTheSame) {
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_map(&stack, STACK_SIZE));
  const ctx_stack was = stack;
  touch_to_depth(&stack, stack.size);
  kernel_answers(&(struct kernel){.unmap = ENOMEM});
  ctx_stack_unmap(&stack);
  EXPECT_EQ(1, num_answers);
  kernel_answers(&real);
  EXPECT_EQ(NULL, stack.base);
  EXPECT_EQ(0, num_resident_pages_at_end(&was));
  munmap((char *)was.base - was.guard_size, was.guard_size + was.size);
}

CTX_TEST(Kernel, ThatDoesNotSayWhatIsResidentLeavesItOutOfTheStats) {
  ctx_stack_pool *pool;
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 1));
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
  touch_to_depth(&stack, stack.size);
  ctx_stack_pool_stats stats;
  kernel_answers(&(struct kernel){.resident = ENOMEM});
  ctx_status status = ctx_stack_pool_get_stats(pool, &stats);
  kernel_answers(&real);
  EXPECT_EQ(CTX_OK, status);
  EXPECT_EQ(0, stats.resident);
  EXPECT_EQ(1, stats.in_use);
  ctx_stack_pool_destroy(pool);
}

CTX_TEST(Kernel, RefusedSignalStackIsAnErrorThatLosesNothing) {
  ctx_signal_stack installed;
  memset(&installed, 0x5a, sizeof installed);
  const ctx_signal_stack before = installed;
  size_t mappings = num_mappings();
  kernel_answers(&(struct kernel){.signal_stack = EPERM});
  ctx_status status = ctx_signal_stack_install(&installed, STACK_SIZE);
  kernel_answers(&(struct kernel){.advice[GUARD_INSTALL] = ENOMEM});
  ctx_status status_without_stack = ctx_signal_stack_install(&installed, STACK_SIZE);
  kernel_answers(&real);
  EXPECT_EQ(CTX_ERR_SIGNAL_STACK, status);
  EXPECT_EQ(CTX_ERR_NO_MEMORY, status_without_stack);
  EXPECT_MEMEQ(&before, &installed, sizeof installed);
  EXPECT_EQ(mappings, num_mappings());

  ASSERT_EQ(CTX_OK, ctx_signal_stack_install(&installed, STACK_SIZE));
  const ctx_signal_stack was = installed;
  kernel_answers(&(struct kernel){.signal_stack = EPERM});
  status = ctx_signal_stack_remove(&installed);
  kernel_answers(&real);
  EXPECT_EQ(CTX_ERR_SIGNAL_STACK, status);
  EXPECT_MEMEQ(&was, &installed, sizeof installed);
  EXPECT_EQ(CTX_OK, ctx_signal_stack_remove(&installed));
}

/* ---- Signal frames ---- */

CTX_TEST(Kernel, SizeOfItsSignalFramesIsTheSmallestStacks) {
  static const struct {
    size_t frame;
    size_t min_size;
  } cases[] = {{0, 8192}, {2048, 8192}, {4096, 8192}, {4097, 12288}, {11000, 16384}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    kernel_answers(&(struct kernel){.min_signal_stack = cases[i].frame});
    EXPECT_EQ(cases[i].min_size, ctx_stack_min_size());
  }
  kernel_answers(&real);
}
