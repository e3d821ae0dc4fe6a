#include "testing/unwind/swap_forms.h"

#include "ctx/inline.h"
#include "testing/unwind/trace.h"

TRACE_FRAME static void swaps_callless(ctx_context *from, ctx_context *to) {
  ctx_swap(from, to);
  TRACE_NO_TAIL_CALL;
}

TRACE_FRAME static void swaps_inline(ctx_context *from, ctx_context *to) {
  ctx_swap_inline(from, to);
  TRACE_NO_TAIL_CALL;
}

TRACE_FRAME static void swaps_external(ctx_context *from, ctx_context *to) {
  void (*volatile swap)(ctx_context *, ctx_context *) = ctx_swap;
  swap(from, to);
  TRACE_NO_TAIL_CALL;
}

TRACE_FRAME static void yields_callless(ctx_context *self, ctx_context *parent) {
  (void)parent;
  ctx_yield(self);
  TRACE_NO_TAIL_CALL;
}

TRACE_FRAME static void yields_inline(ctx_context *self, ctx_context *parent) {
  (void)parent;
  ctx_yield_inline(self);
  TRACE_NO_TAIL_CALL;
}

TRACE_FRAME static void yields_external(ctx_context *self, ctx_context *parent) {
  (void)parent;
  ctx_context *(*volatile yield)(ctx_context *) = ctx_yield;
  yield(self);
  TRACE_NO_TAIL_CALL;
}

#ifdef CTX_INSTRUMENTED_
#define EXTERNAL_FRAMES(function) function /* after what may be skipped */
#else
#define EXTERNAL_FRAMES(function) "ctx_asm_return_from_swap " function
#endif

const swap_form swap_forms[NUM_SWAP_FORMS] = {
    {"call-less", "swaps_callless", "ctx_swap", SWAP_BODY, swaps_callless},
    {"inline", "swaps_inline", "ctx_swap", SWAP_BODY, swaps_inline},
    {"external", EXTERNAL_FRAMES("swaps_external"), "ctx_swap", SWAP_BODY, swaps_external},
};

const swap_form yield_forms[NUM_SWAP_FORMS] = {
    {"call-less", "yields_callless", "ctx_yield", YIELD_BODY, yields_callless},
    {"inline", "yields_inline", "ctx_yield", YIELD_BODY, yields_inline},
    {"external", EXTERNAL_FRAMES("yields_external"), "ctx_yield", YIELD_BODY, yields_external},
};
