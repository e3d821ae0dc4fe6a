/* Every order in which a guest and a killer can come to their steps. The library's own source is
 * compiled here with a call at each of them, which holds whoever comes there. A table says what
 * must come of each order. */
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

/* ---- The source, under other names ---- */

enum place {
  /* The guest's, and its runner's. */
  BEFORE_SWAP = 1,
  BEFORE_ENTER,
  AFTER_ENTER,
  BEFORE_BEGIN,
  AFTER_BEGIN,
  BEFORE_END,
  AFTER_END,
  BEFORE_FINISH,
  AFTER_FINISH,
  BACK, /* in the host, for good */
  GONE, /* its thread has ended */
  /* The handler's. */
  BEFORE_HANDLER,
  AFTER_HANDLER,
  /* A killer's: it has read the word, has changed it, has sent the signal. */
  READ,
  MARKED,
  SENT
};
static void come_to(enum place place);

#define CTX_TERMINATOR_POINT_(place) come_to(place)
#define ctx_terminator_arm held_arm
#define ctx_terminator_swap held_swap
#define ctx_host_call_begin held_begin
#define ctx_host_call_end held_end
#define ctx_terminate held_terminate
#define ctx_terminate_handle_signal held_handle_signal
#define ctx_terminator_redirect held_redirect
#define ctx_terminator_outcome_of held_outcome_of
#include "ctx/context/terminator.c"

/* ---- What must come of it ---- */

/* A row has a place at which the guest is when the killer changes the word; a column has a place at
 * which it is when the signal is sent, which is not before that.
 *     C  cancelled
 *     S  terminated by the signal, where it was
 *     B, E, F  terminated by itself: before its host call, at the end of it, before its return
 *     -  too late */
static const char *const expected[] = {
    /* before, after:         sw >e e> >b b> >x x> >f f> back gone; x: the end of the call */
    [BEFORE_SWAP] = "          C  C  C  C  C  C  C  C  C  C  C",
    [BEFORE_ENTER] = "            C  C  C  C  C  C  C  C  C  C",
    [AFTER_ENTER] = "                S  S  B  B  B  B  B  B  B",
    [BEFORE_BEGIN] = "                  S  B  B  B  B  B  B  B",
    [AFTER_BEGIN] = "                      E  E  E  E  E  E  E",
    [BEFORE_END] = "                          E  E  E  E  E  E",
    [AFTER_END] = "                              S  S  F  F  F",
    [BEFORE_FINISH] = "                             S  F  F  F",
    [AFTER_FINISH] = "                                 -  -  -",
    [BACK] = "                                            -  -",
    [GONE] = "                                               -",
};

static char expected_of(enum place marked, enum place sent) {
  const char *at = expected[marked];
  for (size_t i = 0;; at++) {
    if (*at == ' ') continue;
    if (i++ == (size_t)(sent - marked)) break;
  }
#if CTX_TEST_TSAN /* the handler does nothing there */
  if (*at == 'S') return marked < AFTER_BEGIN ? 'B' : 'F';
#endif
  return *at;
}

/* ---- One order ---- */

static struct order {
  enum place read, marked, sent; /* where the guest is meanwhile */
  bool moves;                    /* to another thread, in its host call */
  bool two;                      /* another killer does all of it while the first one has read */
} order;

static struct scene {
  ctx_terminator terminator;
  ctx_context child, host;
  ctx_terminate_handle handle;
  ctx_terminate_result second; /* of the killer that comes between */
  bool is_second;
  unsigned num_sent; /* times that a killer has come to the end of a request */
  pthread_t threads[2];
  atomic_uint at;        /* where the guest is */
  atomic_uint furthest;  /* where the guest was last, of its own places */
  atomic_uint goal;      /* the guest goes on until there */
  atomic_uint num_calls; /* of the handler */
  atomic_uint num_hits;  /* of those that terminated */
  atomic_uint has_moved;
  atomic_uint hold; /* the handler, at this place; 0: nowhere */
  atomic_uint is_held;
} scene;

