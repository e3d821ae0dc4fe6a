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
  int map;
  int unmap;
  int protect;
  int open;
  size_t num_opens_before;
  int resident; /* mincore */
  int signal_stack;
  bool says_signal_stack;  /* it only changes none */
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
void *mmap(void *address, size_t size, int protection, int flags, int file, off_t offset) {
  if (kernel.map == THE_KERNELS_OWN) {
    return (void *)syscall(SYS_mmap, address, size, protection, flags, file, offset);
  }
  num_answers++;
  errno = kernel.map;
  return MAP_FAILED;
}
int munmap(void *start, size_t size) {
  return (int)answer(kernel.unmap, SYS_munmap, (long)start, (long)size, 0);
}
int mprotect(void *start, size_t size, int protection) {
  return (int)answer(kernel.protect, SYS_mprotect, (long)start, (long)size, protection);
}
int open(const char *path, int flags, ...) {
  bool is_refused = num_opens++ >= kernel.num_opens_before;
  return (int)answer(is_refused ? kernel.open : THE_KERNELS_OWN, SYS_openat, AT_FDCWD, (long)path,
                     flags);
}
static bool says_all_is_resident;
int mincore(void *start, size_t size, unsigned char *pages) {
  if (says_all_is_resident) memset(pages, 1, (size + 4095) / 4096);
  return (int)answer(kernel.resident, SYS_mincore, (long)start, (long)size, (long)pages);
}
int sigaltstack(const stack_t *stack, stack_t *previous) {
  bool is_asked_only = stack == NULL && kernel.says_signal_stack;
  return (int)answer(is_asked_only ? THE_KERNELS_OWN : kernel.signal_stack, SYS_sigaltstack,
                     (long)stack, (long)previous, 0);
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

/* Sandboxes have different answers to advice that they do not know. */
static const int refusals[] = {EPERM, EACCES, ENOSYS, EINVAL, EOPNOTSUPP, EINTR, EBUSY};
enum { NUM_REFUSALS = sizeof refusals / sizeof refusals[0] };

CTX_TEST(Kernel, ThatRefusesToMarkGuardsSplits) {
  for (size_t i = 0; i < NUM_REFUSALS; i++)
    expect_guards_of_kernel(&(struct kernel){.advice[GUARD_INSTALL] = refusals[i]});
}

/* It is asked once by a pool, not for each stack. */
CTX_TEST(Kernel, ThatRefusesToMarkGuardsIsAskedOnce) {
  ctx_stack_pool *pool;
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 40));
  kernel_answers(&(struct kernel){.advice[GUARD_INSTALL] = EPERM});
  ctx_status status = CTX_OK;
  for (size_t i = 0; i < 40 && status == CTX_OK; i++)
    status = ctx_stack_pool_take(pool, &stack);
  EXPECT_EQ(1, num_answers);
  kernel_answers(&real);
  EXPECT_EQ(CTX_OK, status);
  ctx_stack_pool_destroy(pool);
}

CTX_TEST(Kernel, ThatCannotShowAGuardSplits) {
  expect_guards_of_kernel(&(struct kernel){.advice[POPULATE_READ] = EINVAL});
}

CTX_TEST(Kernel, WithoutHugePagesIsFine) {
  for (size_t i = 0; i < NUM_REFUSALS; i++)
    expect_guards_of_kernel(&(struct kernel){.advice[MADV_NOHUGEPAGE] = refusals[i]});
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
      {.advice[GUARD_INSTALL] = EAGAIN},
      {.advice[GUARD_INSTALL] = EINVAL, .protect = ENOMEM},
      {.advice[GUARD_INSTALL] = EPERM, .protect = ENOMEM},
      {.advice[GUARD_INSTALL] = SAYS_YES, .protect = ENOMEM},
      {.advice[GUARD_INSTALL] = ENOMEM, .open = EMFILE},
      {.advice[GUARD_INSTALL] = ENOMEM, .open = EMFILE, .num_opens_before = 1},
  };
  for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
    expect_no_stack(&answers[i], CTX_ERR_NO_MEMORY);
    expect_no_stack_of_pool(&answers[i], CTX_ERR_NO_MEMORY);
  }
}

