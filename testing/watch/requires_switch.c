/* The conditions of ctx_swap, ctx_set and the ways out of a signal's handler. */
#include <pthread.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

#include "ctx/ctx.h"
#include "testing/arch/machine.h"
#include "testing/watch/requires.h"
#include "testing/watch/requires_scene.h"

static const char *line(const char *function, const ctx_context *context, const char *fault) {
  return requires_line(function, "context", context, fault);
}

static void resume(void) { ctx_swap(&scene_host, &scene_child); }

/* ---- The one that is resumed ---- */

static void resume_returned(void) {
  scene_init(scene_nothing);
  resume();
  resume();
}

static void resume_what_runs_elsewhere(void) {
  scene_run_elsewhere();
  resume();
}

static void resume_zeroed(void) { ctx_swap(&scene_host, &scene_other); }

static void resume_what_left(void) {
  scene_init(scene_set);
  resume();
  resume();
}

/* It was suspended before, too. */
static void yield_then_raise(void) {
  ctx_swap(&scene_child, &scene_host);
  scene_raise_to(&scene_host);
}

static void resume_what_a_signal_discarded(void) {
  scene_init(yield_then_raise);
  resume();
  resume();
  resume();
}

static void yield_then_leave_handler(void) {
  ctx_swap(&scene_child, &scene_host);
  scene_must(ctx_set_from_signal(&scene_host));
}

static void resume_what_a_handler_left(void) {
  scene_init(yield_then_leave_handler);
  resume();
  resume();
  resume();
}

/* The host was resumed, and then discarded. */
static void swap_from_other(void) { ctx_swap(&scene_other, &scene_host); }

static void resume_a_host_that_a_signal_discarded(void) {
  scene_init(scene_yield);
  scene_init_other(swap_from_other);
  resume();
  scene_raise_to(&scene_other);
}

/* A host on the child's stack, whose child is another then. */
static void swap_from_thread_host(void) { ctx_swap(&scene_thread_host, &scene_other); }
static void swap_home(void) { ctx_swap(&scene_other, &scene_host); }

static void resume_a_host_without_its_child(void) {
  scene_init(swap_from_thread_host);
  scene_init_other(swap_home);
  resume();
  scene_init(scene_nothing);
  ctx_swap(&scene_host, &scene_thread_host);
}

/* The same when the child has returned. */
static void resume_a_host_after_its_child(void) {
  scene_init(swap_from_thread_host);
  scene_init_other(swap_home);
  resume();
  ctx_swap(&scene_host, &scene_thread_host); /* goes on in the child, which returns */
  ctx_swap(&scene_host, &scene_thread_host);
}

/* The thread has been joined: it ended within a child. */
static void end_thread(void) { pthread_exit(NULL); }
static void *swap_on_thread(void *unused) {
  ctx_swap(&scene_thread_host, &scene_other);
  return unused;
}

static void resume_a_host_without_its_thread(void) {
  pthread_t thread;
  scene_init_other(end_thread);
  if (pthread_create(&thread, NULL, swap_on_thread, NULL) == 0) pthread_join(thread, NULL);
  ctx_swap(&scene_host, &scene_thread_host);
}

/* Its state shows that it is resumed, not that it runs. */
static void come_back_to_thread_host(void) { ctx_swap(&scene_child, &scene_thread_host); }
static void go_and_come_back(void) {
  scene_init(come_back_to_thread_host);
  ctx_swap(&scene_thread_host, &scene_child);
}

static void resume_a_host_that_runs_elsewhere(void) {
  scene_elsewhere(go_and_come_back);
  ctx_swap(&scene_host, &scene_thread_host);
}

static void resume_what_is_overwritten_in_part(void) {
  scene_init(scene_nothing);
  scene_child.instrument.state = 0x5a;
  resume();
}

static void do_nothing(void *data) { (void)data; }
static void run_on_top_of_returned(void) {
  scene_init(scene_nothing);
  resume();
  ctx_swap_with(&scene_host, &scene_child, do_nothing, NULL);
}

