#include "testing/switching/mix.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/record.h"
#include "testing/harness/registers.h"

/* Context 0 is the host. */
enum { NUM_CONTEXTS = 6, STACK_SIZE = 32768 };
static ctx_context contexts[NUM_CONTEXTS];
static _Alignas(64) char stacks[NUM_CONTEXTS][STACK_SIZE];

static mix_plan plan;
static mix_counts counts;
static uint64_t num_done;
static uint64_t random_state;
static char complaint[CTX_TEST_VERDICT_SIZE + 128];

/* A child that has not begun, has returned, or has left by ctx_set, is begun anew by the next one
 * that swaps to it. */
static bool is_gone[NUM_CONTEXTS];
/* Whom the context that goes on must find as its resumer. */
static const ctx_context *resumer;

static unsigned draw(unsigned num) { return (unsigned)(ctx_test_random(&random_state) % num); }

static bool is_over(void) { return num_done >= plan.num_switches || complaint[0] != '\0'; }

static void complain(unsigned self, const char *what, const char *text) {
  if (complaint[0] != '\0') return;
  snprintf(complaint, sizeof complaint, "switch %llu, context %u: %s%s",
           (unsigned long long)num_done, self, what, text);
}

/* ---- A switch that comes back ---- */

static unsigned other_than(unsigned self) {
  return (self + 1 + draw(NUM_CONTEXTS - 1)) % NUM_CONTEXTS;
}

static void body(unsigned self);

static void begin(unsigned child) {
  is_gone[child] = false;
  counts.starts++;
  ctx_status status = CTX_START(&contexts[child], stacks[child], sizeof stacks[child], body, child);
  if (status != CTX_OK) complain(child, "cannot begin: ", ctx_status_name(status));
}

/* Returns whether the child can go on in its parent, by a yield or a return. */
static bool has_parent(unsigned self) {
  return self != 0 && !is_gone[ctx_parent(&contexts[self]) - contexts];
}

static void switch_once(unsigned self) {
  struct ctx_test_registers registers = {0};
  char verdict[CTX_TEST_VERDICT_SIZE];
  unsigned which = draw(NUM_SWAP_FORMS);
  const swap_form *form = &plan.forms[which];
  unsigned kind = draw(has_parent(self) ? 3 : 2);
  unsigned to = other_than(self);
  ctx_test_switch function = form->swap;
  if (kind == 0) {
    counts.swaps[which]++;
  } else if (kind == 1) {
    counts.swaps_resumer[which]++;
    function = (ctx_test_switch)(uintptr_t)form->swap_resumer;
  } else {
    counts.yields[which]++;
    function = (ctx_test_switch)(uintptr_t)form->yield;
  }
  if (kind != 2 && is_gone[to]) begin(to);
  ctx_test_registers_draw(&registers, &random_state);
  resumer = &contexts[self];
  num_done++;
  uint64_t found =
      ctx_test_call_with_registers(&registers, function, &contexts[self], &contexts[to]);
  ctx_test_registers_verdict(&registers, verdict);
  if (verdict[0] != '\0') complain(self, form->name, verdict);
  if (kind != 0 && found != (uintptr_t)resumer) complain(self, form->name, ": a wrong resumer");
}

/* ---- Contexts ---- */

/* Returns if there is nobody there whom ctx_set can resume. */
static void leave_by_set(unsigned self) {
  unsigned to = other_than(self);
  if (is_gone[to]) return;
  counts.sets++;
  num_done++;
  is_gone[self] = true;
  resumer = NULL;
  ctx_set(&contexts[to]);
}

static void body(unsigned self) {
  while (!is_over()) {
    unsigned what = draw(64);
    if (what == 0 && has_parent(self)) break;
    if (what == 1) leave_by_set(self);
    switch_once(self);
  }
  if (is_over()) {
    resumer = NULL;
    ctx_set(&contexts[0]);
  }
  counts.returns++;
  num_done++;
  is_gone[self] = true;
  resumer = &contexts[self];
}

const char *mix_run(const mix_plan *given, mix_counts *out_counts) {
  plan = *given;
  counts = (mix_counts){.starts = 0};
  num_done = 0;
  random_state = plan.seed;
  complaint[0] = '\0';
  contexts[0] = (ctx_context){0};
  for (unsigned i = 0; i < NUM_CONTEXTS; i++)
    is_gone[i] = i != 0;
  while (!is_over())
    switch_once(0);
  *out_counts = counts;
  return complaint;
}
