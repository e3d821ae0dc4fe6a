/* MemorySanitizer has to know which bytes that assembly writes, and which registers that it loads,
 * are initialised. It knows by itself what C code passes to C code, on any stack. Its shadow of
 * memory does not care where stacks are. Its shadow of parameters and results is used up before a
 * switch can come between. */
#include "ctx/internal/build.h"
#include "ctx/internal/uninstrumented.h"
#include "ctx/internal/watched.h"
#include "ctx/watch/sanitizer.h"

#ifdef CTX_MSAN_

#include <string.h>

#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(results.h)

void __msan_unpoison(const volatile void *address, size_t size);
void __msan_check_mem_is_initialized(const volatile void *address, size_t size);
void __msan_partial_poison(const void *address, void *shadow, size_t size);
void __msan_set_origin(const volatile void *address, size_t size, uint32_t origin);

/* The shadows of the arguments of the call that is being made, and of what a return returns. They
 * are in the order of C, not of registers; variable arguments have their own. A bit is 1 where a
 * bit of the value is poisoned. */
#define CTX_MSAN_TLS extern _Thread_local __attribute__((tls_model("initial-exec")))
CTX_MSAN_TLS uint64_t __msan_param_tls[100];
CTX_MSAN_TLS uint64_t __msan_va_arg_tls[100];
CTX_MSAN_TLS uint64_t __msan_va_arg_overflow_size_tls;
CTX_MSAN_TLS uint64_t __msan_retval_tls[100];
CTX_MSAN_TLS uint32_t __msan_retval_origin_tls;

void ctx_sanitizer_fresh_memory(void *memory, size_t size) { (void)memory, (void)size; }

/* Unpoisons all of it. A field that init does not write is not read before something has written
 * it, assembly mostly. */
void ctx_sanitizer_fresh_context(ctx_context *child) { __msan_unpoison(child, sizeof *child); }

void ctx_sanitizer_forget(struct ctx_watched_stack_ *stack) { (void)stack; }

/* Reports a host that is not zeroed, since assembly is about to read these fields. */
void ctx_sanitizer_leave(ctx_context *from, const ctx_context *to) {
  __msan_check_mem_is_initialized(to, sizeof(uint64_t)); /* where it goes on */
  __msan_check_mem_is_initialized(&to->fp_key, sizeof to->fp_key);
  if (from == NULL) return;
  __msan_check_mem_is_initialized(&from->fp_key, sizeof from->fp_key);
  __msan_unpoison(from, sizeof *from);
}

void ctx_sanitizer_arrive(struct ctx_watched_stack_ *left, struct ctx_watched_stack_ *to) {
  (void)left, (void)to;
}

void ctx_sanitizer_unwind(const struct ctx_watched_stack_ *stack) { (void)stack; }

/* Init reports a value that is not initialised. Later nothing could: the shadow of parameters goes
 * by their order, which is forgotten when registers are loaded. The bytes that values and
 * signatures point to are not looked at. */
void ctx_sanitizer_values(const ctx_value *values, size_t num_values) {
  for (size_t i = 0; i < num_values; i++) {
    __msan_check_mem_is_initialized(&values[i].bits, sizeof values[i].bits);
    __msan_check_mem_is_initialized(&values[i].high, sizeof values[i].high);
  }
}

/* Assembly has passed the arguments, without shadows. The shadows that are there are other
 * calls'. */
CTX_UNINSTRUMENTED void ctx_sanitizer_enter(void) {
  memset(__msan_param_tls, 0, sizeof __msan_param_tls);
  memset(__msan_va_arg_tls, 0, sizeof __msan_va_arg_tls);
  __msan_va_arg_overflow_size_tls = 0;
  memset(__msan_retval_tls, 0, sizeof __msan_retval_tls);
}

/* A scalar's shadow is the first, in whichever register the scalar is returned. An entry that
 * returns nothing leaves some other call's shadow, and its result is garbage indeed. */
CTX_UNINSTRUMENTED void ctx_sanitizer_return(ctx_context *child) {
  uint64_t shadow = __msan_retval_tls[0];
  uint32_t origin = __msan_retval_origin_tls;
  __msan_unpoison(child, sizeof *child);
  size_t size;
  void *frame = ctx_results_frame(child, &size);
  if (frame != NULL) __msan_unpoison(frame, size);
  if (shadow == 0) return;
  __msan_partial_poison(&child->retval_gp[0], &shadow, sizeof shadow);
  __msan_partial_poison(&child->retval_fp[0], &shadow, sizeof shadow);
  __msan_set_origin(&child->retval_gp[0], sizeof shadow, origin);
  __msan_set_origin(&child->retval_fp[0], sizeof shadow, origin);
}

#endif /* CTX_MSAN_ */