void requires_swap_to(void) {
  EXPECT_STOPS(run_on_top_of_returned(), line("ctx_swap_with", &scene_child, "has returned"));
  EXPECT_STOPS(resume_a_host_that_runs_elsewhere(),
               line("ctx_swap", &scene_thread_host, "is running already"));
  EXPECT_STOPS(resume_what_is_overwritten_in_part(),
               line("ctx_swap", &scene_child, "is none: its state is overwritten"));
  EXPECT_STOPS(resume_returned(), line("ctx_swap", &scene_child, "has returned"));
  EXPECT_STOPS(resume_what_runs_elsewhere(), line("ctx_swap", &scene_child, "is running already"));
  EXPECT_STOPS(resume_zeroed(),
               line("ctx_swap", &scene_other, "was neither initialised nor switched from"));
  EXPECT_STOPS(resume_what_left(),
               line("ctx_swap", &scene_child, "was left before it was ever suspended"));
  EXPECT_STOPS(resume_what_a_signal_discarded(),
               line("ctx_swap", &scene_child, "was discarded by a signal's handler"));
  EXPECT_STOPS(resume_what_a_handler_left(),
               line("ctx_swap", &scene_child, "was discarded by a signal's handler"));
  EXPECT_STOPS(resume_a_host_that_a_signal_discarded(),
               line("ctx_swap", &scene_host, "has lost its place: "));
  EXPECT_STOPS(resume_a_host_without_its_child(),
               line("ctx_swap", &scene_thread_host, "has lost its place: "));
  EXPECT_STOPS(resume_a_host_after_its_child(),
               line("ctx_swap", &scene_thread_host, "has lost its place: "));
  EXPECT_STOPS(resume_a_host_without_its_thread(),
               line("ctx_swap", &scene_thread_host, "was suspended on a thread that has ended"));
}

/* ---- Its stack ---- */

static void smash(void) { memset(scene_stack + 8, 0, 8); }

static void smash_and_swap(void) {
  smash();
  ctx_swap(&scene_child, &scene_host);
}

static void swap_with_an_overflow(void) {
  scene_init(smash_and_swap);
  resume();
}

static void return_with_an_overflow(void) {
  scene_init(smash);
  resume();
}

static void smash_and_set(void) {
  smash();
  ctx_set(&scene_host);
}

static void leave_with_an_overflow(void) {
  scene_init(smash_and_set);
  resume();
}

/* If it was resumed it would go on, and end the process without a line. */
static void swap_and_exit(void) {
  ctx_swap(&scene_child, &scene_host);
  _exit(0);
}

static void resume_with_an_overflow(void) {
  scene_init(swap_and_exit);
  resume();
  smash();
  resume();
}

/* Only a part of the library's stack was given, so that its guard is elsewhere. */
static char *low;
static void smash_low(void) { memset(low, 0, 8); }

static void smash_above_the_guard(void) {
  ctx_stack stack;
  scene_must(ctx_stack_map(&stack, SCENE_STACK_SIZE));
  low = (char *)stack.base + 16384;
  scene_must(ctx_init(&scene_child, low, stack.size - 16384, smash_low, CTX_NO_ARGS));
  resume();
}

void requires_swap_to_stack(void) {
  static const char fault[] = "has overflowed its stack";
  EXPECT_STOPS(swap_with_an_overflow(), line("ctx_swap", &scene_child, fault));
  EXPECT_STOPS(return_with_an_overflow(), line("return of an entry", &scene_child, fault));
  EXPECT_STOPS(leave_with_an_overflow(), line("ctx_set", &scene_child, fault));
  EXPECT_STOPS(resume_with_an_overflow(), line("ctx_swap", &scene_child, fault));
  EXPECT_STOPS(smash_above_the_guard(), line("return of an entry", &scene_child, fault));
}

/* ---- The one that is left ---- */

static void swap_from_child(void) { ctx_swap(&scene_child, &scene_host); }

static void leave_in_the_name_of_child(void) {
  scene_init_other(swap_from_child);
  ctx_swap(&scene_host, &scene_other);
}

static void leave_returned(void) {
  scene_init(scene_nothing);
  resume();
  leave_in_the_name_of_child();
}

static void leave_what_runs_elsewhere(void) {
  scene_run_elsewhere();
  leave_in_the_name_of_child();
}

static void leave_discarded(void) {
  scene_init(scene_set);
  resume();
  leave_in_the_name_of_child();
}

static void leave_suspended(void) {
  scene_init(scene_yield);
  resume();
  leave_in_the_name_of_child();
}

static void leave_fresh(void) {
  scene_init(scene_nothing);
  leave_in_the_name_of_child();
}

static void leave_garbage(void) {
  scene_init(scene_nothing);
  memset(&scene_other, 0x5a, sizeof scene_other);
  ctx_swap(&scene_other, &scene_child);
}

static void swap_to_itself(void) {
  scene_init(scene_nothing);
  ctx_swap(&scene_child, &scene_child);
}

