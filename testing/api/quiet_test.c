/* Init is quiet: it allocates nothing, and makes no system call when it is given a signal mask. Its
 * status says so where memory or a system call is refused. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "testing/api/arena.h"
#include "testing/harness/harness.h"
#include "testing/signals/confine.h"

enum { MAX_ARGS = 200 };
static ctx_value args[MAX_ARGS];

static uint32_t flags; /* of all options */

static ctx_status init(const sigset_t *mask, size_t num_args) {
  ctx_options options = {.signal_mask = mask, .flags = flags};
  return ctx_init_with_options(&ctx_test_arena.child, ctx_test_arena.stack,
                               sizeof ctx_test_arena.stack, &options, ctx_test_noop, args,
                               num_args);
}

/* ---- Allocation ---- */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif

#ifdef SANITIZED

CTX_TEST(Quiet, AllocationsAreCounted) { CTX_SKIP("the sanitizer has an allocator of its own"); }

#else

/* These replace the C library's, for everybody in this process. */
static _Atomic size_t num_allocations;
static _Atomic size_t num_frees;
static _Atomic size_t num_allowed = SIZE_MAX; /* allocations before memory is exhausted */

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t num, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *memory);

static bool may_allocate(void) {
  num_allocations++;
  if (num_allowed != 0) {
    num_allowed--;
    return true;
  }
  errno = ENOMEM;
  return false;
}

void free(void *memory) {
  if (memory != NULL) num_frees++;
  __libc_free(memory);
}
void *malloc(size_t size) { return may_allocate() ? __libc_malloc(size) : NULL; }
void *calloc(size_t num, size_t size) { return may_allocate() ? __libc_calloc(num, size) : NULL; }
void *realloc(void *memory, size_t size) {
  return may_allocate() ? __libc_realloc(memory, size) : NULL;
}
void *aligned_alloc(size_t alignment, size_t size) {
  return may_allocate() ? __libc_memalign(alignment, size) : NULL;
}
void *memalign(size_t alignment, size_t size);
void *memalign(size_t alignment, size_t size) { return aligned_alloc(alignment, size); }
int posix_memalign(void **out, size_t alignment, size_t size) {
  void *memory = aligned_alloc(alignment, size);
  if (memory == NULL) return ENOMEM;
  *out = memory;
  return 0;
}

CTX_TEST(Quiet, InitAllocatesNothing) {
  for (size_t i = 0; i < MAX_ARGS; i++)
    args[i] = i % 3 != 0 ? ctx_u64(i) : ctx_f64(0.5);
  for (size_t num_args = 0; num_args <= MAX_ARGS; num_args++) {
    size_t before = num_allocations;
    ctx_status status = init(NULL, num_args);
    size_t after = num_allocations;
    EXPECT_EQ(CTX_OK, status);
    EXPECT_EQ(before, after);
  }
}

/* So the count does count. */
CTX_TEST(Quiet, CreateAllocatesTheContextAndDestroyFreesIt) {
  ctx_context *child;
  size_t allocations_before = num_allocations;
  size_t frees_before = num_frees;
  ctx_status status = ctx_create(&child, ctx_test_arena.stack, sizeof ctx_test_arena.stack,
                                 ctx_test_noop, CTX_NO_ARGS);
  EXPECT_EQ(allocations_before + 1, num_allocations);
  EXPECT_EQ(frees_before, num_frees);
  ASSERT_EQ(CTX_OK, status);
  ctx_destroy(child);
  EXPECT_EQ(allocations_before + 1, num_allocations);
  EXPECT_EQ(frees_before + 1, num_frees);
}

CTX_TEST(Quiet, CreateThatFailsKeepsNoMemory) {
  ctx_context *child;
  size_t allocations_before = num_allocations;
  size_t frees_before = num_frees;
  ctx_status status = ctx_create(&child, ctx_test_arena.stack, 0, ctx_test_noop, CTX_NO_ARGS);
  EXPECT_EQ(num_allocations - allocations_before, num_frees - frees_before);
  EXPECT_EQ(CTX_ERR_STACK_SMALL, status);
}

CTX_TEST(Quiet, CreateWithoutMemoryIsAnError) {
  ctx_test_arena_fill(1);
  ctx_context *child = &ctx_test_arena.child;
  num_allowed = 0;
  ctx_status status = ctx_create(&child, ctx_test_arena.stack, sizeof ctx_test_arena.stack,
                                 ctx_test_noop, CTX_NO_ARGS);
  num_allowed = SIZE_MAX;
  EXPECT_EQ(CTX_ERR_NO_MEMORY, status);
  EXPECT_EQ(&ctx_test_arena.child, child);
  EXPECT_TRUE(ctx_test_arena_is_untouched());
}

CTX_TEST(Quiet, DescriptionsAreOnePieceEachAndAreFreed) {
  const ctx_member member = {"i", &ctx_type_i32, 0, 1, 4, 0, 0};
  ctx_type *type = NULL;
  ctx_signature *signature = NULL;
  size_t allocations_before = num_allocations;
  size_t frees_before = num_frees;
  ctx_status of_type = ctx_type_create_struct(&type, 4, 4, &member, 1);
  ctx_status of_signature = ctx_signature_create(&signature, type, NULL, 0, CTX_NOT_VARIADIC);
  size_t allocated = num_allocations - allocations_before;
  ctx_signature_destroy(signature);
  ctx_type_destroy(type);
  size_t freed = num_frees - frees_before;
  EXPECT_EQ(CTX_OK, of_type);
  EXPECT_EQ(CTX_OK, of_signature);
  EXPECT_EQ(2, allocated);
  EXPECT_EQ(2, freed);
}