/* The system has memory, and refuses it: that is not a lack of memory. */
CTX_TEST(Kernel, RefusalsHaveNamesOfTheirOwn) {
  for (size_t i = 0; i < NUM_REFUSALS; i++) {
    const int error = refusals[i];
    const struct kernel no_maps = {.map = error};
    const struct kernel no_guards[] = {
        {.advice[GUARD_INSTALL] = EPERM, .protect = error},
        {.advice[GUARD_INSTALL] = SAYS_YES, .protect = error},
    };
    expect_no_stack(&no_maps, CTX_ERR_MAP_REFUSED);
    for (size_t j = 0; j < 2; j++) {
      expect_no_stack(&no_guards[j], CTX_ERR_GUARD_REFUSED);
      expect_no_stack_of_pool(&no_guards[j], CTX_ERR_GUARD_REFUSED);
    }
    ctx_stack_pool *pool = NULL;
    kernel_answers(&no_maps);
    ctx_status status = ctx_stack_pool_create(&pool, STACK_SIZE, 2);
    kernel_answers(&real);
    EXPECT_EQ(CTX_ERR_MAP_REFUSED, status);
    EXPECT_EQ(NULL, pool);
  }
  expect_no_stack(&(struct kernel){.map = ENOMEM}, CTX_ERR_NO_MEMORY);
  expect_no_stack(&(struct kernel){.map = EAGAIN}, CTX_ERR_NO_MEMORY);
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

CTX_TEST(Kernel, ThatDoesNotSayWhatIsResidentHasNoStats) {
  ctx_stack_pool *pool;
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 1));
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
  ctx_stack_pool_stats stats;
  memset(&stats, 0x5a, sizeof stats);
  const ctx_stack_pool_stats before = stats;
  kernel_answers(&(struct kernel){.resident = EPERM});
  ctx_status status = ctx_stack_pool_get_stats(pool, &stats);
  kernel_answers(&real);
  EXPECT_EQ(CTX_ERR_RESIDENCY_REFUSED, status);
  EXPECT_MEMEQ(&before, &stats, sizeof stats);
  ctx_stack_pool_destroy(pool);
}

/* Returns how many gives of 64 have given memory back. The stack is used deeply each time, or not
 * deeper than what it keeps. */
static size_t num_gives_that_discard(ctx_stack_pool *pool, bool is_deep) {
  size_t num = 0;
  for (size_t i = 0; i < 64; i++) {
    ctx_stack stack;
    EXPECT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
    volatile char *base = stack.base;
    *base = 0; /* not to be seen in the page that is read */
    if (is_deep) touch_to_depth(&stack, stack.size);
    ctx_stack_pool_give(pool, &stack);
    num += !is_resident(stack.base);
  }
  return num;
}

/* It may refuse, or say of all memory that it is there, as an emulator may. Then memory is given
 * back without asking, just as often. */
CTX_TEST(Kernel, ThatDoesNotSayWhatIsResidentGetsMemoryBackAllTheSame) {
  const struct kernel silent[] = {
      {.resident = EPERM}, {.resident = ENOSYS}, {.resident = SAYS_YES}};
  for (size_t i = 0; i < sizeof silent / sizeof silent[0]; i++) {
    ctx_stack_pool *pool;
    kernel_answers(&silent[i]);
    says_all_is_resident = silent[i].resident == SAYS_YES;
    ctx_status status = ctx_stack_pool_create(&pool, STACK_SIZE, 1);
    /* The test's own questions are answered. */
    kernel_answers(&real);
    says_all_is_resident = false;
    ASSERT_EQ(CTX_OK, status);
    EXPECT_EQ(7, num_gives_that_discard(pool, false));
    EXPECT_EQ(64, num_gives_that_discard(pool, true));
    ctx_stack_pool_destroy(pool);
  }
}

