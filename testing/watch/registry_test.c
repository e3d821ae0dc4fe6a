/* The checked build's list of stacks knows each byte of each, however large they are and whatever
 * was there before. */
#include "ctx/watch/registry.h"

#include <pthread.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ctx/watch/checked.h"
#include "ctx/watch/checked_stacks.h"
#include "testing/harness/harness.h"

#ifdef CTX_CHECKED

#define PAGE ((uintptr_t)4096)
#define TABLE (512 * PAGE)           /* a table of the lowest level covers so much */
#define TABLES (512 * TABLE)         /* one of the next */
#define NOWHERE ((uintptr_t)7 << 40) /* no mapping of the process is there */

/* Nothing is mapped there: the list only computes with addresses. */
static void *at(uintptr_t offset) { return (void *)(NOWHERE + offset); }

static struct ctx_watched_stack_ found_at(uintptr_t offset) {
  struct ctx_watched_stack_ found = {.low = at(offset)};
  EXPECT_TRUE(ctx_registry_find(&found));
  return found;
}

static bool is_known(uintptr_t offset) { return found_at(offset).home != NULL; }

static void expect_known(uintptr_t offset, uintptr_t size) {
  ctx_test_note("%#llx bytes at %#llx", (unsigned long long)size, (unsigned long long)offset);
  struct ctx_watched_stack_ first = found_at(offset);
  EXPECT_TRUE(first.home != NULL);
  EXPECT_FALSE(is_known(offset - 1));
  EXPECT_FALSE(is_known(offset + size));
  const uintptr_t inside[] = {1, PAGE - 1, size / 3, size / 2, size - PAGE, size - 1};
  for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++) {
    EXPECT_EQ(first.home, found_at(offset + inside[i]).home);
    EXPECT_TRUE(ctx_registry_is_same(&first, at(offset + inside[i])));
  }
  EXPECT_TRUE(ctx_registry_has(at(offset), size));
  EXPECT_FALSE(ctx_registry_has(at(offset + PAGE), size - PAGE));
  EXPECT_FALSE(ctx_registry_has(at(offset), size - PAGE));
  EXPECT_FALSE(ctx_registry_has(at(offset), size + PAGE));
}

#define REQUIRE_CHECKED_BUILD \
  do {                        \
  } while (0)
#else
#define REQUIRE_CHECKED_BUILD CTX_SKIP("needs the checked build")
#endif

CTX_TEST(Registry, KnowsEachByteOfAnySize) {
  REQUIRE_CHECKED_BUILD;
#ifdef CTX_CHECKED
  static const uintptr_t offsets[] = {PAGE, TABLE, TABLES, TABLE - PAGE, TABLES - 3 * PAGE};
  static const uintptr_t sizes[] = {2 * PAGE,         17 * PAGE,      TABLE,     TABLE + PAGE,
                                    3 * TABLE + PAGE, TABLES + TABLE, 5 * TABLES};
  for (size_t i = 0; i < sizeof offsets / sizeof offsets[0]; i++) {
    for (size_t j = 0; j < sizeof sizes / sizeof sizes[0]; j++) {
      ctx_registry_add(at(offsets[i]), sizes[j]);
      expect_known(offsets[i], sizes[j]);
      EXPECT_TRUE(ctx_registry_remove(at(offsets[i]), sizes[j]));
      EXPECT_FALSE(is_known(offsets[i]));
      EXPECT_FALSE(is_known(offsets[i] + sizes[j] - 1));
      EXPECT_FALSE(ctx_registry_remove(at(offsets[i]), sizes[j]));
    }
  }
#endif
}

CTX_TEST(Registry, KnowsNeighboursApart) {
  REQUIRE_CHECKED_BUILD;
#ifdef CTX_CHECKED
  ctx_registry_add(at(TABLE - PAGE), PAGE);
  ctx_registry_add(at(TABLE), TABLE);
  ctx_registry_add(at(2 * TABLE), PAGE);
  struct ctx_watched_stack_ middle = found_at(TABLE);
  EXPECT_FALSE(ctx_registry_is_same(&middle, at(TABLE - 1)));
  EXPECT_FALSE(ctx_registry_is_same(&middle, at(2 * TABLE)));
  EXPECT_TRUE(ctx_registry_remove(at(TABLE), TABLE));
  EXPECT_TRUE(is_known(TABLE - 1));
  EXPECT_TRUE(is_known(2 * TABLE));
  EXPECT_FALSE(ctx_registry_lives(&middle));
  EXPECT_TRUE(ctx_registry_remove(at(TABLE - PAGE), PAGE));
  EXPECT_TRUE(ctx_registry_remove(at(2 * TABLE), PAGE));
#endif
}