void requires_swap_from(void) {
  EXPECT_STOPS(leave_returned(), line("ctx_swap", &scene_child, "has returned, and does not run"));
  EXPECT_STOPS(leave_what_runs_elsewhere(),
               line("ctx_swap", &scene_child, "is not the child that runs here"));
  EXPECT_STOPS(leave_discarded(),
               line("ctx_swap", &scene_child, "was discarded, and does not run"));
  EXPECT_STOPS(leave_suspended(),
               line("ctx_swap", &scene_child, "is suspended elsewhere, and would lose its place"));
  EXPECT_STOPS(leave_fresh(),
               line("ctx_swap", &scene_child, "has not been entered, and would lose its start"));
  EXPECT_STOPS(leave_garbage(), line("ctx_swap", &scene_other, "is none: "));
  EXPECT_STOPS(swap_to_itself(), line("ctx_swap", &scene_child, "is both where from and where to"));
}

/* ---- A yield ---- */

static void yield_as_other(void) { (void)ctx_yield(&scene_other); }
static void yield_of_another(void) {
  scene_init(yield_as_other);
  scene_init_other(scene_nothing);
  resume();
}

static void yield_of_a_host(void) { (void)ctx_yield(&scene_host); }

/* The child was entered by ctx_set. */
static void yield_as_child(void) { (void)ctx_yield(&scene_child); }
static void set_to_child(void) { ctx_set(&scene_child); }
static void yield_of_an_orphan(void) {
  scene_init(yield_as_child);
  scene_init_other(set_to_child);
  ctx_swap(&scene_host, &scene_other);
}

void requires_yield_self(void) {
  EXPECT_STOPS(yield_of_another(), line("ctx_yield", &scene_other, "is not the child that runs"));
  EXPECT_STOPS(yield_of_a_host(), line("ctx_yield", &scene_host, "is not the child that runs"));
}

/* The child's parent is the other one, which has returned meanwhile. */
static void swap_to_child_then_return(void) { ctx_swap(&scene_other, &scene_child); }
static void yield_back_and_again(void) {
  ctx_swap(&scene_child, &scene_host);
  (void)ctx_yield(&scene_child);
}
static void yield_to_returned(void) {
  scene_init(yield_back_and_again);
  scene_init_other(swap_to_child_then_return);
  ctx_swap(&scene_host, &scene_other); /* comes back from the child */
  ctx_swap(&scene_host, &scene_other); /* it returns */
  ctx_set(&scene_child);
}

void requires_yield_parent(void) {
  EXPECT_STOPS(yield_of_an_orphan(),
               line("ctx_yield", &scene_child, "has no parent: nothing has swapped to it"));
  EXPECT_STOPS(yield_to_returned(), line("ctx_yield", &scene_other, "has returned"));
}

static void move_child(void) {
  scene_init(scene_yield);
  resume();
  scene_other = scene_child;
  ctx_swap(&scene_host, &scene_other);
}

static void move_fresh(void) {
  scene_init(scene_yield);
  scene_other = scene_child;
  ctx_swap(&scene_host, &scene_other);
}

static void move_host(void) {
  scene_init(scene_yield);
  resume();
  scene_other = scene_host;
  ctx_swap(&scene_other, &scene_child);
}

void requires_swap_place(void) {
  static const char fault[] = "is none: it was moved, or copied, from elsewhere";
  EXPECT_STOPS(move_child(), line("ctx_swap", &scene_other, fault));
  EXPECT_STOPS(move_fresh(), line("ctx_swap", &scene_other, fault));
  EXPECT_STOPS(move_host(), line("ctx_swap", &scene_other, fault));
}

static void change_words(void) { machine_change_fp_word(0); }

static void return_with_other_words(void) {
  scene_init(change_words);
  resume();
}

void requires_swap_fp(void) {
  EXPECT_STOPS(return_with_other_words(),
               line("return of an entry", &scene_child,
                    "runs under other floating-point control words than it declared"));
}

/* ---- A function on top ---- */

static void run_null_on_top(void) {
  scene_init(scene_yield);
  ctx_swap_with(&scene_host, &scene_child, NULL, NULL);
}

void requires_swap_with_function(void) {
  EXPECT_STOPS(run_null_on_top(), line("ctx_swap_with", &scene_child, "is to run no function"));
}

/* The stack has room for the first frames of a context, and for little more. */
static void run_on_top_of_full(void) {
  const size_t size = ctx_stack_needed(NULL, 0) + 256;
  scene_must(ctx_init(&scene_child, scene_stack, size, scene_nothing, CTX_NO_ARGS));
  ctx_swap_with(&scene_host, &scene_child, do_nothing, NULL);
}

void requires_swap_with_room(void) {
  EXPECT_STOPS(run_on_top_of_full(), line("ctx_swap_with", &scene_child,
                                          "has no room on its stack for a function on top"));
}

/* ---- Parents ---- */

static void swap_to_other(void) { ctx_swap(&scene_child, &scene_other); }
static void swap_to_host_and_return(void) { ctx_swap(&scene_other, &scene_host); }

