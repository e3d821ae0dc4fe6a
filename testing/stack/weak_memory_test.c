/* Tests of the model of memory, by programs whose possible outcomes are known. */
#include "testing/stack/weak_memory.h"
#include "testing/harness/harness.h"

static uint32_t x, y, data;
static uint32_t seen[WEAK_MAX_THREADS];
static memory_order store_order, load_order;
static bool happened[2][2]; /* what threads 0 and 1, or the two loads of one, have seen */

static uint32_t load(const uint32_t *address, memory_order order) {
  return (uint32_t)weak_load(address, sizeof *address, order);
}
static void store(uint32_t *address, uint32_t value, memory_order order) {
  weak_store(address, sizeof *address, value, order);
}
static bool exchange(uint32_t *address, uint32_t from, uint32_t to, memory_order order) {
  return weak_compare_exchange(address, sizeof *address, &from, to, order, memory_order_relaxed);
}

static void begin(void) {
  x = y = data = 0;
  seen[0] = seen[1] = seen[2] = 0;
}
static void note(void) { happened[seen[0]][seen[1]] = true; }

static void explore(size_t num_threads, void (*thread)(size_t), void (*end)(void),
                    memory_order stores, memory_order loads) {
  const struct weak_program program = {num_threads, begin, thread, end, 8, 4};
  store_order = stores;
  load_order = loads;
  for (size_t i = 0; i < 4; i++)
    happened[i / 2][i % 2] = false;
  EXPECT_TRUE(weak_explore(&program) > 1 || weak_complaint() != NULL);
}

/* ---- Two loads, two stores ---- */

static void pass_message(size_t number) {
  if (number == 0) {
    store(&x, 1, memory_order_relaxed);
    store(&y, 1, store_order);
  } else {
    seen[0] = load(&y, load_order);
    seen[1] = load(&x, memory_order_relaxed);
  }
}

CTX_TEST(WeakMemory, OldValuesAreReadUnlessBothSidesOrder) {
  static const memory_order orders[][2] = {{memory_order_relaxed, memory_order_relaxed},
                                           {memory_order_release, memory_order_relaxed},
                                           {memory_order_relaxed, memory_order_acquire},
                                           {memory_order_release, memory_order_acquire}};
  for (size_t i = 0; i < 4; i++) {
    explore(2, pass_message, note, orders[i][0], orders[i][1]);
    EXPECT_NO_COMPLAINT(weak_complaint() != NULL ? weak_complaint() : "");
    EXPECT_TRUE(happened[0][0] && happened[0][1] && happened[1][1]);
    EXPECT_EQ(i != 3, happened[1][0]);
  }
}

static void look_away(size_t number) {
  store(number == 0 ? &x : &y, 1, memory_order_release);
  seen[number] = load(number == 0 ? &y : &x, memory_order_acquire);
}

CTX_TEST(WeakMemory, StoresMayBeSeenLate) {
  explore(2, look_away, note, memory_order_release, memory_order_acquire);
  EXPECT_TRUE(happened[0][0] && happened[0][1] && happened[1][0] && happened[1][1]);
}

static void read_twice(size_t number) {
  if (number == 0) {
    store(&x, 1, memory_order_relaxed);
  } else {
    seen[0] = load(&x, memory_order_relaxed);
    seen[1] = load(&x, memory_order_relaxed);
  }
}

CTX_TEST(WeakMemory, ValuesOfOnePlaceDoNotGoBack) {
  explore(2, read_twice, note, memory_order_relaxed, memory_order_relaxed);
  EXPECT_TRUE(happened[0][0] && happened[0][1] && happened[1][1]);
  EXPECT_FALSE(happened[1][0]);
}

/* ---- Exchanges ---- */

static void exchange_once(size_t number) {
  seen[number] = exchange(&x, 0, 1, memory_order_relaxed);
}

CTX_TEST(WeakMemory, OneExchangeSucceeds) {
  explore(2, exchange_once, note, memory_order_relaxed, memory_order_relaxed);
  EXPECT_TRUE(happened[0][1] && happened[1][0]);
  EXPECT_FALSE(happened[0][0] || happened[1][1]);
}

/* The second's exchange passes on what the first thread releases, and orders nothing itself. */
static void pass_on(size_t number) {
  if (number == 0) {
    store(&x, 1, memory_order_relaxed);
    store(&y, 1, store_order);
  } else if (number == 1) {
    exchange(&y, 1, 2, memory_order_relaxed);
  } else {
    seen[2] = load(&y, load_order);
    weak_complain(seen[2] == 2 && load(&x, memory_order_relaxed) == 0, "an old value");
  }
}

CTX_TEST(WeakMemory, ExchangesPassOnWhatTheyRead) {
  explore(3, pass_on, NULL, memory_order_release, memory_order_acquire);
  EXPECT_TRUE(weak_complaint() == NULL);
  explore(3, pass_on, NULL, memory_order_relaxed, memory_order_acquire);
  EXPECT_TRUE(weak_complaint() != NULL);
}

/* ---- Plain memory ---- */

static void hand_over(size_t number) {
  if (number == 0) {
    weak_write(&data);
    store(&x, 1, store_order);
  } else if (load(&x, load_order) == 1) {
    weak_write(&data);
  }
}

CTX_TEST(WeakMemory, UnorderedWritesAreRaces) {
  explore(2, hand_over, NULL, memory_order_release, memory_order_acquire);
  EXPECT_TRUE(weak_complaint() == NULL);
  explore(2, hand_over, NULL, memory_order_relaxed, memory_order_acquire);
  EXPECT_STREQ("a data race", weak_complaint());
  explore(2, hand_over, NULL, memory_order_release, memory_order_relaxed);
  EXPECT_STREQ("a data race", weak_complaint());
}

static void look_at_oldest(size_t number) {
  if (number == 0) {
    store(&x, 1, memory_order_relaxed);
    store(&y, 1, store_order);
  } else {
    seen[0] = load(&y, load_order);
    seen[1] = (uint32_t)weak_oldest(&x, sizeof x);
  }
}

CTX_TEST(WeakMemory, TheOldestValueIsOneThatNothingHides) {
  explore(2, look_at_oldest, note, memory_order_release, memory_order_acquire);
  EXPECT_TRUE(happened[1][1] && !happened[1][0]);
  explore(2, look_at_oldest, note, memory_order_relaxed, memory_order_acquire);
  EXPECT_TRUE(!happened[1][1] && happened[1][0]);
}

/* ---- Ends ---- */

static void wait_for_nobody(size_t number) {
  (void)number;
  while (load(&x, memory_order_relaxed) == 0)
    continue;
}

CTX_TEST(WeakMemory, EndlessLoopsAreComplainedOf) {
  const struct weak_program program = {1, begin, wait_for_nobody, NULL, 0, 0};
  weak_explore(&program);
  EXPECT_STREQ("the threads do not come to an end", weak_complaint());
}
