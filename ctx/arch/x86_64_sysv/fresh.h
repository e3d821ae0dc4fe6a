/* Writes a context that has no arguments. Included by ctx/inline.h, by way of
 * ctx/context/fresh.h. */
#ifndef CTX_ARCH_X86_64_SYSV_FRESH_H_
#define CTX_ARCH_X86_64_SYSV_FRESH_H_

#include "ctx/arch/x86_64_sysv/fp_control.h"
#include "ctx/arch/x86_64_sysv/fp_words.h"
#include "ctx/ctx.h"
#include "ctx/internal/build.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The frame at the end of every stack. rbp points to its beginning when a context starts, and again
 * when the entry has returned. There a chain of frame pointers ends, and assembly finds a stack's
 * context. */
typedef struct ctx_root_frame_ {
  uint64_t saved_rbp;      /* 0 */
  uint64_t return_address; /* 0 */
  ctx_context *context;
  uint64_t unwind_end; /* ctx_asm_orphan's address */
} ctx_root_frame_;

/* The addresses within the library that a fresh context begins with. */
struct ctx_fresh_addresses_ {
  uint64_t enter_bare;
  uint64_t activate;
  uint64_t unwind_end;
  uint64_t no_parent;
};
extern const struct ctx_fresh_addresses_ ctx_fresh_addresses_
    CTX_BUILD_SYMBOL_(ctx_fresh_addresses_);

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
  bool inherits = (options->flags & CTX_FLAG_FP_INHERIT) != 0;
  uint64_t fp_words = inherits || (options->flags & CTX_FLAG_FP_DEFAULT) != 0
                          ? ctx_fp_words_(CTX_MXCSR_DEFAULT_, CTX_X87_DEFAULT_)
                          : ctx_fp_current_();
  uint64_t fp_key = inherits
                        ? ctx_fp_key_own_(child) | CTX_FP_KEY_INHERITS_
                        : ctx_fp_key_(child, fp_words, (options->flags & CTX_FLAG_FP_SAVE) != 0);
  uint64_t backstop = (uint64_t)(uintptr_t)options->backstop;
  /* The child may be a parent that waits, and is dropped. So it waits no longer before anything
   * else of it changes: a signal's handler may come between, and unwind a child of it. */
  CTX_STORE_PAIR_(child, ctx_context, parent, addresses->no_parent, 0);
  __asm__ volatile("" ::: "memory");
  CTX_STORE_PAIR_(root, ctx_root_frame_, saved_rbp, 0, 0);
  CTX_STORE_PAIR_(root, ctx_root_frame_, context, (uint64_t)(uintptr_t)child,
                  addresses->unwind_end);
  CTX_STORE_PAIR_(child, ctx_context, rip, addresses->enter_bare, rsp);
  child->rbp = rsp; /* by itself: it must not wait for control words that are read */
  CTX_STORE_PAIR_(child, ctx_context, fp_key, fp_key, (uint64_t)(uintptr_t)entry);
  CTX_STORE_PAIR_(child, ctx_context, mxcsr, fp_words, signal_mask);
  CTX_STORE_PAIR_(child, ctx_context, backstop, backstop, 0);
  if (options->backstop != NULL) child->backstop_data = options->backstop_data;
  if (options->activation != NULL) {
    child->rip = addresses->activate;
    child->enter = addresses->enter_bare;
    child->activation = options->activation;
    child->activation_data = options->activation_data;
  }
}

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_ARCH_X86_64_SYSV_FRESH_H_ */
