#include "testing/unwind/thrower.h"

static void (*volatile external_swap)(ctx_context *, ctx_context *) = ctx_swap;

void thrower_throws(void) { throw 1; }

void thrower_catches(ctx_context *from, ctx_context *to) {
  try {
    external_swap(from, to);
  } catch (int) {
  }
}
