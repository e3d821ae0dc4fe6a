/* The checked build's list of stacks takes little memory, however large they are. Once there is
 * none left it says so. The processes here can map nothing: what they have is the list's first
 * tables. */
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ctx/watch/registry.h"
#include "testing/harness/harness.h"

#if defined(CTX_CHECKED) && !CTX_TEST_ASAN && !CTX_TEST_MSAN && !CTX_TEST_TSAN

#define PAGE ((uintptr_t)4096)
#define TABLE (512 * PAGE)          /* a table of the lowest level covers so much */
#define TABLES (512 * TABLE)        /* one of the next */
#define TABLES_ABOVE (512 * TABLES) /* and one of the next */
#define NOWHERE ((uintptr_t)8 << 40)

static void *at(uintptr_t offset) { return (void *)(NOWHERE + offset); }

/* Calls `body` where nothing can be mapped. It returns whether all is as it should be. */
static void expect_without_memory(bool (*body)(uintptr_t), uintptr_t argument) {
  ctx_test_note("%#llx", (unsigned long long)argument);
  pid_t process = fork();
  if (process == 0) {
    const struct rlimit none = {0, 0};
    _exit(setrlimit(RLIMIT_AS, &none) == 0 && body(argument) ? 0 : 1);
  }
  int status = 1;
  EXPECT_EQ(process, waitpid(process, &status, 0));
  EXPECT_EQ(0, status);
}

static bool is_complete(void) { return !ctx_registry_has(at(7 * PAGE), PAGE); }

static bool add(uintptr_t offset, uintptr_t size) {
  ctx_registry_add(at(offset), size);
  return is_complete() && ctx_registry_has(at(offset), size);
}

/* As many tables as the list has at first would not do, if each entry took one. */
static bool add_large(uintptr_t span) { return add(0, 100 * span) && add(110 * span, 2 * span); }

static bool add_exact(uintptr_t span) {
  for (uintptr_t i = 0; i < 15; i++) {
    if (!add(i * span, span)) return false;
  }
  return true;
}

static bool look_only(uintptr_t span) {
  for (uintptr_t i = 0; i < 200; i++) {
    if (ctx_registry_has(at(i * span), PAGE) || ctx_registry_has_pool(at(i * span))) return false;
  }
  return add(300 * span, span);
}

CTX_TEST(RegistryMemory, IsLittleForLargeStacks) {
  expect_without_memory(add_large, TABLE);
  expect_without_memory(add_large, TABLES);
  expect_without_memory(add_large, TABLES_ABOVE);
}

CTX_TEST(RegistryMemory, IsLittleForExactlyOneEntry) {
  expect_without_memory(add_exact, TABLE);
  expect_without_memory(add_exact, TABLES);
  expect_without_memory(add_exact, TABLES_ABOVE);
}

CTX_TEST(RegistryMemory, IsNotTakenByLooking) {
  expect_without_memory(look_only, TABLE);
  expect_without_memory(look_only, TABLES);
  expect_without_memory(look_only, TABLES_ABOVE);
}

/* The stacks that come first let each part of one be the first that finds no memory. A stack that
 * has found it in part is not taken for one that is not there. */
static bool run_out(uintptr_t num_first) {
  for (uintptr_t i = 0; i < num_first; i++)
    ctx_registry_add(at(i * TABLE), PAGE);
  for (uintptr_t i = 1; is_complete(); i++) {
    if (i == 100) return false;
    uintptr_t offset = i * TABLES_ABOVE - PAGE;
    ctx_registry_add(at(offset), 2 * PAGE);
    if (!ctx_registry_has(at(offset), 2 * PAGE)) return false;
  }
  return true;
}

CTX_TEST(RegistryMemory, ThatRunsOutIsNoticed) {
  for (uintptr_t num_first = 0; num_first < 8; num_first++)
    expect_without_memory(run_out, num_first);
}

#else

CTX_TEST(RegistryMemory, IsTheCheckedBuilds) { CTX_SKIP("needs the checked build alone"); }

#endif
