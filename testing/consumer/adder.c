#include "adder.h"

#include <stdalign.h>

#include "ctx/ctx.h"
#include "ctx/inline.h"

static int add(int a, double b) { return a + (int)b; }

int adder_add(int a, double b) {
  static ctx_context host, child;
  static alignas(64) unsigned char stack[64 * 1024];

  if (ctx_init(&child, stack, sizeof stack, CTX_ENTRY(add), CTX_ARGS(a, b)) != CTX_OK) return -1;
  ctx_swap_inline(&host, &child);
  return ctx_retval_i32(&child);
}
