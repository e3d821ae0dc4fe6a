/* MemorySanitizer: which of the bytes that assembly writes, and of the registers that it loads,
 * hold something. What C code passes to C code it knows by itself, on any stack: it has a shadow of
 * memory, which does not care where stacks are, and a shadow of parameters and results, which is
 * used up before a switch can come between. */
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

/* The shadow of the arguments of the call that is being made, and of what a return returns, in the
 * order of C and not of registers; variable arguments apart. A bit is 1 where one is poisoned. */
#define CTX_MSAN_TLS extern _Thread_local __attribute__((tls_model("initial-exec")))
CTX_MSAN_TLS uint64_t __msan_param_tls[100];
CTX_MSAN_TLS uint64_t __msan_va_arg_tls[100];
CTX_MSAN_TLS uint64_t __msan_va_arg_overflow_size_tls;
CTX_MSAN_TLS uint64_t __msan_retval_tls[100];
CTX_MSAN_TLS uint32_t __msan_retval_origin_tls;

void ctx_sanitizer_fresh_memory(void *memory, size_t size) { (void)memory, (void)size; }

/* All of it: fields that init does not write are not read before something else has written them,
 * assembly mostly. */
void ctx_sanitizer_fresh_context(ctx_context *child) { __msan_unpoison(child, sizeof *child); }

void ctx_sanitizer_forget(struct ctx_watched_stack_ *stack) { (void)stack; }

/* What assembly is about to read must be there: a host that is not zeroed is found here. */
void ctx_sanitizer_leave(ctx_context *from, const ctx_context *to) {
  __msan_check_mem_is_initialized(&to->parent, sizeof to->parent);
  __msan_check_mem_is_initialized(&to->fp_key, sizeof to->fp_key);
  if (from == NULL) return;
  __msan_check_mem_is_initialized(&from->fp_key, sizeof from->fp_key);
  __msan_unpoison(from, sizeof *from);
}

void ctx_sanitizer_arrive(struct ctx_watched_stack_ *left, struct ctx_watched_stack_ *to) {
  (void)left, (void)to;
}

/* A value that is not initialised is reported by init (not so what values and signatures point to),
 * since the shadow of parameters goes by
 * the order of the entry's, which is forgotten when registers are loaded. */
void ctx_sanitizer_values(const ctx_value *values, size_t num_values) {
  for (size_t i = 0; i < num_values; i++) {
    __msan_check_mem_is_initialized(&values[i].bits, sizeof values[i].bits);
    __msan_check_mem_is_initialized(&values[i].high, sizeof values[i].high);
  }
}

/* Nobody has passed arguments as C code does: what is in the shadows is of other calls. */
CTX_UNINSTRUMENTED void ctx_sanitizer_enter(void) {
  memset(__msan_param_tls, 0, sizeof __msan_param_tls);
  memset(__msan_va_arg_tls, 0, sizeof __msan_va_arg_tls);
  __msan_va_arg_overflow_size_tls = 0;
  memset(__msan_retval_tls, 0, sizeof __msan_retval_tls);
}

/* A scalar's shadow is the first, in whichever register it is returned. What the entry does not
 * return at all keeps some other call's, and is garbage indeed. */
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