CTX_STACK(stack, 256 * 1024);

/* With ThreadSanitizer a signal arrives in such a call only. */
static void rest(void) {
#if CTX_TEST_TSAN
  usleep(1);
#else
  sched_yield();
#endif
}

/* Returns false if it is not so within some seconds. */
static bool await(const atomic_uint *value, unsigned least) {
  const time_t begin = time(NULL);
  while (atomic_load(value) < least) {
    if (time(NULL) > begin + 10) return false;
    rest();
  }
  return true;
}

static void guest_comes_to(enum place place) {
  if (place == BEFORE_SWAP && atomic_load(&scene.has_moved) != 0) return;
  if (place < BACK) atomic_store(&scene.furthest, place);
  atomic_store(&scene.at, place);
  while (atomic_load(&scene.goal) <= place)
    rest();
}

/* It may not come there, but it comes back. */
static void let_guest_go_to(enum place place) {
  atomic_store(&scene.goal, place);
  EXPECT_TRUE(await(&scene.at, place < BACK ? place : BACK));
  if (place != GONE || scene.threads[0] == 0) return;
  for (size_t i = 0; i < 2; i++)
    EXPECT_EQ(0, pthread_join(scene.threads[i], NULL));
  scene.threads[0] = 0;
}

/* As long as nobody wants it, the guest is where it was let go. */
static void expect_guest_at(enum place place) {
  EXPECT_EQ(place < BACK ? place : BACK, atomic_load(&scene.at));
}

static void handler_comes_to(enum place place) {
  if (place == BEFORE_HANDLER) atomic_fetch_add(&scene.num_calls, 1);
  if (place == AFTER_HANDLER) atomic_fetch_add(&scene.num_hits, 1);
  if (atomic_load(&scene.hold) != (unsigned)place) return;
  atomic_store(&scene.is_held, 1);
  while (atomic_load(&scene.hold) == (unsigned)place)
    rest();
}

static void killer_comes_to(enum place place) {
  if (place == READ && atomic_load(&scene.goal) < order.marked) {
    let_guest_go_to(order.marked);
    expect_guest_at(order.marked);
  }
  if (place == READ && order.two && !scene.is_second) {
    scene.is_second = true;
    scene.second = ctx_terminate(scene.handle);
  }
  if (place == MARKED) let_guest_go_to(order.sent);
  if (place == SENT) {
    scene.num_sent++;
    EXPECT_EQ(CTX_TERMINATE_ALREADY, ctx_terminate(scene.handle));
  }
}

static void come_to(enum place place) {
  if (place <= GONE) {
    guest_comes_to(place);
  } else if (place <= AFTER_HANDLER) {
    handler_comes_to(place);
  } else {
    killer_comes_to(place);
  }
}

static void entry(void) {
  ctx_host_call_begin();
  if (order.moves) ctx_yield(&scene.child);
  ctx_host_call_end();
}

/* Both threads stay until all is over, so that a signal can come to either. */
static void *run_first(void *data) {
  ctx_terminator_swap(&scene.terminator);
  if (ctx_terminator_outcome_of(&scene.terminator) != CTX_TERMINATOR_ACTIVE) {
    guest_comes_to(BACK);
  }
  atomic_store(&scene.has_moved, 1);
  while (atomic_load(&scene.goal) < GONE)
    rest();
  return data;
}

static void *run_second(void *data) {
  while (atomic_load(&scene.has_moved) == 0)
    rest();
  if (ctx_terminator_outcome_of(&scene.terminator) == CTX_TERMINATOR_ACTIVE) {
    ctx_terminator_swap(&scene.terminator);
    guest_comes_to(BACK);
  }
  return data;
}

