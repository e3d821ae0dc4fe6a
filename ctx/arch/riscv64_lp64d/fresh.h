/* Writes a context that has no arguments. Included by ctx/inline.h, by way of
 * ctx/context/fresh.h. */
#ifndef CTX_ARCH_RISCV64_LP64D_FRESH_H_
#define CTX_ARCH_RISCV64_LP64D_FRESH_H_

#include "ctx/arch/riscv64_lp64d/fp_control.h"
#include "ctx/arch/riscv64_lp64d/fp_words.h"
#include "ctx/ctx.h"
#include "ctx/internal/build.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The frame at the end of every stack. s0 points behind its record, the first two words, when a
 * context starts, and again when the entry has returned. There a chain of frame records ends, and
 * assembly finds a stack's context. It may lie in a user's object of any type. */
typedef struct ctx_root_frame_ {
  uint64_t saved_s0;       /* 0 */
  uint64_t return_address; /* 0 */
  ctx_context *context;
  uint64_t unwind_end; /* ctx_asm_orphan's address */
} __attribute__((__may_alias__)) ctx_root_frame_;

/* The addresses within the library that a fresh context begins with. */
struct ctx_fresh_addresses_ {
  uint64_t enter_bare;
  uint64_t activate;
  uint64_t unwind_end;
  uint64_t no_parent;
};
extern const struct ctx_fresh_addresses_ ctx_fresh_addresses_
    CTX_BUILD_SYMBOL_(ctx_fresh_addresses_);

/* ctx_fresh_write_ writes the root frame below `end`, and every field that means something in a
 * fresh context without arguments. */
static __inline__ __attribute__((__always_inline__)) void ctx_fresh_write_(
    ctx_context *child, char *end, const ctx_options *options, ctx_entry entry,
    uint64_t signal_mask) {
  const struct ctx_fresh_addresses_ *addresses = &ctx_fresh_addresses_;
  ctx_root_frame_ *root = (ctx_root_frame_ *)(void *)(end - sizeof(ctx_root_frame_));
  uint64_t sp = (uint64_t)(uintptr_t)root;
  bool inherits = (options->flags & CTX_FLAG_FP_INHERIT) != 0;
  uint64_t fp_words = inherits || (options->flags & CTX_FLAG_FP_DEFAULT) != 0
                          ? ctx_fp_words_(CTX_FRM_DEFAULT_)
                          : ctx_fp_current_();
  uint64_t fp_key = inherits
                        ? ctx_fp_key_own_(child) | CTX_FP_KEY_INHERITS_
                        : ctx_fp_key_(child, fp_words, (options->flags & CTX_FLAG_FP_SAVE) != 0);
  /* The child may be a parent that waits, and is dropped. So it waits no longer before anything
   * else of it changes: a signal's handler may come between, and unwind a child of it. */
  child->parent = (ctx_context *)(uintptr_t)addresses->no_parent;
  child->waits = NULL;
  __asm__ volatile("" ::: "memory");
  root->saved_s0 = 0;
  root->return_address = 0;
  root->context = child;
  root->unwind_end = addresses->unwind_end;
  child->pc = addresses->enter_bare;
  child->sp = sp;
  child->s0 = (uint64_t)(uintptr_t)&root->context; /* behind the record */
  child->fp_key = fp_key;
  child->entry = entry;
  child->fp_words = fp_words;
  child->signal_mask = signal_mask;
  child->backstop = options->backstop;
  child->returned = 0;
  if (options->backstop != NULL) child->backstop_data = options->backstop_data;
  if (options->activation != NULL) {
    child->pc = addresses->activate;
    child->enter = addresses->enter_bare;
    child->activation = options->activation;
    child->activation_data = options->activation_data;
  }
}

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_ARCH_RISCV64_LP64D_FRESH_H_ */
