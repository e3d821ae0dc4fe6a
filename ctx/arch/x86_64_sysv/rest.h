/* How a context rests, as far as the rest of the library has to know. */
#ifndef CTX_ARCH_X86_64_SYSV_REST_H_
#define CTX_ARCH_X86_64_SYSV_REST_H_

#include <stdbool.h>

#include "ctx/arch/x86_64_sysv/fresh.h"
#include "ctx/arch/x86_64_sysv/routines.h"
#include "ctx/ctx.h"

/* ctx_rest_is_no_parent: whether nobody has swapped to the context that has this parent. Nothing is
 * read of the parent, since it may be gone. */
static inline bool ctx_rest_is_no_parent(const ctx_context *parent) {
  return (uint64_t)(uintptr_t)parent == ctx_fresh_addresses_.no_parent;
}

/* ctx_rest_is_at_start: whether the context goes on at its beginning. */
static inline bool ctx_rest_is_at_start(const ctx_context *child) {
  return child->rip == (uint64_t)(uintptr_t)ctx_asm_enter ||
         child->rip == (uint64_t)(uintptr_t)ctx_asm_enter_bare ||
         child->rip == (uint64_t)(uintptr_t)ctx_asm_enter_wide ||
         child->rip == CTX_RESUME_AT(ctx_asm_activate);
}

/* ctx_rest_at_activation makes a fresh context call its activation callback first. */
static inline void ctx_rest_at_activation(ctx_context *child) {
  child->rip = CTX_RESUME_AT(ctx_asm_activate);
}

/* The number that unwinders have for the frame pointer, rbp. */
#define CTX_UNWIND_FRAME_POINTER 6

/* ctx_rest_spare returns CTX_REST_SPARE bytes, aligned to 16, that nothing uses while an entry
 * runs. */
#define CTX_REST_SPARE 32
static inline void *ctx_rest_spare(ctx_context *child) { return child->retval_gp; }

/* ctx_rest_end makes a context one that has ended without a result, as `how` says: a
 * CTX_RETURNED_... It goes on at a trap. */
static inline void ctx_rest_end(ctx_context *child, uint64_t how) {
  child->rip = CTX_RESUME_AT(ctx_asm_orphan);
  child->retval_gp[0] = child->retval_gp[1] = 0;
  child->retval_fp[0] = child->retval_fp[1] = 0;
  child->returned = how;
}

/* ctx_rest_has_no_result: whether it has ended so. */
static inline bool ctx_rest_has_no_result(const ctx_context *child) {
  return child->returned >= CTX_RETURNED_CANCELLED;
}

/* ctx_rest_root returns the root frame to which a frame pointer leads. */
static inline ctx_root_frame_ *ctx_rest_root(uintptr_t frame_pointer) {
  return (ctx_root_frame_ *)(frame_pointer);
}

#endif /* CTX_ARCH_X86_64_SYSV_REST_H_ */