/* Another stack begins at the same address. */
CTX_TEST(Registry, KnowsAStackFromItsSuccessor) {
  REQUIRE_CHECKED_BUILD;
#ifdef CTX_CHECKED
  for (uintptr_t size = PAGE; size < 40 * PAGE; size += 13 * PAGE) {
    ctx_registry_add(at(PAGE), 20 * PAGE);
    struct ctx_watched_stack_ before = found_at(3 * PAGE);
    EXPECT_TRUE(ctx_registry_lives(&before));
    EXPECT_TRUE(ctx_registry_thread(&before) != NULL);
    EXPECT_TRUE(ctx_registry_remove(at(PAGE), 20 * PAGE));
    EXPECT_FALSE(ctx_registry_lives(&before));
    ctx_registry_add(at(PAGE), size);
    EXPECT_FALSE(ctx_registry_lives(&before));
    EXPECT_EQ(NULL, ctx_registry_thread(&before));
    EXPECT_TRUE(ctx_registry_remove(at(PAGE), size));
  }
#endif
}

CTX_TEST(Registry, KnowsAPoolsStacksApart) {
  REQUIRE_CHECKED_BUILD;
#ifdef CTX_CHECKED
  enum { NUM = 4, SLOT = 8 * 4096, GUARD = 4096 };
  static struct {
    char *slots;
    size_t sizes[2];
    ctx_slot_watch stacks[NUM];
  } kept;
  ctx_pool_watch *watch = (ctx_pool_watch *)(void *)&kept;
  char *slots = at(3 * PAGE);
  ctx_registry_add_pool(at(PAGE), 2 * PAGE + NUM * SLOT, watch, slots, SLOT, GUARD);
  EXPECT_TRUE(ctx_registry_has_pool(at(PAGE)));
  EXPECT_FALSE(ctx_registry_has_pool(at(2 * PAGE)));
  EXPECT_FALSE(ctx_registry_has(at(PAGE), 2 * PAGE + NUM * SLOT)); /* it is not a stack */
  struct ctx_watched_stack_ second = {.low = slots + SLOT + GUARD};
  EXPECT_FALSE(ctx_registry_find(&second)); /* nobody has taken it */
  atomic_fetch_add(&watch->stacks[1].generation, 1);
  EXPECT_TRUE(ctx_registry_find(&second));
  EXPECT_TRUE(ctx_registry_lives(&second));
  EXPECT_EQ(&watch->stacks[1].thread, ctx_registry_thread(&second));
  EXPECT_TRUE(ctx_registry_is_same(&second, slots + 2 * SLOT - 1));
  EXPECT_FALSE(ctx_registry_is_same(&second, slots + SLOT + GUARD - 1));
  EXPECT_FALSE(ctx_registry_is_same(&second, slots + 2 * SLOT + GUARD));
  atomic_fetch_add(&watch->stacks[1].generation, 2);
  EXPECT_FALSE(ctx_registry_lives(&second));
  ctx_registry_remove_pool(at(PAGE), 2 * PAGE + NUM * SLOT);
  EXPECT_FALSE(ctx_registry_has_pool(at(PAGE)));
  EXPECT_FALSE(is_known(3 * PAGE + GUARD));
#endif
}

/* The knowledge of a pool's stacks begins in this way. */
#ifdef CTX_CHECKED
enum { NUM_SLOTS = 2 };
static struct {
  char *slots;
  size_t sizes[2];
  ctx_slot_watch stacks[NUM_SLOTS + 1];
} pool_watch;

/* In a forked process, whose thread has another number. */
static void destroy_in_use(const ctx_stack_pool *pool, ctx_pool_watch *watch) {
  watch->stacks[NUM_SLOTS - 1].thread = ctx_check_this_thread();
  ctx_check_pool_idle(pool, watch, NUM_SLOTS);
}
#endif

CTX_TEST(Registry, KnowsWhichOfAPoolsStacksAreInUse) {
  REQUIRE_CHECKED_BUILD;
#ifdef CTX_CHECKED
  memset(&pool_watch, 0, sizeof pool_watch);
  ctx_pool_watch *watch = (ctx_pool_watch *)(void *)&pool_watch;
  const ctx_stack_pool *pool = at(PAGE);
  CTX_EXPECT_DEATH(destroy_in_use(pool, watch), "has a stack that is in use");
  ctx_slot_watch *last = &watch->stacks[NUM_SLOTS - 1];
  last->thread = ctx_check_this_thread();
  ctx_check_take(watch, NUM_SLOTS - 1);
  EXPECT_EQ(0, last->thread);
  EXPECT_EQ(1, last->generation);
  watch->stacks[NUM_SLOTS].thread = ctx_check_this_thread(); /* it is not the pool's */
  ctx_check_pool_idle(pool, watch, NUM_SLOTS);
#endif
}

