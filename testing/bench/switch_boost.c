/* Boost.Context's jump_fcontext. A suspended context is named by a new address at each switch,
 * which the other side is given. */
#include "testing/bench/boost.h"
#include "testing/bench/code_shape.h"
#include "testing/bench/switch_cases.h"

#define COMPETITOR boost

typedef struct child {
  fcontext_t fctx;
} child;

typedef struct side {
  fcontext_t other;
} side;

#define SWITCH(s) ((s).other = jump_fcontext((s).other, NULL).fctx)

static BENCH_NOINLINE fcontext_t step(fcontext_t to) {
  fcontext_t back = jump_fcontext(to, NULL).fctx;
  BENCH_NOT_A_TAIL_CALL();
  return back;
}
#define STEP(s) ((s).other = step((s).other))

typedef void child_body(side s);
static child_body *starting_body;

static void child_entry(transfer_t from) {
  side s = {from.fctx};
  child_body *body = starting_body;
  SWITCH(s);
  body(s);
}

static void child_start(child *c, void *stack, size_t stack_size, child_body *body) {
  starting_body = body;
  c->fctx = make_fcontext((char *)stack + stack_size, stack_size, child_entry);
  c->fctx = jump_fcontext(c->fctx, NULL).fctx;
}

static side host_side(child *c) { return (side){c->fctx}; }
static void keep_host_side(child *c, side s) { c->fctx = s.other; }

#define YIELD(s) SWITCH(s)

/* Where anyone may be resumed by anyone, the resumed one notes where its resumer now is. Boost's
 * C++ does so, too. */
static child host;
static void meet_host(side s) { host.fctx = s.other; }
#define PASS_ON(from, to)                                  \
  do {                                                     \
    transfer_t passed = jump_fcontext((to)->fctx, (from)); \
    ((child *)passed.data)->fctx = passed.fctx;            \
  } while (0)

#include "testing/bench/crowd_cases.inc"
#include "testing/bench/switch_cases.inc"
