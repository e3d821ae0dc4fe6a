/* Goes to a child and back by the form of the switch that the argument names, a few times, for
 * instructions beside this, which steps through one. */
#include <string.h>

#include "ctx/ctx.h"
#include "ctx/inline.h"

#define NOINLINE __attribute__((noinline))

/* In each of these the code of the switch is the only assembly. */
NOINLINE static void swap_inline(ctx_context *from, ctx_context *to) { ctx_swap_inline(from, to); }
NOINLINE static void swap_callless(ctx_context *from, ctx_context *to) { ctx_swap(from, to); }
NOINLINE static void yield_inline(ctx_context *self, ctx_context *parent) {
  (void)parent;
  ctx_yield_inline(self);
}
NOINLINE static void yield_callless(ctx_context *self, ctx_context *parent) {
  (void)parent;
  ctx_yield(self);
}
static void (*volatile call_swap)(ctx_context *, ctx_context *) = &ctx_swap;
static ctx_context *(*volatile call_yield)(ctx_context *) = &ctx_yield;
NOINLINE static void swap_called(ctx_context *from, ctx_context *to) { call_swap(from, to); }
NOINLINE static void yield_called(ctx_context *self, ctx_context *parent) {
  (void)parent;
  call_yield(self);
}

typedef void form(ctx_context *from, ctx_context *to);
static const struct {
  const char *name;
  form *to_child, *to_host;
} forms[] = {{"swap-inline", swap_inline, swap_inline},
             {"swap-callless", swap_callless, swap_callless},
             {"swap-called", swap_called, swap_called},
             {"yield-inline", swap_inline, yield_inline},
             {"yield-callless", swap_callless, yield_callless},
             {"yield-called", swap_called, yield_called}};

static ctx_context host, child;
static char stack[65536] __attribute__((aligned(16)));
static form *to_host;

static void entry(void) {
  for (;;)
    to_host(&child, &host);
}

int main(int argc, char **argv) {
  if (ctx_init(&child, stack, sizeof stack, entry, CTX_NO_ARGS) != CTX_OK) return 1;
  for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
    if (argc != 2 || strcmp(argv[1], forms[i].name) != 0) continue;
    to_host = forms[i].to_host;
    for (int round = 0; round < 4; round++)
      forms[i].to_child(&host, &child);
    return 0;
  }
  return 1;
}
