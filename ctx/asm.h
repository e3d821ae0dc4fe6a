/* The routines of the assembly object, for C. What each takes and does is told where it stands. */
#ifndef CTX_ASM_H_
#define CTX_ASM_H_

#include "ctx/ctx.h"

/* Where contexts go on: only their addresses are used. */
void ctx_asm_activate(void);
void ctx_asm_enter(void);
void ctx_asm_enter_bare(void);
void ctx_asm_orphan(void);

/* ctx_swap and ctx_set themselves, also in builds where C functions of these names stand before
 * them. */
void ctx_asm_call_swap(ctx_context *from, ctx_context *to);
_Noreturn void ctx_asm_set(const ctx_context *to);

#endif /* CTX_ASM_H_ */