/* Each bit of an address counts. */
CTX_TEST(Registry, KnowsAddressesApart) {
  REQUIRE_CHECKED_BUILD;
#ifdef CTX_CHECKED
  ctx_registry_add(at(PAGE), PAGE);
  for (unsigned bit = 12; bit < 64; bit++) {
    ctx_test_note("bit %u", bit);
    void *other = (void *)((uintptr_t)at(PAGE) ^ (uintptr_t)1 << bit);
    struct ctx_watched_stack_ found = {.low = other};
    EXPECT_TRUE(ctx_registry_find(&found));
    EXPECT_EQ(NULL, found.home);
    EXPECT_FALSE(ctx_registry_has(other, PAGE));
  }
  EXPECT_TRUE(ctx_registry_remove(at(PAGE), PAGE));
#endif
}

/* Nothing runs on a new stack, whatever ran there before. */
CTX_TEST(Registry, KnowsThatNothingRunsOnANewStack) {
  REQUIRE_CHECKED_BUILD;
#ifdef CTX_CHECKED
  for (int i = 0; i < 2; i++) {
    ctx_registry_add(at(PAGE), PAGE);
    struct ctx_watched_stack_ stack = found_at(PAGE);
    EXPECT_EQ(0, *ctx_registry_thread(&stack));
    *ctx_registry_thread(&stack) = 1;
    EXPECT_TRUE(ctx_registry_remove(at(PAGE), PAGE));
  }
#endif
}

/* A stack that the list has no place for must not be taken for one that is gone. */
CTX_TEST(Registry, ThatIsNotCompleteKnowsItAll) {
  REQUIRE_CHECKED_BUILD;
#ifdef CTX_CHECKED
  void *beyond = (void *)((uintptr_t)1 << 50);
  struct ctx_watched_stack_ stack = {.low = beyond};
  EXPECT_TRUE(ctx_registry_find(&stack));
  EXPECT_EQ(NULL, stack.home);
  EXPECT_FALSE(ctx_registry_has(beyond, PAGE));
  EXPECT_FALSE(ctx_registry_has_pool(beyond));
  const uintptr_t places[] = {(uintptr_t)beyond, ((uintptr_t)1 << 48) - PAGE};
  for (size_t i = 0; i < 2; i++) {
    pid_t process = fork();
    if (process == 0) {
      ctx_registry_add((void *)places[i], 2 * PAGE);
      bool knows_all = ctx_registry_has(beyond, PAGE) && ctx_registry_has_pool(beyond);
      bool removes = ctx_registry_remove(beyond, PAGE);
      _exit(knows_all && !removes ? 0 : 1);
    }
    int status = 1;
    EXPECT_EQ(process, waitpid(process, &status, 0));
    EXPECT_EQ(0, status);
  }
#endif
}

/* ---- Threads, which make tables at the same time ---- */

#ifdef CTX_CHECKED

enum { NUM_THREADS = 4, NUM_STACKS = 2000 };

/* Neighbours are of different threads. */
static uintptr_t offset_of(size_t thread, size_t number) {
  return (number * NUM_THREADS + thread + 1) * 100 * PAGE;
}

static void *add_many(void *data) {
  size_t self = *(const size_t *)data;
  for (size_t i = 0; i < NUM_STACKS; i++)
    ctx_registry_add(at(offset_of(self, i)), 100 * PAGE);
  for (size_t i = 0; i < NUM_STACKS; i++) {
    if (!ctx_registry_has(at(offset_of(self, i)), 100 * PAGE)) FAIL("a stack is not known");
  }
  for (size_t i = 0; i < NUM_STACKS; i++) {
    if (!ctx_registry_remove(at(offset_of(self, i)), 100 * PAGE)) FAIL("a stack was lost");
  }
  return NULL;
}

#endif

CTX_TEST(Registry, LosesNothingAmongThreads) {
  REQUIRE_CHECKED_BUILD;
#ifdef CTX_CHECKED
  pthread_t threads[NUM_THREADS];
  size_t numbers[NUM_THREADS];
  for (size_t i = 0; i < NUM_THREADS; i++) {
    numbers[i] = i;
    ASSERT_EQ(0, pthread_create(&threads[i], NULL, add_many, &numbers[i]));
  }
  for (size_t i = 0; i < NUM_THREADS; i++)
    pthread_join(threads[i], NULL);
  EXPECT_FALSE(is_known(offset_of(0, 0)));
#endif
}
