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

#ifdef CTX_INSTRUMENTED_
#define EXTERNAL_FRAMES "swaps_external" /* after what may be skipped */
#else
#define EXTERNAL_FRAMES "ctx_asm_return_from_swap swaps_external"
#endif

const swap_form swap_forms[NUM_SWAP_FORMS] = {
    {"call-less", "swaps_callless", swaps_callless},
    {"inline", "swaps_inline", swaps_inline},
    {"external", EXTERNAL_FRAMES, swaps_external},
};