static void set_scene(const struct order *next) {
  struct sigaction action = {.sa_sigaction = ctx_terminate_handle_signal,
                             .sa_flags = SA_SIGINFO | SA_RESTART};
  sigemptyset(&action.sa_mask);
  if (sigaction(SIGUSR1, &action, NULL) != 0) abort();
  order = *next;
  const uint64_t word = scene.terminator.word;
  memset(&scene, 0, sizeof scene);
  scene.terminator.word = word;
  ASSERT_EQ(CTX_OK, CTX_START(&scene.child, stack, sizeof stack, entry));
  scene.handle = ctx_terminator_arm(&scene.terminator, &scene.child, &scene.host, SIGUSR1);
  if (pthread_create(&scene.threads[0], NULL, run_first, NULL) != 0) abort();
  if (pthread_create(&scene.threads[1], NULL, run_second, NULL) != 0) abort();
  let_guest_go_to(order.read);
  expect_guest_at(order.read);
}

/* Says in a letter of the table what has come of it. */
static char letter_of(ctx_terminate_result result) {
  unsigned furthest = atomic_load(&scene.furthest);
  ctx_terminator_outcome outcome = ctx_terminator_outcome_of(&scene.terminator);
  ctx_context_state state = ctx_state(&scene.child);
  if (result == CTX_TERMINATE_CANCELLED) {
    bool is_right = outcome == CTX_TERMINATOR_CANCELLED && state == CTX_STATE_CANCELLED;
    return is_right && furthest <= BEFORE_ENTER ? 'C' : '?';
  }
  if (result == CTX_TERMINATE_TOO_LATE) {
    bool is_right = outcome == CTX_TERMINATOR_FINISHED && state == CTX_STATE_RETURNED;
    return is_right && furthest == AFTER_FINISH ? '-' : '?';
  }
  if (result != CTX_TERMINATE_REQUESTED || outcome != CTX_TERMINATOR_TERMINATED ||
      state != CTX_STATE_TERMINATED) {
    return '?';
  }
  if (atomic_load(&scene.num_hits) == 1) return furthest == (unsigned)order.sent ? 'S' : '?';
  return furthest == BEFORE_BEGIN    ? 'B'
         : furthest == BEFORE_END    ? 'E'
         : furthest == BEFORE_FINISH ? 'F'
                                     : '?';
}

/* A signal that is sent to a thread that lives arrives there, sooner or later. ThreadSanitizer does
 * not promise that. */
static void await_signals(unsigned num_sent) {
  if (!CTX_TEST_TSAN) EXPECT_TRUE(await(&scene.num_calls, num_sent));
}

/* When the guest's thread has ended, all signals have arrived. */
static void end_with(char letter, unsigned num_sent) {
  await_signals(num_sent);
  if (letter == 'S') EXPECT_TRUE(await(&scene.at, BACK));
  let_guest_go_to(GONE);
  if (!CTX_TEST_TSAN) EXPECT_EQ(num_sent, atomic_load(&scene.num_calls));
}

static void expect_order(const struct order *next) {
  char letter = expected_of(next->marked, next->sent);
  char complaint[128] = "";
  ctx_test_note("guest at %d when read, %d when marked, %d when sent%s%s", (int)next->read,
                (int)next->marked, (int)next->sent, next->moves ? ", moves" : "",
                next->two ? ", two killers" : "");
  set_scene(next);
  ctx_terminate_result result = ctx_terminate(scene.handle);
  if (scene.is_second) {
    EXPECT_EQ(letter == '-' ? CTX_TERMINATE_TOO_LATE : CTX_TERMINATE_ALREADY, result);
    result = scene.second;
  }
  bool is_sent = letter != 'C' && letter != 'E' && letter != '-' && order.sent != GONE;
  end_with(letter, is_sent ? 1 : 0);
  char found = letter_of(result);
  EXPECT_EQ(letter != 'C' && letter != '-', scene.num_sent);
  if (found != letter) snprintf(complaint, sizeof complaint, "'%c', not '%c'", found, letter);
  EXPECT_NO_COMPLAINT((const char *)complaint);
  EXPECT_EQ(letter == '-' ? CTX_TERMINATE_TOO_LATE : CTX_TERMINATE_ALREADY,
            ctx_terminate(scene.handle));
}

