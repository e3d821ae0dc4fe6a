/* How a context rests, as far as the rest of the library has to know. */
#ifndef CTX_ARCH_RISCV64_LP64D_REST_H_
#define CTX_ARCH_RISCV64_LP64D_REST_H_

#include <stdbool.h>

#include "ctx/arch/riscv64_lp64d/fresh.h"
#include "ctx/arch/riscv64_lp64d/routines.h"
#include "ctx/ctx.h"

/* ctx_rest_is_no_parent: whether nobody has swapped to the context that has this parent. Nothing is
 * read of the parent, since it may be gone. */
static inline bool ctx_rest_is_no_parent(const ctx_context *parent) {
  return (uint64_t)(uintptr_t)parent == ctx_fresh_addresses_.no_parent;
}

/* ctx_rest_is_at_start: whether the context goes on at its beginning. */
static inline bool ctx_rest_is_at_start(const ctx_context *child) {
  return child->pc == (uint64_t)(uintptr_t)ctx_asm_enter ||
         child->pc == (uint64_t)(uintptr_t)ctx_asm_enter_bare ||
         child->pc == CTX_RESUME_AT(ctx_asm_activate);
}

/* ctx_rest_at_activation makes a fresh context call its activation callback first. */
static inline void ctx_rest_at_activation(ctx_context *child) {
  child->pc = CTX_RESUME_AT(ctx_asm_activate);
}

#endif /* CTX_ARCH_RISCV64_LP64D_REST_H_ */
