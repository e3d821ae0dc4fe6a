/* The conditions of termination from other threads. */
#include <signal.h>

#include "ctx/ctx.h"
#include "ctx/terminator.h"
#include "testing/watch/requires.h"
#include "testing/watch/requires_scene.h"

static ctx_terminator terminator;

static const char *line(const char *function, const char *fault) {
  return requires_line(function, "context", &scene_child, fault);
}

static void arm(ctx_entry entry) {
  scene_init(entry);
  ctx_terminator_arm(&terminator, &scene_child, &scene_host, SIGUSR1);
}

static void run(ctx_entry entry) {
  arm(entry);
  ctx_terminator_swap(&terminator);
}

/* ---- Arming ---- */

static void arm_what_has_started(void) {
  scene_init(scene_yield);
  ctx_swap(&scene_host, &scene_child);
  ctx_terminator_arm(&terminator, &scene_child, &scene_host, SIGUSR1);
}

static void arm_twice(void) {
  arm(scene_nothing);
  ctx_terminator_arm(&terminator, &scene_child, &scene_host, SIGUSR1);
}

void requires_arm_fresh(void) {
  EXPECT_STOPS(arm_what_has_started(), line("ctx_terminator_arm", "is not freshly initialised"));
  EXPECT_STOPS(arm_twice(), line("ctx_terminator_arm", "has a terminator already"));
}

/* ---- Resuming ---- */

static void resume_what_has_ended(void) {
  run(scene_nothing);
  ctx_terminator_swap(&terminator);
}

/* By its own switch, which the terminator does not see. */
static void resume_what_was_cancelled(void) {
  scene_init(scene_nothing);
  ctx_terminate(ctx_terminator_arm(&terminator, &scene_child, &scene_host, SIGUSR1));
  ctx_terminator_swap(&terminator);
  ctx_swap(&scene_host, &scene_child);
}

void requires_terminator_swap(void) {
  EXPECT_STOPS(resume_what_was_cancelled(), line("ctx_swap", "has returned"));
  EXPECT_STOPS(resume_what_has_ended(), line("ctx_swap", "has returned"));
}

void requires_terminator_leave(void) {
  EXPECT_STOPS(run(scene_yield), line("ctx_terminator_swap", "has left guest code for its host"));
}

/* ---- Host calls ---- */

static void begin_twice(void) {
  ctx_host_call_begin();
  ctx_host_call_begin();
}

void requires_host_call_pairs(void) {
  static const char fault[] = "has begun, or ended, its host call already";
  EXPECT_STOPS(run(begin_twice), line("ctx_host_call_begin", fault));
  EXPECT_STOPS(run(ctx_host_call_end), line("ctx_host_call_end", fault));
  EXPECT_STOPS(run(ctx_host_call_begin), line("return of an entry", "is in a host call"));
}
