/* Ends a context by unwinding it: forced unwinding (Itanium C++ ABI, exception handling, 1.3 and
 * 1.6.5) by a function on top, which stops at the context's root.
 *
 * The library must not depend on an unwinder. So its functions are weak: they are there if anything
 * else in the program wants them. */
#include <stdlib.h>
#include <unistd.h>
#include <unwind.h>

#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(rest.h)
#include CTX_ARCH_HEADER_(routines.h)
#include "ctx/ctx.h"
#include "ctx/watch/instrument.h"

#pragma weak _Unwind_Backtrace
#pragma weak _Unwind_ForcedUnwind
#pragma weak _Unwind_GetGR
#pragma weak _Unwind_GetRegionStart

/* "CTX", and "CANCL": the vendor, and the language. Runtimes of languages take it for a foreign
 * one. */
#define CTX_EXCEPTION_CLASS UINT64_C(0x0043545843414e43)

/* This lies on the stack of `from`, which may go on before the unwinding has ended. */
typedef struct ctx_cancellation {
  ctx_context *from;
  ctx_context *to;
  ctx_status status;
} ctx_cancellation;

static bool ctx_is_root(struct _Unwind_Context *frame) {
  return (uintptr_t)_Unwind_GetRegionStart(frame) == (uintptr_t)ctx_asm_activate;
}

static _Unwind_Reason_Code ctx_find_root(struct _Unwind_Context *frame, void *out_root) {
  if (!ctx_is_root(frame)) return _URC_NO_REASON;
  *(uintptr_t *)out_root = (uintptr_t)_Unwind_GetGR(frame, CTX_UNWIND_FRAME_POINTER);
  return _URC_NORMAL_STOP;
}

static _Unwind_Reason_Code ctx_stop_at_root(int version, _Unwind_Action actions,
                                            _Unwind_Exception_Class class,
                                            struct _Unwind_Exception *exception,
                                            struct _Unwind_Context *frame, void *root) {
  (void)version, (void)actions, (void)class, (void)exception;
  if (!ctx_is_root(frame)) return _URC_NO_REASON;
  ctx_instrument_unwound((uintptr_t)root);
  ctx_asm_end_cancelled((uintptr_t)root);
}

/* Code has caught the cancellation, and has not thrown it on. Its frames are gone, and so is what
 * would have gone on. */
static void ctx_was_swallowed(_Unwind_Reason_Code reason, struct _Unwind_Exception *exception) {
  (void)reason, (void)exception;
  static const char text[] = "ctx: ctx_cancel: a cancellation was caught, and not thrown on\n";
  ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);
  (void)ignored;
  abort();
}

/* The exception object has to outlast this function's frame. */
static void ctx_unwind(void *data) {
  ctx_cancellation *cancellation = data;
  ctx_context *to = cancellation->to;
  uintptr_t root = 0;
  _Unwind_Backtrace(ctx_find_root, &root);
  if (root == 0) {
    cancellation->status = CTX_ERR_NOT_UNWINDABLE;
    ctx_set(cancellation->from);
  }
  struct _Unwind_Exception *exception = ctx_rest_spare(to);
  _Static_assert(sizeof *exception <= CTX_REST_SPARE, "an exception object fits in");
  *exception = (struct _Unwind_Exception){.exception_class = CTX_EXCEPTION_CLASS,
                                          .exception_cleanup = ctx_was_swallowed};
  ctx_instrument_unwind();
  _Unwind_ForcedUnwind(exception, ctx_stop_at_root, (void *)root);
  abort(); /* the same frames were walked a moment ago */
}

ctx_status ctx_cancel(ctx_context *from, ctx_context *to) {
  if (from == NULL || to == NULL) return CTX_ERR_NULL_ARGUMENT;
  ctx_context_state state = ctx_state(to);
  if (state == CTX_STATE_HOST) return CTX_ERR_NOT_A_CHILD;
  if (state == CTX_STATE_FRESH) {
    ctx_instrument_cancel(to);
    ctx_rest_end(to, CTX_RETURNED_CANCELLED);
    return CTX_OK;
  }
  if (state != CTX_STATE_STARTED) return CTX_ERR_ENDED;
  if (_Unwind_ForcedUnwind == NULL || _Unwind_Backtrace == NULL) return CTX_ERR_NO_UNWINDER;
  ctx_cancellation cancellation = {.from = from, .to = to, .status = CTX_OK};
  ctx_swap_with(from, to, ctx_unwind, &cancellation);
  return cancellation.status;
}
