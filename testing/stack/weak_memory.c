#include "testing/stack/weak_memory.h"

#include <stdlib.h>
#include <string.h>

#include "ctx/ctx.h"

enum { MAX_LOCATIONS = 24, MAX_VALUES = 48, MAX_CHOICES = 512, MAX_ACCESSES = 400 };
enum { STACK_SIZE = 16384 };

/* The number of a value of each location. */
typedef uint8_t view[MAX_LOCATIONS];

struct value {
  uint64_t bits;
  view released; /* what whoever acquires it has seen */
};

struct location {
  const volatile void *address;
  size_t num_values;
  struct value values[MAX_VALUES];
};

static struct location locations[MAX_LOCATIONS];
static size_t num_locations;

static const struct weak_program *program;
static view views[WEAK_MAX_THREADS];
static ctx_context threads[WEAK_MAX_THREADS];
static ctx_context scheduler;
static char stacks[WEAK_MAX_THREADS][STACK_SIZE] __attribute__((aligned(16)));
static bool is_done[WEAK_MAX_THREADS];
static size_t running; /* a thread; num_threads: none */
static size_t num_stops, num_old, num_accesses;
static const char *complaint;

void weak_complain(bool is_wrong, const char *text) {
  if (is_wrong && complaint == NULL) complaint = text;
}
const char *weak_complaint(void) { return complaint; }
bool weak_has_read_old(void) { return num_old != 0; }

/* ---- Choices ---- */

/* An execution is what was chosen in it. The next one differs in the last choice that was not at
 * its end. */
static struct { size_t chosen, num; } choices[MAX_CHOICES];
static size_t num_choices; /* of which are prescribed, or made */
static size_t num_made;

static size_t choose(size_t num) {
  if (num < 2) return 0;
  if (num_made == MAX_CHOICES) abort();
  if (num_made == num_choices) {
    choices[num_choices].chosen = 0;
    choices[num_choices++].num = num;
  }
  return choices[num_made++].chosen;
}

static bool next_execution(void) {
  while (num_choices > 0) {
    if (++choices[num_choices - 1].chosen < choices[num_choices - 1].num) return true;
    num_choices--;
  }
  return false;
}

/* ---- Threads ---- */

/* Another thread may go on here. */
static void access_begins(void) {
  num_accesses++;
  weak_complain(num_accesses == MAX_ACCESSES, "the threads do not come to an end");
  /* After a complaint nobody goes on. */
  if (complaint == NULL && num_stops == program->max_stops) return;
  ctx_swap(&threads[running], &scheduler);
}

static void run_thread(size_t number) { program->thread(number); }

static size_t choose_thread(size_t last) {
  size_t runnable[WEAK_MAX_THREADS];
  size_t num = 0;
  if (last < program->num_threads && !is_done[last]) runnable[num++] = last;
  for (size_t i = 0; i < program->num_threads; i++)
    if (i != last && !is_done[i]) runnable[num++] = i;
  if (num == 0) return program->num_threads;
  size_t next = runnable[choose(num)];
  if (last < program->num_threads && !is_done[last] && next != last) num_stops++;
  return next;
}

static void execute(void) {
  num_locations = num_stops = num_old = num_accesses = num_made = 0;
  memset(views, 0, sizeof views);
  memset(is_done, 0, sizeof is_done);
  running = program->num_threads;
  program->begin();
  for (size_t i = 0; i < program->num_threads; i++) {
    if (ctx_init(&threads[i], stacks[i], STACK_SIZE, (ctx_entry)run_thread, CTX_ARGS(i)) != CTX_OK)
      abort();
  }
  size_t next = choose_thread(program->num_threads);
  while (next < program->num_threads && complaint == NULL) {
    running = next;
    ctx_swap(&scheduler, &threads[next]);
    is_done[next] = ctx_has_returned(&threads[next]);
    next = choose_thread(next);
  }
  running = program->num_threads;
  if (complaint == NULL && program->end != NULL) program->end();
}

size_t weak_explore(const struct weak_program *tried) {
  size_t num_executions = 0;
  program = tried;
  complaint = NULL;
  num_choices = 0;
  do {
    execute();
    num_executions++;
  } while (complaint == NULL && next_execution());
  return num_executions;
}

/* ---- Memory ---- */

static bool is_thread(void) { return program != NULL && running < program->num_threads; }

static uint64_t read_bits(const volatile void *address, size_t size) {
  uint64_t bits = 0;
  memcpy(&bits, (const void *)(uintptr_t)address, size);
  return bits;
}
static void write_bits(volatile void *address, size_t size, uint64_t bits) {
  memcpy((void *)(uintptr_t)address, &bits, size);
}

