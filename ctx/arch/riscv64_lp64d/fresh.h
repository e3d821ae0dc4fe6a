/* Writes a context that has no arguments. Included by ctx/inline.h, by way of
 * ctx/context/fresh.h. */
#ifndef CTX_ARCH_RISCV64_LP64D_FRESH_H_
#define CTX_ARCH_RISCV64_LP64D_FRESH_H_

#include "ctx/arch/riscv64_lp64d/fp_control.h"
#include "ctx/arch/riscv64_lp64d/fp_words.h"
#include "ctx/arch/root.h"
#include "ctx/ctx.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ctx_fresh_write_ writes the root frame below `end`, and every field that means something in a
 * fresh context without arguments. */
static __inline__ __attribute__((__always_inline__)) void ctx_fresh_write_(
    ctx_context *child, char *end, const ctx_options *options, ctx_entry entry,
    uint64_t signal_mask) {
  const struct ctx_fresh_addresses_ *addresses = &ctx_fresh_addresses_;
  ctx_root_frame_ *root = (ctx_root_frame_ *)(void *)(end - sizeof(ctx_root_frame_));
  uint64_t sp = (uint64_t)(uintptr_t)root;
  ctx_fresh_fp_ fp = ctx_fresh_choose_fp_(child, options, ctx_fp_words_(CTX_FRM_DEFAULT_));
  /* The child may be a parent that waits, and is dropped. So it waits no longer before anything
   * else of it changes: a signal's handler may come between, and unwind a child of it. */
  child->parent = (ctx_context *)(uintptr_t)addresses->no_parent;
  child->waits = NULL;
  __asm__ volatile("" ::: "memory");
  root->frame_pointer = 0;
  root->return_address = 0;
  root->context = child;
  root->unwind_end = addresses->unwind_end;
  child->pc = addresses->enter_bare;
  child->sp = sp;
  child->s0 = (uint64_t)(uintptr_t)&root->context; /* behind the record */
  child->fp_key = fp.key;
  child->entry = entry;
  child->fp_words = fp.words;
  child->signal_mask = signal_mask;
  child->backstop = options->backstop;
  child->returned = 0;
  ctx_fresh_write_callbacks_(child, options, &child->pc);
}

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_ARCH_RISCV64_LP64D_FRESH_H_ */