CTX_TEST(Quiet, DescriptionsWithoutMemoryAreErrors) {
  const ctx_member member = {"i", &ctx_type_i32, 0, 1, 4, 0, 0};
  const ctx_type *const types[] = {&ctx_type_i32};
  ctx_type *type = NULL;
  ctx_signature *signature = NULL;
  num_allowed = 0;
  ctx_status of_type = ctx_type_create_struct(&type, 4, 4, &member, 1);
  ctx_status of_signature = ctx_signature_create(&signature, NULL, types, 1, CTX_NOT_VARIADIC);
  num_allowed = SIZE_MAX;
  EXPECT_EQ(CTX_ERR_NO_MEMORY, of_type);
  EXPECT_EQ(CTX_ERR_NO_MEMORY, of_signature);
  EXPECT_TRUE(type == NULL);
  EXPECT_TRUE(signature == NULL);
}

/* The places of the arguments are kept until the signature is made, and freed if it is not. */
CTX_TEST(Quiet, SignaturesWithoutMemoryForThemselvesFreeTheRest) {
  const ctx_type *const types[] = {&ctx_type_i32};
  ctx_signature *signature = NULL;
  size_t allocations_before = num_allocations;
  size_t frees_before = num_frees;
  num_allowed = 1;
  ctx_status status = ctx_signature_create(&signature, NULL, types, 1, CTX_NOT_VARIADIC);
  num_allowed = SIZE_MAX;
  size_t allocated = num_allocations - allocations_before;
  size_t freed = num_frees - frees_before;
  EXPECT_EQ(CTX_ERR_NO_MEMORY, status);
  EXPECT_EQ(2, allocated); /* the second one was refused */
  EXPECT_EQ(1, freed);
  EXPECT_TRUE(signature == NULL);
}

#endif

/* ---- System calls ---- */

enum { NOT_CONFINED = 99 };

/* Returns the wait status of a process that initialises a context. It may make no system calls
 * except read, write and exit: the kernel kills it at another. */
static int status_of_confined_init(const sigset_t *mask, size_t num_args) {
  pid_t pid = fork();
  if (pid == 0) {
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0) _exit(NOT_CONFINED);
    ctx_status status = init(mask, num_args);
    /* exit_group, which _exit makes, is not allowed. */
    syscall(SYS_exit, status == CTX_OK ? 0 : 1);
  }
  int wait_status = -1;
  if (pid < 0 || waitpid(pid, &wait_status, 0) != pid) return -1;
  return wait_status;
}

static bool can_confine(void) {
  sigset_t mask;
  sigemptyset(&mask);
  int status = status_of_confined_init(&mask, 0);
  return !(WIFEXITED(status) && WEXITSTATUS(status) == NOT_CONFINED);
}

#if CTX_TEST_TSAN || CTX_TEST_MSAN
#define REQUIRE_NO_RUNTIME CTX_SKIP("the sanitizer's runtime makes system calls of its own")
#else
#define REQUIRE_NO_RUNTIME \
  do {                     \
  } while (0)
#endif

CTX_TEST(Quiet, InitWithASignalMaskMakesNoSystemCall) {
  REQUIRE_NO_RUNTIME;
  if (!can_confine()) CTX_SKIP("this kernel or container refuses seccomp's strict mode");
  for (size_t i = 0; i < MAX_ARGS; i++)
    args[i] = i % 3 != 0 ? ctx_u64(i) : ctx_f64(0.5);
  sigset_t mask;
  sigemptyset(&mask);
  for (size_t num_args = 0; num_args <= MAX_ARGS; num_args += 50) {
    EXPECT_EQ(0, status_of_confined_init(&mask, num_args));
  }
}

CTX_TEST(Quiet, InitThatKeepsNoMaskMakesNoSystemCall) {
  REQUIRE_NO_RUNTIME;
  if (!can_confine()) CTX_SKIP("this kernel or container refuses seccomp's strict mode");
  for (size_t i = 0; i < MAX_ARGS; i++)
    args[i] = ctx_u64(i);
  flags = CTX_FLAG_NO_SIGNAL_MASK;
  for (size_t num_args = 0; num_args <= MAX_ARGS; num_args += 50) {
    EXPECT_EQ(0, status_of_confined_init(NULL, num_args));
  }
  flags = 0;
}

/* The same process dies where init has to ask for the mask: so the test above can fail. */
CTX_TEST(Quiet, InitWithoutASignalMaskReadsIt) {
  REQUIRE_NO_RUNTIME;
  if (!can_confine()) CTX_SKIP("this kernel or container refuses seccomp's strict mode");
  int status = status_of_confined_init(NULL, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(SIGKILL, WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}

/* ---- A system call that fails ---- */

static void init_without_masks(void) {
  if (init(NULL, 0) != CTX_ERR_SIGNAL_MASK) ctx_test_exit(1);
  if (init(NULL, 3) != CTX_ERR_SIGNAL_MASK) ctx_test_exit(2);
  ctx_test_exit(ctx_test_arena_is_untouched() ? 0 : 3);
}

CTX_TEST(Quiet, InitThatCannotReadTheMaskIsAnErrorAndWritesNothing) {
  REQUIRE_NO_RUNTIME;
  for (size_t i = 0; i < MAX_ARGS; i++)
    args[i] = ctx_u64(i);
  ctx_test_arena_fill(1);
  EXPECT_CONFINED(init_without_masks);
}