static void expect_all_orders(bool moves, bool two) {
  for (enum place read = BEFORE_SWAP; read <= GONE; read++) {
    /* A killer that reads the end of a guest goes no further. */
    enum place last = read < AFTER_FINISH ? GONE : read;
    for (enum place marked = read; marked <= last; marked++)
      for (enum place sent = marked; sent <= last; sent++)
        expect_order(&(struct order){read, marked, sent, moves, two});
  }
}

CTX_TEST(TerminateOrders, GuestAndKiller) { expect_all_orders(false, false); }
CTX_TEST(TerminateOrders, GuestThatMovesAndKiller) { expect_all_orders(true, false); }
CTX_TEST(TerminateOrders, GuestThatMovesAndTwoKillers) { expect_all_orders(true, true); }

/* ---- The handler ---- */

static const enum place in_guest_code[] = {AFTER_ENTER, BEFORE_BEGIN, AFTER_END, BEFORE_FINISH};

/* The killer has come to its end, and another one comes, while the handler is held. */
static void expect_held_handler(enum place guest, enum place held) {
  ctx_test_note("guest at %d, handler at %d", (int)guest, (int)held);
  set_scene(&(struct order){guest, guest, guest, true, false});
  atomic_store(&scene.hold, held);
  EXPECT_EQ(CTX_TERMINATE_REQUESTED, ctx_terminate(scene.handle));
  EXPECT_TRUE(await(&scene.is_held, 1));
  EXPECT_EQ(CTX_TERMINATE_ALREADY, ctx_terminate(scene.handle));
  EXPECT_EQ(held == AFTER_HANDLER ? CTX_TERMINATOR_TERMINATED : CTX_TERMINATOR_ACTIVE,
            ctx_terminator_outcome_of(&scene.terminator));
  atomic_store(&scene.hold, 0);
  end_with('S', 1);
  EXPECT_EQ('S', letter_of(CTX_TERMINATE_REQUESTED));
}

/* A signal that was meant for another guest does what the killer wants, before its own does. */
static void expect_stray_signal_in_time(enum place guest) {
  ctx_test_note("guest at %d", (int)guest);
  set_scene(&(struct order){guest, guest, guest, false, false});
  atomic_store(&scene.hold, BEFORE_HANDLER);
  EXPECT_EQ(0, pthread_kill(scene.threads[0], SIGUSR1));
  EXPECT_TRUE(await(&scene.is_held, 1));
  EXPECT_EQ(CTX_TERMINATE_REQUESTED, ctx_terminate(scene.handle));
  atomic_store(&scene.hold, 0);
  end_with('S', 2);
  EXPECT_EQ('S', letter_of(CTX_TERMINATE_REQUESTED));
}

CTX_TEST(TerminateOrders, HandlerIsHeld) {
  if (CTX_TEST_TSAN) CTX_SKIP("the handler does nothing with ThreadSanitizer");
  for (size_t i = 0; i < sizeof in_guest_code / sizeof in_guest_code[0]; i++) {
    expect_held_handler(in_guest_code[i], BEFORE_HANDLER);
    expect_held_handler(in_guest_code[i], AFTER_HANDLER);
    expect_stray_signal_in_time(in_guest_code[i]);
  }
}

/* Where the guest is not in guest code, or nobody wants it, a handler does nothing. */
CTX_TEST(TerminateOrders, SignalThatNobodySentDoesNothing) {
  for (enum place guest = BEFORE_SWAP; guest <= BACK; guest++) {
    ctx_test_note("guest at %d", (int)guest);
    set_scene(&(struct order){guest, guest, guest, false, false});
    EXPECT_EQ(0, pthread_kill(scene.threads[0], SIGUSR1));
    end_with('-', 1);
    EXPECT_EQ('-', letter_of(ctx_terminate(scene.handle)));
  }
}
