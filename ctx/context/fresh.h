/* Makes a context that has no arguments: checks the parameters, and writes the context.
 * ctx/inline.h inlines this where contexts are started by the million; ctx/context/init.c builds
 * the rest on it. */
#ifndef CTX_CONTEXT_FRESH_H_
#define CTX_CONTEXT_FRESH_H_

#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(fresh.h)
#include "ctx/ctx.h"
#include "ctx/system/signal_mask.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ctx_fresh_check_flags_ finds flags that mean nothing, alone or beside others. It also finds
 * CTX_FLAG_THROW_TO_PARENT, which init handles where it would return an error: throw.h. */
static __inline__ __attribute__((__always_inline__)) ctx_status ctx_fresh_check_flags_(
    const ctx_options *options) {
  const uint32_t fp_others = CTX_FLAG_FP_SAVE | CTX_FLAG_FP_DEFAULT;
  const uint32_t all = fp_others | CTX_FLAG_NO_SIGNAL_MASK | CTX_FLAG_FP_INHERIT;
  uint32_t flags = options->flags;
  if ((flags & ~all) != 0) return CTX_ERR_BAD_FLAG;
  if ((flags & CTX_FLAG_FP_INHERIT) != 0 && (flags & fp_others) != 0) return CTX_ERR_BAD_FLAG;
  if ((flags & CTX_FLAG_NO_SIGNAL_MASK) != 0 && options->signal_mask != NULL) {
    return CTX_ERR_BAD_FLAG;
  }
  return CTX_OK;
}

/* ctx_fresh_check_ checks the parameters that every init has. */
static __inline__ __attribute__((__always_inline__)) ctx_status ctx_fresh_check_(
    const ctx_context *child, const void *stack, size_t stack_size, const ctx_options *options,
    ctx_entry entry) {
  if (child == NULL || stack == NULL || entry == NULL) return CTX_ERR_NULL_ARGUMENT;
  if ((uintptr_t)child % __alignof__(ctx_context) != 0) return CTX_ERR_CONTEXT_UNALIGNED;
  uintptr_t end = (uintptr_t)stack + stack_size;
  if (end < stack_size) return CTX_ERR_STACK_RANGE;
  if (end % 16 != 0) return CTX_ERR_STACK_UNALIGNED;
  return ctx_fresh_check_flags_(options);
}

/* ctx_fresh_needs_no_system_ returns whether the thread's signal mask need not be read. If so,
 * ctx_fresh_signal_mask_ returns what a context keeps. */
static __inline__ __attribute__((__always_inline__)) bool ctx_fresh_needs_no_system_(
    const ctx_options *options) {
  return options->signal_mask != NULL || (options->flags & CTX_FLAG_NO_SIGNAL_MASK) != 0;
}
static __inline__ __attribute__((__always_inline__)) uint64_t ctx_fresh_signal_mask_(
    const ctx_options *options) {
  return options->signal_mask != NULL ? ctx_signal_mask_pack_(options->signal_mask)
                                      : CTX_SIGNAL_MASK_NONE_;
}

/* ctx_fresh_applies_ returns whether this is the case that a runtime has at each start of a guest
 * or a fiber: no arguments, and no system call. ctx_fresh_init_ does all of that case. It leaves
 * bad flags, or rare ones, to `otherwise`, an init. */
static __inline__ __attribute__((__always_inline__)) bool ctx_fresh_applies_(
    const ctx_options *options, size_t num_args) {
  return num_args == 0 && options != NULL && ctx_fresh_needs_no_system_(options);
}
static __inline__ __attribute__((__always_inline__)) ctx_status ctx_fresh_init_(
    ctx_context *child, void *stack, size_t stack_size, const ctx_options *options, ctx_entry entry,
    ctx_status (*otherwise)(ctx_context *, void *, size_t, const ctx_options *, ctx_entry,
                            const ctx_value *, size_t)) {
  ctx_status status = ctx_fresh_check_(child, stack, stack_size, options, entry);
  if (status == CTX_ERR_BAD_FLAG) {
    /* From the end, which is in a register: the beginning would have to be kept in another. */
    uintptr_t end = (uintptr_t)stack + stack_size;
    __asm__("" : "+r"(end));
    return otherwise(child, (void *)(end - stack_size), stack_size, options, entry, NULL, 0);
  }
  if (status != CTX_OK) return status;
  if (stack_size < sizeof(ctx_root_frame_)) return CTX_ERR_STACK_SMALL;
  ctx_fresh_write_(child, (char *)stack + stack_size, options, entry,
                   ctx_fresh_signal_mask_(options));
  return CTX_OK;
}

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_CONTEXT_FRESH_H_ */