static void return_to_returned(void) {
  scene_init(swap_to_other);
  scene_init_other(swap_to_host_and_return);
  resume(); /* the other's parent is the child */
  resume(); /* which returns */
  ctx_set(&scene_other);
}

/* The child's parent, the host, is suspended anew: by the child's own code, on its stack. */
static void come_back(void) { ctx_swap(&scene_other, &scene_host); }
static void use_parent_and_return(void) {
  scene_init_other(come_back);
  ctx_swap(&scene_host, &scene_other);
}

static void return_to_own_stack(void) {
  scene_init(use_parent_and_return);
  resume();
}

/* The same, when something else was resumed since. */
static void come_back_to_each(void) {
  ctx_swap(&scene_other, &scene_host);
  ctx_swap(&scene_other, &scene_thread_host);
}
static void use_both_and_return(void) {
  scene_init_other(come_back_to_each);
  ctx_swap(&scene_host, &scene_other);
  ctx_swap(&scene_thread_host, &scene_other);
}

static void return_to_own_stack_later(void) {
  scene_init(use_both_and_return);
  resume();
}

void requires_swap_return(void) {
  EXPECT_STOPS(return_to_returned(), line("return of an entry", &scene_child, "has returned"));
  EXPECT_STOPS(return_to_own_stack(),
               line("return of an entry", &scene_host, "is running already"));
  EXPECT_STOPS(return_to_own_stack_later(),
               line("return of an entry", &scene_host, "has lost its place: "));
}

/* ---- ctx_set ---- */

static void set_to_returned(void) {
  scene_init(scene_nothing);
  resume();
  ctx_set(&scene_child);
}

static void set_to_discarded(void) {
  scene_init(yield_then_raise);
  resume();
  resume();
  ctx_set(&scene_child);
}

static void set_to_the_running_host(void) {
  scene_init(scene_yield);
  resume();
  ctx_set(&scene_host);
}

/* The handler's context is not used: this stops before. */
static ucontext_t unused;

static void redirect_to_the_running_host(void) {
  scene_init(scene_yield);
  resume();
  ctx_redirect_signal(&unused, &scene_host);
}

static void leave_for_the_running_host(void) {
  scene_init(scene_yield);
  resume();
  scene_must(ctx_set_from_signal(&scene_host));
}

void requires_set_to(void) {
  EXPECT_STOPS(set_to_returned(), line("ctx_set", &scene_child, "has returned"));
  EXPECT_STOPS(set_to_discarded(),
               line("ctx_set", &scene_child, "was discarded by a signal's handler"));
  EXPECT_STOPS(set_to_the_running_host(), line("ctx_set", &scene_host, "is running already"));
  EXPECT_STOPS(redirect_to_the_running_host(),
               line("ctx_redirect_signal", &scene_host, "is running already"));
  EXPECT_STOPS(leave_for_the_running_host(),
               line("ctx_set_from_signal", &scene_host, "is running already"));
}

static ctx_stack mapped;

static void suspend_and_unmap(void) {
  scene_must(ctx_stack_map(&mapped, SCENE_STACK_SIZE));
  scene_init_on(&mapped, scene_yield);
  resume();
  ctx_stack_unmap(&mapped);
}

static void set_to_unmapped(void) {
  suspend_and_unmap();
  ctx_set(&scene_child);
}

static void redirect_to_unmapped(void) {
  suspend_and_unmap();
  ctx_redirect_signal(&unused, &scene_child);
}

void requires_set_stack(void) {
  static const char fault[] = "has lost its stack, which was unmapped or given back";
  EXPECT_STOPS(set_to_unmapped(), line("ctx_set", &scene_child, fault));
  EXPECT_STOPS(redirect_to_unmapped(), line("ctx_redirect_signal", &scene_child, fault));
}

static void return_without_parent(void) {
  scene_init(scene_nothing);
  ctx_set(&scene_child);
}

void requires_set_parent(void) {
  EXPECT_STOPS(return_without_parent(),
               line("return of an entry", &scene_child, "has no parent: "));
}

/* ---- Handlers ---- */

static void redirect_to_anothers_host(void) {
  scene_run_elsewhere();
  ctx_redirect_signal(&unused, &scene_thread_host);
}

static void leave_for_anothers_host(void) {
  scene_run_elsewhere();
  scene_must(ctx_set_from_signal(&scene_thread_host));
}

void requires_signal_thread(void) {
  static const char fault[] = "is a host of another thread";
  EXPECT_STOPS(redirect_to_anothers_host(), line("ctx_redirect_signal", &scene_thread_host, fault));
  EXPECT_STOPS(leave_for_anothers_host(), line("ctx_set_from_signal", &scene_thread_host, fault));
}
