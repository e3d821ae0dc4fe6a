/* Many guests, ended at random: two threads run them, and the guests move between these; two others
 * terminate them. Each guest's end must be what killers were told. CTX_TERMINATE_GUESTS in the
 * environment says how many there are. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "testing/harness/harness.h"
#include "testing/terminate/guest.h"

enum { NUM_SLOTS = 4, NUM_RUNNERS = 2, NUM_KILLERS = 2, NUM_GUESTS = 20000, NUM_IF_SLOW = 4000 };

/* A killer was told nothing that matters, or this. */
enum { TOLD_NOTHING, TOLD_CANCELLED, TOLD_REQUESTED };

/* One guest after the other. The fields up to `is_ended` belong to whoever has `is_busy`. */
static struct slot {
  guest guest;
  size_t num_guests;
  uint64_t random;
  bool is_endless; /* the guest never calls the library nor returns, at its end */
  bool is_ended;
  size_t calls_begun, calls_ended;
  atomic_flag is_busy;
  _Atomic uint64_t generation; /* the current guest's; that of the first is 1 */
  uint8_t *outcomes;           /* of each generation: a ctx_terminator_outcome */
  _Atomic uint8_t *told;
} slots[NUM_SLOTS];

static size_t guests_per_slot;
static atomic_uint num_slots_done;
static atomic_size_t num_ended, num_signals, num_moves;

