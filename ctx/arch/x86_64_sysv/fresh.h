/* Writes a context that has no arguments. Included by ctx/inline.h, by way of
 * ctx/context/fresh.h. */
#ifndef CTX_ARCH_X86_64_SYSV_FRESH_H_
#define CTX_ARCH_X86_64_SYSV_FRESH_H_

#include "ctx/arch/root.h"
#include "ctx/arch/x86_64_sysv/fp_control.h"
#include "ctx/arch/x86_64_sysv/fp_words.h"
#include "ctx/ctx.h"

#ifdef __cplusplus
extern "C" {
#endif

/* CTX_STORE_PAIR_ stores two neighbouring fields at once. A processor retires one or two stores a
 * cycle. */
typedef uint64_t ctx_pair_ __attribute__((vector_size(16)));
#define CTX_STORE_PAIR_(object, type, field, low, high)                               \
  do {                                                                                \
    ctx_pair_ ctx_pair_value_ = {(low), (high)};                                      \
    __builtin_memcpy((char *)(object) + offsetof(type, field), &ctx_pair_value_, 16); \
  } while (0)

/* ctx_fresh_write_ writes the root frame below `end`, and every field that means something in a
 * fresh context without arguments. */
static __inline__ __attribute__((__always_inline__)) void ctx_fresh_write_(
    ctx_context *child, char *end, const ctx_options *options, ctx_entry entry,
    uint64_t signal_mask) {
  const struct ctx_fresh_addresses_ *addresses = &ctx_fresh_addresses_;
  char *root = end - sizeof(ctx_root_frame_);
  uint64_t rsp = (uint64_t)(uintptr_t)root;
  ctx_fresh_fp_ fp =
      ctx_fresh_choose_fp_(child, options, ctx_fp_words_(CTX_MXCSR_DEFAULT_, CTX_X87_DEFAULT_));
  uint64_t backstop = (uint64_t)(uintptr_t)options->backstop;
  /* The child may be a parent that waits, and is dropped. So it waits no longer before anything
   * else of it changes: a signal's handler may come between, and unwind a child of it. */
  CTX_STORE_PAIR_(child, ctx_context, parent, addresses->no_parent, 0);
  __asm__ volatile("" ::: "memory");
  CTX_STORE_PAIR_(root, ctx_root_frame_, frame_pointer, 0, 0);
  CTX_STORE_PAIR_(root, ctx_root_frame_, context, (uint64_t)(uintptr_t)child,
                  addresses->unwind_end);
  CTX_STORE_PAIR_(child, ctx_context, rip, addresses->enter_bare, rsp);
  child->rbp = rsp; /* by itself: it must not wait for control words that are read */
  CTX_STORE_PAIR_(child, ctx_context, fp_key, fp.key, (uint64_t)(uintptr_t)entry);
  CTX_STORE_PAIR_(child, ctx_context, mxcsr, fp.words, signal_mask);
  CTX_STORE_PAIR_(child, ctx_context, backstop, backstop, 0);
  ctx_fresh_write_callbacks_(child, options, &child->rip);
}

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_ARCH_X86_64_SYSV_FRESH_H_ */