/* A kernel that has answered once may refuse later. */
CTX_TEST(Kernel, ThatNoLongerSaysWhatIsResidentGetsMemoryBack) {
  ctx_stack_pool *pool;
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 1));
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
  *(volatile char *)stack.base = 0;
  kernel_answers(&(struct kernel){.resident = EPERM});
  ctx_stack_pool_give(pool, &stack);
  kernel_answers(&real);
  EXPECT_FALSE(is_resident(stack.base));
  ctx_stack_pool_destroy(pool);
}

CTX_TEST(Kernel, ThatTakesNoMemoryBackIsNotAskedEachTime) {
  ctx_stack_pool *pool;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, STACK_SIZE, 1));
  kernel_answers(&(struct kernel){.advice[MADV_DONTNEED] = EPERM});
  EXPECT_EQ(0, num_gives_that_discard(pool, false));
  EXPECT_EQ(7, num_answers);
  ctx_stack_pool_trim(pool);
  kernel_answers(&real);
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
  touch_to_depth(&stack, stack.size);
  ctx_stack_pool_give(pool, &stack);
  EXPECT_FALSE(is_resident(stack.base));
  ctx_stack_pool_destroy(pool);
}

CTX_TEST(Kernel, ThatDoesNotSayWhatIsResidentHasHighWater) {
  ctx_stack stack;
  ASSERT_EQ(CTX_OK, ctx_stack_map(&stack, STACK_SIZE));
  touch_to_depth(&stack, 12345);
  kernel_answers(&(struct kernel){.resident = EPERM});
  size_t high_water = ctx_stack_high_water(&stack);
  kernel_answers(&real);
  EXPECT_EQ(12345, high_water);
  ctx_stack_unmap(&stack);
}

CTX_TEST(Kernel, RefusedSignalStackIsAnErrorThatLosesNothing) {
  ctx_signal_stack installed;
  memset(&installed, 0x5a, sizeof installed);
  const ctx_signal_stack before = installed;
  size_t mappings = num_mappings();
  kernel_answers(&(struct kernel){.signal_stack = EPERM});
  ctx_status status = ctx_signal_stack_install(&installed, STACK_SIZE);
  kernel_answers(&(struct kernel){.signal_stack = EPERM, .says_signal_stack = true});
  ctx_status status_unused = ctx_signal_stack_install(&installed, STACK_SIZE);
  kernel_answers(&(struct kernel){.advice[GUARD_INSTALL] = ENOMEM});
  ctx_status status_without_stack = ctx_signal_stack_install(&installed, STACK_SIZE);
  kernel_answers(&real);
  EXPECT_EQ(CTX_ERR_SIGNAL_STACK_REFUSED, status);
  EXPECT_EQ(CTX_ERR_SIGNAL_STACK_REFUSED, status_unused);
  EXPECT_EQ(CTX_ERR_NO_MEMORY, status_without_stack);
  EXPECT_MEMEQ(&before, &installed, sizeof installed);
  EXPECT_EQ(mappings, num_mappings());

  ASSERT_EQ(CTX_OK, ctx_signal_stack_install(&installed, STACK_SIZE));
  const ctx_signal_stack was = installed;
  kernel_answers(&(struct kernel){.signal_stack = EPERM});
  status = ctx_signal_stack_remove(&installed);
  kernel_answers(&(struct kernel){.signal_stack = EPERM, .says_signal_stack = true});
  status_unused = ctx_signal_stack_remove(&installed);
  kernel_answers(&real);
  EXPECT_EQ(CTX_ERR_SIGNAL_STACK_REFUSED, status_unused);
  EXPECT_EQ(CTX_ERR_SIGNAL_STACK_REFUSED, status);
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
