/* How a context that has no arguments is made: checked, and written. ctx/inline.h inlines it where
 * contexts are started by the million; ctx/context.c builds everything else on it. */
#ifndef CTX_FRESH_X86_64_SYSV_H_
#define CTX_FRESH_X86_64_SYSV_H_

#include "ctx/ctx.h"
#include "ctx/fp_control_x86_64.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The frame at the end of every stack. rbp points to its beginning from the first instruction to
 * the last: the end of a chain of frame pointers, and the way from a stack to its context. */
typedef struct ctx_root_frame {
  uint64_t saved_rbp;      /* 0 */
  uint64_t return_address; /* 0 */
  ctx_context *context;
  uint64_t unwind_end; /* ctx_asm_orphan's address */
} ctx_root_frame;

/* The addresses within the library that a fresh context begins with. */
struct ctx_fresh_addresses {
  uint64_t enter_bare;
  uint64_t activate;
  uint64_t unwind_end;
  uint64_t no_parent;
};
extern const struct ctx_fresh_addresses ctx_fresh_addresses_;

/* ctx_signal_mask_pack takes a `const sigset_t *`. A C library's sigset_t may be longer, for
 * signals that Linux has not; it begins with the kernel's 64 bits. */
static __inline__ uint64_t ctx_signal_mask_pack(const void *mask) {
  uint64_t bits;
  __builtin_memcpy(&bits, mask, sizeof bits);
  return bits;
}

/* What can be said of init's parameters without looking at arguments. */
static __inline__ __attribute__((__always_inline__)) ctx_status ctx_fresh_check_(
    const ctx_context *child, const void *stack, size_t stack_size, const ctx_options *options,
    ctx_entry entry) {
  if (child == NULL || stack == NULL || entry == NULL) return CTX_ERR_NULL_ARGUMENT;
  if ((uintptr_t)child % __alignof__(ctx_context) != 0) return CTX_ERR_CONTEXT_UNALIGNED;
  uintptr_t end = (uintptr_t)stack + stack_size;
  if (end < stack_size) return CTX_ERR_STACK_RANGE;
  if (end % 16 != 0) return CTX_ERR_STACK_UNALIGNED;
  if ((options->flags & ~(CTX_FLAG_FP_SAVE | CTX_FLAG_FP_DEFAULT)) != 0) return CTX_ERR_BAD_FLAG;
  return CTX_OK;
}

/* Stores two neighbouring fields at once: half as many stores, of which a processor retires one or
 * two a cycle. */
typedef uint64_t ctx_pair_ __attribute__((vector_size(16)));
#define CTX_STORE_PAIR_(object, type, field, low, high)                               \
  do {                                                                                \
    ctx_pair_ ctx_pair_value_ = {(low), (high)};                                      \
    __builtin_memcpy((char *)(object) + offsetof(type, field), &ctx_pair_value_, 16); \
  } while (0)

/* Writes the root frame at `end`, and every field that means something in a fresh context, as it is
 * if there are no arguments. */
static __inline__ __attribute__((__always_inline__)) void ctx_fresh_write_(
    ctx_context *child, char *end, const ctx_options *options, ctx_entry entry,
    uint64_t signal_mask) {
  const struct ctx_fresh_addresses *addresses = &ctx_fresh_addresses_;
  char *root = end - sizeof(ctx_root_frame);
  uint64_t rsp = (uint64_t)(uintptr_t)root;
  uint64_t fp_words = (options->flags & CTX_FLAG_FP_DEFAULT) != 0
                          ? ctx_fp_words(CTX_MXCSR_DEFAULT, CTX_X87_DEFAULT)
                          : ctx_fp_current();
  uint64_t fp_key = ctx_fp_key(child, fp_words, (options->flags & CTX_FLAG_FP_SAVE) != 0);
  uint64_t backstop = (uint64_t)(uintptr_t)options->backstop;
  CTX_STORE_PAIR_(root, ctx_root_frame, saved_rbp, 0, 0);
  CTX_STORE_PAIR_(root, ctx_root_frame, context, (uint64_t)(uintptr_t)child, addresses->unwind_end);
  CTX_STORE_PAIR_(child, ctx_context, rip, addresses->enter_bare, rsp);
  CTX_STORE_PAIR_(child, ctx_context, rbp, rsp, addresses->no_parent);
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

/* The case that a runtime has at each start of a guest or a fiber: no arguments, a mask given. */
static __inline__ __attribute__((__always_inline__)) bool ctx_fresh_applies_(
    const ctx_options *options, size_t num_args) {
  return num_args == 0 && options != NULL && options->signal_mask != NULL;
}
static __inline__ __attribute__((__always_inline__)) ctx_status ctx_fresh_init_(
    ctx_context *child, void *stack, size_t stack_size, const ctx_options *options,
    ctx_entry entry) {
  ctx_status status = ctx_fresh_check_(child, stack, stack_size, options, entry);
  if (status != CTX_OK) return status;
  if (stack_size < sizeof(ctx_root_frame)) return CTX_ERR_STACK_SMALL;
  ctx_fresh_write_(child, (char *)stack + stack_size, options, entry,
                   ctx_signal_mask_pack(options->signal_mask));
  return CTX_OK;
}

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_FRESH_X86_64_SYSV_H_ */
