/* A callback is called wherever it lies, as the code of a just-in-time compiler may: no part of its
 * address is taken for the whole. */
#define _GNU_SOURCE
#include <string.h>
#include <sys/mman.h>

#include "ctx/ctx.h"
#include "testing/arch/machine.h"
#include "testing/harness/harness.h"

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

enum { STACK_SIZE = 32768, PAGE_SIZE = 4096 };
CTX_STACK(stack, STACK_SIZE);

static void *map_page_at(uintptr_t address) {
  void *page = mmap((void *)address, PAGE_SIZE, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  if (page == (void *)address) return page;
  if (page != MAP_FAILED) munmap(page, PAGE_SIZE); /* a kernel that takes it for a hint */
  return NULL;
}

static void nothing(void) {}
static void count(void *data) { (*(uint64_t *)data)++; }

/* Runs a child with both callbacks, and returns how many were called. */
static uint64_t run(ctx_context *child, ctx_callback callback) {
  static ctx_context host;
  uint64_t num_calls = 0;
  const ctx_options options = {.activation = callback,
                               .activation_data = &num_calls,
                               .backstop = callback,
                               .backstop_data = &num_calls};
  EXPECT_EQ(CTX_OK,
            ctx_init_with_options(child, stack, STACK_SIZE, &options, nothing, CTX_NO_ARGS));
  host = (ctx_context){0};
  ctx_swap(&host, child);
  EXPECT_TRUE(ctx_has_returned(child));
  return num_calls;
}

CTX_TEST(CallbackPlace, LowerHalfOfItsAddressIsZero) {
  void *page = NULL;
  for (uintptr_t high = 0x100; high < 0x7fff && page == NULL; high++)
    page = map_page_at(high << 32);
  if (page == NULL) CTX_SKIP("no page is free whose address is a multiple of 4 GiB");
  memcpy(page, machine_count_code, machine_count_code_size);
  __builtin___clear_cache(page, (char *)page + machine_count_code_size);
  ASSERT_EQ(0, mprotect(page, PAGE_SIZE, PROT_READ | PROT_EXEC));
  ctx_context child;
  EXPECT_EQ(2, run(&child, (ctx_callback)(uintptr_t)page));
  munmap(page, PAGE_SIZE);
}

/* Whether there is a callback does not depend on the context's address. */
CTX_TEST(CallbackPlace, HasNoBitInCommonWithTheContext) {
  ctx_context *child = NULL;
  for (int bit = 46; bit > 32 && child == NULL; bit--)
    if (((uintptr_t)count >> bit & 1) == 0) child = map_page_at((uintptr_t)1 << bit);
  if (child == NULL) CTX_SKIP("no page is free whose address has one bit, not one of the callback");
  EXPECT_EQ(0, (uintptr_t)child & (uintptr_t)count);
  EXPECT_EQ(2, run(child, count));
  munmap(child, PAGE_SIZE);
}
