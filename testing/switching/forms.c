#include "testing/switching/forms.h"

#include "ctx/inline.h"

__attribute__((__noinline__)) static void swap_callless(ctx_context *from, ctx_context *to) {
  ctx_swap(from, to);
}

__attribute__((__noinline__)) static void swap_inline(ctx_context *from, ctx_context *to) {
  ctx_swap_inline(from, to);
}

__attribute__((__noinline__)) static ctx_context *swap_resumer_callless(ctx_context *from,
                                                                        ctx_context *to) {
  return ctx_swap_resumer(from, to);
}

__attribute__((__noinline__)) static ctx_context *swap_resumer_inline(ctx_context *from,
                                                                      ctx_context *to) {
  return ctx_swap_resumer_inline(from, to);
}

__attribute__((__noinline__)) static ctx_context *yield_callless(ctx_context *self) {
  return ctx_yield(self);
}

__attribute__((__noinline__)) static ctx_context *yield_inline(ctx_context *self) {
  return ctx_yield_inline(self);
}

const swap_form swap_forms[NUM_SWAP_FORMS] = {
    {"call-less", swap_callless, swap_resumer_callless, yield_callless},
    /* The addresses are those of the functions. */
    {"external", ctx_swap, ctx_swap_resumer, ctx_yield},
    {"inline", swap_inline, swap_resumer_inline, yield_inline},
};