/* xorshift64 */
static uint64_t next_random(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

static void spin(uint64_t num_turns) {
  for (uint64_t i = 0; i < num_turns; i++)
    __asm__ volatile("" ::: "memory");
}

/* ---- Guests ---- */

static void host_call(struct slot *self) {
  ctx_host_call_begin();
  self->calls_begun++;
  void *volatile memory = malloc(64); /* under a lock */
  if ((next_random(&self->random) & 1) != 0) guest_suspend(&self->guest);
  free(memory);
  self->calls_ended++;
  ctx_host_call_end();
}

static void entry(guest *first_member) {
  struct slot *self = (struct slot *)(void *)first_member;
  for (uint64_t i = next_random(&self->random) % 4; i > 0; i--) {
    spin(self->random >> 32 & 511);
    host_call(self);
  }
  spin(self->random >> 32 & 511);
  if (self->is_endless) guest_spin();
}

/* ---- Runners ---- */

static void start_guest(struct slot *self) {
  self->is_endless = next_random(&self->random) % 16 == 0;
  self->is_ended = false;
  self->calls_begun = self->calls_ended = 0;
  guest_init(&self->guest, NULL, entry);
  atomic_store(&self->generation, self->guest.handle.generation);
}

static void note_end(struct slot *self, ctx_terminator_outcome outcome) {
  static const ctx_context_state states[] = {[CTX_TERMINATOR_FINISHED] = CTX_STATE_RETURNED,
                                             [CTX_TERMINATOR_CANCELLED] = CTX_STATE_CANCELLED,
                                             [CTX_TERMINATOR_TERMINATED] = CTX_STATE_TERMINATED};
  EXPECT_EQ(states[outcome], ctx_state(&self->guest.child));
  EXPECT_EQ(self->calls_begun, self->calls_ended);
  EXPECT_TRUE(outcome != CTX_TERMINATOR_FINISHED || !self->is_endless);
  self->outcomes[self->guest.handle.generation] = (uint8_t)outcome;
  self->is_ended = true;
  atomic_fetch_add(&num_ended, 1);
  if (++self->num_guests == guests_per_slot) atomic_fetch_add(&num_slots_done, 1);
}

static void run_slot(struct slot *self, uint64_t *random) {
  if (self->is_ended) {
    start_guest(self);
    spin(next_random(random) & 255); /* so that some are cancelled */
  } else {
    atomic_fetch_add(&num_moves, 1); /* or it is the same thread again */
  }
  ctx_terminator_swap(&self->guest.terminator);
  ctx_terminator_outcome outcome = ctx_terminator_outcome_of(&self->guest.terminator);
  if (outcome != CTX_TERMINATOR_ACTIVE) note_end(self, outcome);
}

static void *run(void *seed) {
  uint64_t random = (uintptr_t)seed;
  while (atomic_load(&num_slots_done) < NUM_SLOTS) {
    struct slot *self = &slots[next_random(&random) % NUM_SLOTS];
    if (atomic_flag_test_and_set(&self->is_busy)) continue;
    if (self->num_guests < guests_per_slot) run_slot(self, &random);
    atomic_flag_clear(&self->is_busy);
  }
  return NULL;
}

/* ---- Killers ---- */

static void *terminate(void *seed) {
  uint64_t random = (uintptr_t)seed;
  while (atomic_load(&num_slots_done) < NUM_SLOTS) {
    struct slot *self = &slots[next_random(&random) % NUM_SLOTS];
    uint64_t generation = atomic_load(&self->generation);
    spin(random >> 32 & 4095);
    if (generation == 0) continue;
    ctx_terminate_handle handle = {&self->guest.terminator, generation};
    ctx_terminate_result result = ctx_terminate(handle);
    if (result == CTX_TERMINATE_ALREADY || result == CTX_TERMINATE_TOO_LATE) continue;
    uint8_t told = result == CTX_TERMINATE_CANCELLED ? TOLD_CANCELLED : TOLD_REQUESTED;
    EXPECT_EQ(TOLD_NOTHING, atomic_exchange(&self->told[generation], told));
  }
  return NULL;
}

static void on_signal(int signal, siginfo_t *info, void *ucontext) {
  atomic_fetch_add(&num_signals, 1);
  ctx_terminate_handle_signal(signal, info, ucontext);
}

/* ---- The storm ---- */

static void make_slots(size_t num_guests) {
  guests_per_slot = num_guests / NUM_SLOTS;
  for (size_t i = 0; i < NUM_SLOTS; i++) {
    slots[i].is_ended = true;
    slots[i].random = 88172645463325252u + i;
    slots[i].outcomes = calloc(guests_per_slot + 1, sizeof slots[i].outcomes[0]);
    slots[i].told = calloc(guests_per_slot + 1, sizeof slots[i].told[0]);
    if (slots[i].outcomes == NULL || slots[i].told == NULL) abort();
  }
}

/* A request that is lost leaves an endless guest for ever. */
static void await_end(void) {
  size_t seen = 0;
  for (unsigned num_still = 0; atomic_load(&num_slots_done) < NUM_SLOTS; num_still++) {
    usleep(20000);
    size_t now = atomic_load(&num_ended);
    if (now != seen) num_still = 0;
    seen = now;
    if (num_still < 3000) continue;
    FAIL("no guest has ended for a minute");
    abort();
  }
}

static void judge(void) {
  static const uint8_t outcome_of[] = {[TOLD_NOTHING] = CTX_TERMINATOR_FINISHED,
                                       [TOLD_CANCELLED] = CTX_TERMINATOR_CANCELLED,
                                       [TOLD_REQUESTED] = CTX_TERMINATOR_TERMINATED};
  size_t num[CTX_TERMINATOR_TERMINATED + 1] = {0};
  for (size_t i = 0; i < NUM_SLOTS; i++) {
    for (uint64_t generation = 1; generation <= guests_per_slot; generation++) {
      uint8_t outcome = slots[i].outcomes[generation];
      num[outcome]++;
      EXPECT_EQ(outcome_of[slots[i].told[generation]], outcome);
    }
    free(slots[i].outcomes);
    free((void *)(uintptr_t)slots[i].told);
    free(slots[i].guest.stack);
  }
  printf("%zu finished, %zu cancelled, %zu terminated; %zu signals, %zu resumptions\n",
         num[CTX_TERMINATOR_FINISHED], num[CTX_TERMINATOR_CANCELLED],
         num[CTX_TERMINATOR_TERMINATED], atomic_load(&num_signals), atomic_load(&num_moves));
  EXPECT_TRUE(num[CTX_TERMINATOR_FINISHED] > 0);
  EXPECT_TRUE(num[CTX_TERMINATOR_TERMINATED] > 0);
}

CTX_TEST(TerminateStorm, EndsAreWhatKillersWereTold) {
  const char *wanted = getenv("CTX_TERMINATE_GUESTS");
  size_t num_guests = CTX_TEST_TSAN || ctx_test_is_emulated() ? NUM_IF_SLOW : NUM_GUESTS;
  pthread_t threads[NUM_RUNNERS + NUM_KILLERS];
  guest_signal_install(on_signal);
  make_slots(wanted != NULL ? strtoul(wanted, NULL, 10) : num_guests);
  for (uintptr_t i = 0; i < NUM_RUNNERS + NUM_KILLERS; i++) {
    void *seed = (void *)(i + 1);
    if (pthread_create(&threads[i], NULL, i < NUM_RUNNERS ? run : terminate, seed) != 0) abort();
  }
  await_end();
  for (size_t i = 0; i < NUM_RUNNERS + NUM_KILLERS; i++)
    EXPECT_EQ(0, pthread_join(threads[i], NULL));
  judge();
}
