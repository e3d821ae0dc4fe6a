#include "testing/switching/forms.h"

#include "ctx/inline.h"

__attribute__((__noinline__)) static void swap_callless(ctx_context *from, ctx_context *to) {
  ctx_swap(from, to);
}

__attribute__((__noinline__)) static void swap_inline(ctx_context *from, ctx_context *to) {
  ctx_swap_inline(from, to);
}

const swap_form swap_forms[NUM_SWAP_FORMS] = {
    {"call-less", swap_callless},
    {"external", ctx_swap}, /* its address is that of the function */
    {"inline", swap_inline},
};
