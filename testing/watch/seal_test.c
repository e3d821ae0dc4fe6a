/* The checked build knows a context by its address: not one that was copied, however near or far,
 * and not one whose state is overwritten, whatever with. */
#include <string.h>
#include <sys/mman.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

#ifdef CTX_CHECKED

enum { STACK_SIZE = 65536, FIRST_BIT = 6, LAST_BIT = 24 };
CTX_STACK(stack, STACK_SIZE);

static ctx_context host;

static void nothing(void) {}

static void init(ctx_context *child) {
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_init(child, stack, STACK_SIZE, nothing, CTX_NO_ARGS));
}

/* Memory in which two addresses differ in one bit only, each from the lowest that can be. */
static char *map_aligned(void) {
  const size_t size = (size_t)4 << LAST_BIT;
  char *room =
      mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (room == MAP_FAILED) return NULL;
  const uintptr_t align = (uintptr_t)2 << LAST_BIT;
  return room + (align - (uintptr_t)room % align) % align;
}

CTX_TEST(Seal, CopyIsKnownAtEachDistance) {
  char *room = map_aligned();
  ASSERT_TRUE(room != NULL);
  for (unsigned bit = FIRST_BIT; bit <= LAST_BIT; bit++) {
    ctx_test_note("%#lx bytes away", 1UL << bit);
    ctx_context *child = (ctx_context *)(void *)room;
    ctx_context *copy = (ctx_context *)(void *)(room + ((size_t)1 << bit));
    init(child);
    ctx_context held = *child;
    *copy = held;
    CTX_EXPECT_DEATH(ctx_swap(&host, copy), "is none: it was moved, or copied, from elsewhere");
    *copy = (ctx_context){0};
    init(copy);
    held = *copy;
    *child = held;
    CTX_EXPECT_DEATH(ctx_swap(&host, child), "is none: it was moved, or copied, from elsewhere");
  }
}

/* The message depends on whether the overwritten seal looks like that of another address. */
CTX_TEST(Seal, SaysWhatLooksLikeACopy) {
  static const char overwritten[] = "is none: its state is overwritten, or was never zeroed";
  static const char copied[] = "is none: it was moved, or copied, from elsewhere";
  static const struct {
    uint64_t elsewhere;
    const char *text;
  } cases[] = {{0, overwritten},
               {64, copied},
               {UINT64_C(0x7ffc12345640), copied},
               {UINT64_C(0x7ffc12345641), overwritten},
               {UINT64_C(0x7ffc12345660), overwritten},
               {UINT64_C(1) << 56, copied},
               {UINT64_C(1) << 57, overwritten},
               {UINT64_C(1) << 63, overwritten}};
  static ctx_context child;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    ctx_test_note("%#llx", (unsigned long long)cases[i].elsewhere);
    init(&child);
    child.instrument.self ^= (uintptr_t)&child ^ cases[i].elsewhere;
    CTX_EXPECT_DEATH(ctx_swap(&host, &child), cases[i].text);
  }
}

#else

CTX_TEST(Seal, IsOfTheCheckedBuild) { CTX_SKIP("needs the checked build"); }

#endif
