/* Terminates contexts from other threads. One word says what a guest does, and what is wanted of
 * it. All change it by compare-and-exchange alone, so of two sides that want different things one
 * wins, and the other learns it at once. testing/models/terminator.pml has each step.
 *
 *     who                        from                to
 *     ctx_terminator_arm         an end              PENDING, of the next generation
 *     the guest enters           PENDING             GUEST         otherwise CANCELLED: it leaves
 *     a host call begins         GUEST               HOST          otherwise
 *     a host call ends           HOST                GUEST           (state)+KILL, TERMINATED:
 *     the entry has returned     GUEST               FINISHED        it leaves
 *     the signal's handler       GUEST+KILL          TERMINATED    otherwise it does nothing
 *     a fault's handler          GUEST               FINISHED, or as the signal's
 *     ctx_terminate              PENDING             CANCELLED
 *                                GUEST, HOST         the same +KILL
 *
 * GUEST is only there while the guest's own stack is in use, and its host is suspended. So a
 * handler that finds GUEST+KILL can always go on in the host. It believes nothing but the word of
 * the guest that its own thread runs: a signal that comes late, when that guest has ended, been
 * moved to another thread or been followed by another one, does no harm. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "ctx/terminator.h"

#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(rest.h)
#include "ctx/internal/attributes.h"
#include "ctx/internal/build.h"
#include "ctx/system/system.h"
#include "ctx/watch/checked.h"
#include "ctx/watch/instrument.h"

/* A test that includes this source is called at each of these places. */
#ifndef CTX_TERMINATOR_POINT_
#define CTX_TERMINATOR_POINT_(place) ((void)0)
#endif

/* The checked build stops where the condition does not hold. */
#ifdef CTX_CHECKED
#define CTX_TERMINATOR_REQUIRES_(condition, function, child, fault) \
  do {                                                              \
    if (!(condition)) ctx_check_failed((function), (child), fault); \
  } while (0)
#else
#define CTX_TERMINATOR_REQUIRES_(condition, function, child, fault) ((void)(function))
#endif

/* FINISHED is 0, so that an all-zero terminator is that of a guest that has ended. */
enum {
  CTX_WORD_FINISHED,
  CTX_WORD_CANCELLED,
  CTX_WORD_TERMINATED,
  CTX_WORD_PENDING,
  CTX_WORD_GUEST,
  CTX_WORD_HOST,
  CTX_WORD_KILL = 16, /* beside GUEST and HOST: it is to be terminated */
  CTX_WORD_STATE = 255
};
enum { CTX_WORD_GENERATION_SHIFT = 8 };

/* ---- The word ---- */

static uint64_t ctx_word_read(const ctx_terminator *terminator) {
  return __atomic_load_n(&terminator->word, __ATOMIC_ACQUIRE);
}

static unsigned ctx_word_state(uint64_t word) { return (unsigned)(word & CTX_WORD_STATE); }

static uint64_t ctx_word_with(uint64_t word, unsigned state) {
  return (word & ~(uint64_t)CTX_WORD_STATE) | state;
}

/* ctx_word_change is the only way in which the word changes. */
static bool ctx_word_change(ctx_terminator *terminator, uint64_t from, uint64_t to) {
  return __atomic_compare_exchange_n(&terminator->word, &from, to, false, __ATOMIC_ACQ_REL,
                                     __ATOMIC_ACQUIRE);
}

/* For those who own the guest. The generation does not change under them. */
static bool ctx_state_change(ctx_terminator *terminator, unsigned from, unsigned to) {
  uint64_t word = ctx_word_read(terminator);
  return ctx_word_change(terminator, ctx_word_with(word, from), ctx_word_with(word, to));
}

/* ---- What this thread runs ---- */

/* The terminator of the guest that this thread has resumed, and not come back from; of the
 * innermost one if there are several. Handlers read it, so access to it must never allocate. */
static _Thread_local ctx_terminator *volatile ctx_current
    __attribute__((tls_model("initial-exec")));

/* Across a switch the thread may change, and with it the address. The statement hides from
 * compilers that it is the same within a thread. */
static CTX_NOINLINE ctx_terminator *volatile *ctx_current_here(void) {
  ctx_terminator *volatile *address = &ctx_current;
  __asm__ volatile("" : "+r"(address));
  return address;
}

/* ---- The guest ---- */

/* ctx_terminator_leave drops the guest that runs, for its host. If a killer wants it and it is not
 * terminated yet, it is so from here on, and a signal that is still on its way finds that. */
static CTX_NORETURN_ void ctx_terminator_leave(ctx_terminator *terminator, unsigned state) {
  (void)ctx_state_change(terminator, state | CTX_WORD_KILL, CTX_WORD_TERMINATED);
  ctx_set(terminator->host);
}

/* Runs first of all on the guest's stack, when its host is suspended. */
static void ctx_terminator_enter(void *data) {
  ctx_terminator *terminator = data;
  CTX_TERMINATOR_POINT_(BEFORE_ENTER);
  if (!ctx_state_change(terminator, CTX_WORD_PENDING, CTX_WORD_GUEST)) {
    ctx_set(terminator->host);
  }
  CTX_TERMINATOR_POINT_(AFTER_ENTER);
}

