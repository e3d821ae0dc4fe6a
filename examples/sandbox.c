/* Surviving guests that go wrong: one overflows its stack, one follows a null pointer, one never
 * ends.
 *
 * A signal's handler sees it, and ends the guest through its terminator: the host goes on. For the
 * overflow the handler needs an alternate stack, since the guest's is full. The guest is dropped
 * where it stood. Nothing of it is undone: a lock that it held would stay locked, so it must not be
 * in malloc or printf when it is stopped, except in a host call (ctx_host_call_begin). And only
 * what faults or takes too long is noticed: a guest that writes elsewhere in the program is not
 * stopped. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "ctx/ctx.h"
#include "ctx/terminator.h"

enum { STACK_SIZE = 64 * 1024, MAX_MILLISECONDS = 50 };

static ctx_context host, guest;
static ctx_terminator terminator;
static ctx_terminate_handle handle; /* of the guest that runs; the timer's */
static ctx_stack_pool *pool;

/* A handler writes here what happened to the guest, and the host reads it. */
static struct {
  void *address;
  bool is_overflow;
  size_t distance; /* how far below its stack */
} volatile fault;

static void on_fault(int signal_number, siginfo_t *info, void *ucontext) {
  if (!ctx_terminator_redirect(ucontext)) {
    /* The fault is our own: it happens again, and ends the program as usual. */
    signal(signal_number, SIG_DFL);
    return;
  }
  size_t distance = 0;
  fault.address = info->si_addr;
  fault.is_overflow = ctx_stack_pool_guard_hit(pool, info->si_addr, NULL, &distance);
  fault.distance = distance;
}

/* Another thread could do the same. If the guest has ended by itself just now, nothing happens. */
static void on_timer(int signal_number) {
  (void)signal_number;
  ctx_terminate(handle);
}

/* The timer counts the time that this thread computes; a guest that sleeps takes none of it. Its
 * signal goes to this thread too, so its handler never reads the handle while that is written. */
static timer_t timer;

static void make_timer(void) {
  struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGVTALRM};
#ifdef sigev_notify_thread_id
  event.sigev_notify_thread_id = (pid_t)syscall(SYS_gettid);
#else /* glibc before 2.37 has no name for it */
  event._sigev_un._tid = (pid_t)syscall(SYS_gettid);
#endif
  if (timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &timer) != 0) abort();
}

static void set_timer(int milliseconds) {
  struct itimerspec when = {.it_value.tv_nsec = milliseconds * 1000000L};
  if (timer_settime(timer, 0, &when, NULL) != 0) abort();
}

static void check(ctx_status status) {
  if (status == CTX_OK) return;
  fprintf(stderr, "sandbox: %s\n", ctx_status_message(status));
  exit(1);
}

static void run(const char *title, ctx_entry entry, const ctx_value *args, size_t num_args) {
  ctx_stack stack;
  check(ctx_stack_pool_take(pool, &stack));
  check(ctx_init(&guest, stack.base, stack.size, entry, args, num_args));
  handle = ctx_terminator_arm(&terminator, &guest, &host, SIGUSR1);
  set_timer(MAX_MILLISECONDS);
  ctx_terminator_swap(&terminator);
  set_timer(0);
  printf("%s: ", title);
  if (ctx_state(&guest) == CTX_STATE_RETURNED) {
    printf("returned %llu\n", (unsigned long long)ctx_retval_u64(&guest));
  } else if (ctx_terminator_outcome_of(&terminator) != CTX_TERMINATOR_FINISHED) {
    printf("took more than %d ms\n", MAX_MILLISECONDS);
  } else if (fault.is_overflow) {
    /* Where in the guard it was depends on the compiler, so it is rounded up to pages. */
    printf("overflowed its stack by at most %zu bytes\n", (fault.distance + 4095) / 4096 * 4096);
  } else if ((uintptr_t)fault.address < 4096) {
    puts("followed a null pointer");
  } else {
    printf("touched address %p\n", fault.address);
  }
  ctx_stack_pool_give(pool, &stack);
}

/* ---- The guests. They know nothing of contexts. ---- */

/* The handler is to find what is wrong with the guests, not UBSan. */
#define GUEST __attribute__((no_sanitize("undefined")))

/* Returns how deep the parentheses in a text are nested. */
GUEST static uint64_t nesting(const char **at) {
  uint64_t deepest = 0;
  while (**at == '(') {
    (*at)++;
    uint64_t depth = 1 + nesting(at);
    if (depth > deepest) deepest = depth;
    if (**at == ')') (*at)++;
  }
  return deepest;
}

typedef struct item {
  uint64_t value;
  const struct item *next;
} item;

/* Sums a list that is a ring. */
GUEST static uint64_t sum_ring(const item *first) {
  uint64_t sum = 0;
  const item *at = first;
  do {
    sum += at->value;
    at = at->next;
  } while (at != first);
  return sum;
}

/* Volatile, since C lets a compiler assume that a loop ends if nothing happens in it. */
GUEST static uint64_t collatz_steps(uint64_t n) {
  volatile uint64_t steps = 0;
  for (; n != 1; n = n % 2 == 0 ? n / 2 : 3 * n + 1)
    steps++;
  return steps;
}

/* While a handler runs, all signals wait: SIGUSR1 interrupts the guest, not the timer's handler. */
static void install_handlers(void) {
  struct sigaction on_segv = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  struct sigaction on_usr1 = {.sa_sigaction = ctx_terminate_handle_signal,
                              .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
  struct sigaction on_vtalrm = {.sa_handler = on_timer, .sa_flags = SA_ONSTACK | SA_RESTART};
  sigfillset(&on_segv.sa_mask);
  sigfillset(&on_usr1.sa_mask);
  sigfillset(&on_vtalrm.sa_mask);
  if (sigaction(SIGSEGV, &on_segv, NULL) != 0 || sigaction(SIGUSR1, &on_usr1, NULL) != 0 ||
      sigaction(SIGVTALRM, &on_vtalrm, NULL) != 0) {
    abort();
  }
}

int main(void) {
  ctx_signal_stack signal_stack;
  check(ctx_signal_stack_install(&signal_stack, STACK_SIZE));
  install_handlers();
  check(ctx_stack_pool_create(&pool, STACK_SIZE, 1));
  make_timer();

  static char deep[1000000];
  memset(deep, '(', sizeof deep - 1);
  const char *text = "(()(()))", *deep_text = deep;
  run("nesting, of a few", CTX_ENTRY(nesting), CTX_ARGS(&text));
  run("nesting, of a million", CTX_ENTRY(nesting), CTX_ARGS(&deep_text));

  item ring = {1, &(item){2, &(item){3, &ring}}}, list = {1, NULL};
  run("sum of a ring", CTX_ENTRY(sum_ring), CTX_ARGS(&ring));
  run("sum of a list", CTX_ENTRY(sum_ring), CTX_ARGS(&list));

  run("collatz_steps(27)", CTX_ENTRY(collatz_steps), CTX_ARGS(ctx_u64(27)));
  run("collatz_steps(0)", CTX_ENTRY(collatz_steps), CTX_ARGS(ctx_u64(0)));
  run("collatz_steps(97)", CTX_ENTRY(collatz_steps), CTX_ARGS(ctx_u64(97)));

  timer_delete(timer);
  ctx_stack_pool_destroy(pool);
  check(ctx_signal_stack_remove(&signal_stack));
  return 0;
}