/* Memory has the latest value: where nothing was stored yet, that is the first. */
static size_t location_of(const volatile void *address, size_t size) {
  for (size_t i = 0; i < num_locations; i++)
    if (locations[i].address == address) return i;
  if (num_locations == MAX_LOCATIONS) abort();
  struct location *location = &locations[num_locations];
  location->address = address;
  location->num_values = 1;
  location->values[0] = (struct value){.bits = read_bits(address, size)};
  return num_locations++;
}

static void join(view to, const view from) {
  for (size_t i = 0; i < MAX_LOCATIONS; i++)
    if (from[i] > to[i]) to[i] = from[i];
}

static bool acquires(memory_order order) {
  return order == memory_order_acquire || order == memory_order_acq_rel ||
         order == memory_order_seq_cst;
}
static bool releases(memory_order order) {
  return order == memory_order_release || order == memory_order_acq_rel ||
         order == memory_order_seq_cst;
}

/* The thread reads this value. */
static uint64_t observe(size_t at, size_t number, memory_order order) {
  struct location *location = &locations[at];
  if (number + 1 != location->num_values) num_old++;
  views[running][at] = (uint8_t)number;
  if (acquires(order)) join(views[running], location->values[number].released);
  return location->values[number].bits;
}

/* The thread stores a value. If `passed_on` is not null, the value is a part of what that had
 * released. */
static void append(size_t at, uint64_t bits, const struct value *passed_on, memory_order order) {
  struct location *location = &locations[at];
  if (location->num_values == MAX_VALUES) abort();
  struct value *value = &location->values[location->num_values];
  *value = (struct value){.bits = bits};
  views[running][at] = (uint8_t)location->num_values++;
  value->released[at] = views[running][at];
  if (passed_on != NULL) join(value->released, passed_on->released);
  if (releases(order)) join(value->released, views[running]);
}

/* Chooses one of the values that the thread may read and that are not `excluded`, the latest first;
 * false if there is none. */
static bool choose_value(size_t at, const uint64_t *excluded, bool may_decline, size_t *out) {
  const struct location *location = &locations[at];
  size_t candidates[MAX_VALUES];
  size_t num = 0;
  size_t latest = location->num_values - 1;
  for (size_t i = latest + 1; i-- > views[running][at];) {
    if (i != latest && num_old >= program->max_old) break;
    if (excluded == NULL || location->values[i].bits != *excluded) candidates[num++] = i;
  }
  size_t chosen = choose(num + may_decline);
  if (may_decline && chosen == 0) return false;
  *out = candidates[chosen - may_decline];
  return num != 0;
}

uint64_t weak_load(const volatile void *address, size_t size, memory_order order) {
  if (!is_thread()) return read_bits(address, size);
  access_begins();
  size_t at = location_of(address, size);
  size_t number = locations[at].num_values - 1;
  choose_value(at, NULL, false, &number);
  return observe(at, number, order);
}

void weak_store(volatile void *address, size_t size, uint64_t value, memory_order order) {
  if (is_thread()) {
    access_begins();
    append(location_of(address, size), value, NULL, order);
  }
  write_bits(address, size, value);
}

bool weak_compare_exchange(volatile void *address, size_t size, void *expected, uint64_t desired,
                           memory_order success, memory_order failure) {
  uint64_t wanted = read_bits(expected, size);
  if (!is_thread()) {
    bool is_equal = read_bits(address, size) == wanted;
    if (is_equal)
      write_bits(address, size, desired);
    else
      write_bits(expected, size, read_bits(address, size));
    return is_equal;
  }
  access_begins();
  size_t at = location_of(address, size);
  size_t latest = locations[at].num_values - 1;
  bool is_equal = locations[at].values[latest].bits == wanted;
  size_t number = latest;
  if (choose_value(at, &wanted, is_equal, &number)) {
    write_bits(expected, size, observe(at, number, failure));
    return false;
  }
  observe(at, latest, success);
  append(at, desired, &locations[at].values[latest], success);
  write_bits(address, size, desired);
  return true;
}

uint64_t weak_oldest(const volatile void *address, size_t size) {
  if (!is_thread()) return read_bits(address, size);
  size_t at = location_of(address, size);
  return locations[at].values[views[running][at]].bits;
}

void weak_write(volatile void *address) {
  if (!is_thread()) return;
  access_begins();
  size_t at = location_of(address, 1);
  weak_complain(views[running][at] + 1u != locations[at].num_values, "a data race");
  append(at, 0, NULL, memory_order_relaxed);
}