/* A guest that is not in the state `from` goes on only if it has ended: it may make host calls in
 * its backstop callback. */
static void ctx_terminator_stop(const char *function, ctx_terminator *terminator, unsigned from) {
  unsigned state = ctx_word_state(ctx_word_read(terminator));
  if (state == (from | CTX_WORD_KILL)) ctx_terminator_leave(terminator, from);
  CTX_TERMINATOR_REQUIRES_(state == CTX_WORD_FINISHED, function, terminator->child,
                           "has begun, or ended, its host call already");
}

/* Of the two that enclose a host call. */
static void ctx_terminator_cross(const char *function, unsigned from, unsigned to) {
  ctx_terminator *terminator = *ctx_current_here();
  if (terminator != NULL && !ctx_state_change(terminator, from, to)) {
    ctx_terminator_stop(function, terminator, from);
  }
}

void ctx_host_call_begin(void) {
  CTX_TERMINATOR_POINT_(BEFORE_BEGIN);
  ctx_terminator_cross("ctx_host_call_begin", CTX_WORD_GUEST, CTX_WORD_HOST);
  CTX_TERMINATOR_POINT_(AFTER_BEGIN);
}

void ctx_host_call_end(void) {
  CTX_TERMINATOR_POINT_(BEFORE_END);
  ctx_terminator_cross("ctx_host_call_end", CTX_WORD_HOST, CTX_WORD_GUEST);
  CTX_TERMINATOR_POINT_(AFTER_END);
}

/* The backstop callback of every armed context. */
static void ctx_terminator_finish(void *data) {
  ctx_terminator *terminator = data;
  CTX_TERMINATOR_POINT_(BEFORE_FINISH);
  if (ctx_state(terminator->child) == CTX_STATE_CANCELLED) {
    /* ctx_cancel has unwound it, in a host call, and waits for it somewhere else. */
    if (!ctx_state_change(terminator, CTX_WORD_HOST, CTX_WORD_FINISHED)) {
      (void)ctx_state_change(terminator, CTX_WORD_HOST | CTX_WORD_KILL, CTX_WORD_TERMINATED);
    }
  } else if (!ctx_state_change(terminator, CTX_WORD_GUEST, CTX_WORD_FINISHED)) {
    CTX_TERMINATOR_REQUIRES_(
        ctx_word_state(ctx_word_read(terminator)) == (CTX_WORD_GUEST | CTX_WORD_KILL),
        "return of an entry", terminator->child, "is in a host call");
    ctx_terminator_leave(terminator, CTX_WORD_GUEST);
  }
  CTX_TERMINATOR_POINT_(AFTER_FINISH);
  if (terminator->backstop != NULL) terminator->backstop(terminator->backstop_data);
}

/* ---- The runner ---- */

ctx_terminate_handle ctx_terminator_arm(ctx_terminator *terminator, ctx_context *child,
                                        ctx_context *host, int signal) {
  CTX_TERMINATOR_REQUIRES_(ctx_state(child) == CTX_STATE_FRESH, "ctx_terminator_arm", child,
                           "is not freshly initialised");
  ctx_callback *backstop = ctx_instrument_backstop(child);
  CTX_TERMINATOR_REQUIRES_(*backstop != ctx_terminator_finish, "ctx_terminator_arm", child,
                           "has a terminator already");
  terminator->child = child;
  terminator->host = host;
  terminator->backstop = *backstop;
  terminator->backstop_data = *backstop != NULL ? child->backstop_data : NULL;
  *backstop = ctx_terminator_finish;
  child->backstop_data = terminator;
  __atomic_store_n(&terminator->signal, signal, __ATOMIC_RELAXED);
  /* A killer may change the word of a former guest that was dropped before its end. */
  uint64_t word, next;
  do {
    word = ctx_word_read(terminator);
    next = ((word >> CTX_WORD_GENERATION_SHIFT) + 1) << CTX_WORD_GENERATION_SHIFT;
  } while (!ctx_word_change(terminator, word, next | CTX_WORD_PENDING));
  return (ctx_terminate_handle){terminator, next >> CTX_WORD_GENERATION_SHIFT};
}

static void ctx_terminator_mark(ctx_context *child, uint64_t how) {
  ctx_instrument_ended(child);
  ctx_rest_end(child, how);
}

/* Says in the child what has become of it. Only the runner may do so, once the child's stack is out
 * of use. */
static void ctx_terminator_settle(ctx_terminator *terminator) {
  ctx_context *child = terminator->child;
  unsigned state = ctx_word_state(ctx_word_read(terminator));
  /* A guest that has finished, and not returned, was ended by a fault. */
  bool is_dropped = state == CTX_WORD_TERMINATED ||
                    (state == CTX_WORD_FINISHED && ctx_state(child) == CTX_STATE_STARTED);
  if (is_dropped) ctx_terminator_mark(child, CTX_RETURNED_TERMINATED);
  if (state == CTX_WORD_CANCELLED) ctx_terminator_mark(child, CTX_RETURNED_CANCELLED);
  CTX_TERMINATOR_REQUIRES_((state & ~(unsigned)CTX_WORD_KILL) != CTX_WORD_GUEST,
                           "ctx_terminator_swap", child, "has left guest code for its host");
}

void ctx_terminator_swap(ctx_terminator *terminator) {
  CTX_TERMINATOR_POINT_(BEFORE_SWAP);
  unsigned state = ctx_word_state(ctx_word_read(terminator));
  if (state != CTX_WORD_CANCELLED) {
    __atomic_store_n(&terminator->thread, ctx_system_thread_number(), __ATOMIC_RELAXED);
    ctx_terminator *outer = *ctx_current_here();
    *ctx_current_here() = terminator;
    if (state == CTX_WORD_PENDING) {
      ctx_swap_with(terminator->host, terminator->child, ctx_terminator_enter, terminator);
    } else {
      ctx_swap(terminator->host, terminator->child);
    }
    *ctx_current_here() = outer;
  }
  ctx_terminator_settle(terminator);
}

ctx_terminator_outcome ctx_terminator_outcome_of(const ctx_terminator *terminator) {
  switch (ctx_word_state(ctx_word_read(terminator))) {
    case CTX_WORD_FINISHED:
      return CTX_TERMINATOR_FINISHED;
    case CTX_WORD_CANCELLED:
      return CTX_TERMINATOR_CANCELLED;
    case CTX_WORD_TERMINATED:
      return CTX_TERMINATOR_TERMINATED;
    default:
      return CTX_TERMINATOR_ACTIVE;
  }
}

/* ---- Killers ---- */

/* Returns the state that a killer wants in place of this one: this one itself if nothing more. */
static unsigned ctx_word_wanted(unsigned state) {
  if (state == CTX_WORD_PENDING) return CTX_WORD_CANCELLED;
  if (state == CTX_WORD_GUEST || state == CTX_WORD_HOST) return state | CTX_WORD_KILL;
  return state;
}

ctx_terminate_result ctx_terminate(ctx_terminate_handle handle) {
  ctx_terminator *terminator = handle.terminator;
  uint64_t word;
  unsigned state, wanted;
  do {
    word = ctx_word_read(terminator);
    if (word >> CTX_WORD_GENERATION_SHIFT != handle.generation) return CTX_TERMINATE_TOO_LATE;
    state = ctx_word_state(word);
    if (state == CTX_WORD_FINISHED) return CTX_TERMINATE_TOO_LATE;
    wanted = ctx_word_wanted(state);
    if (wanted == state) return CTX_TERMINATE_ALREADY;
    CTX_TERMINATOR_POINT_(READ);
  } while (!ctx_word_change(terminator, word, ctx_word_with(word, wanted)));
  CTX_TERMINATOR_POINT_(MARKED);
  if (state == CTX_WORD_PENDING) return CTX_TERMINATE_CANCELLED;
  if (state == CTX_WORD_GUEST) {
    /* The thread is read now, and not before the exchange: until then the guest might have gone to
     * another one, and back into guest code, and the word would be the same. From the exchange on,
     * it cannot resume anywhere. If it has ended meanwhile, and the terminator has another guest,
     * this is that one's thread, which takes no notice. */
    uint32_t thread = __atomic_load_n(&terminator->thread, __ATOMIC_RELAXED);
    ctx_system_thread_signal(thread, __atomic_load_n(&terminator->signal, __ATOMIC_RELAXED));
  }
  CTX_TERMINATOR_POINT_(SENT);
  return CTX_TERMINATE_REQUESTED;
}

/* ---- Handlers ---- */

void ctx_terminate_handle_signal(int signal, siginfo_t *info, void *ucontext) {
  (void)signal, (void)info;
  ctx_terminator *terminator = *ctx_current_here();
  CTX_TERMINATOR_POINT_(BEFORE_HANDLER);
#ifndef CTX_TSAN_ /* whose handlers get a copy of the registers */
  if (terminator != NULL &&
      ctx_state_change(terminator, CTX_WORD_GUEST | CTX_WORD_KILL, CTX_WORD_TERMINATED)) {
    CTX_TERMINATOR_POINT_(AFTER_HANDLER);
    ctx_redirect_signal(ucontext, terminator->host);
  }
#else
  (void)terminator, (void)ucontext;
#endif
}

bool ctx_terminator_redirect(void *ucontext) {
  ctx_terminator *terminator = *ctx_current_here();
  if (terminator == NULL) return false;
  if (!ctx_state_change(terminator, CTX_WORD_GUEST, CTX_WORD_FINISHED) &&
      !ctx_state_change(terminator, CTX_WORD_GUEST | CTX_WORD_KILL, CTX_WORD_TERMINATED)) {
    return false;
  }
  ctx_redirect_signal(ucontext, terminator->host);
  return true;
}
