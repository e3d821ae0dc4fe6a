/* The routines of asm/x86_64_sysv/switch.S, for C. That file says what each takes and does. */
#ifndef CTX_ARCH_X86_64_SYSV_ROUTINES_H_
#define CTX_ARCH_X86_64_SYSV_ROUTINES_H_

#include "ctx/arch/x86_64_sysv/layout.h"
#include "ctx/ctx.h"
#include "ctx/internal/attributes.h"

/* Contexts go on in these. C uses only their addresses, those of the last two by CTX_RESUME_AT. */
void ctx_asm_enter(void) CTX_HIDDEN;
void ctx_asm_enter_bare(void) CTX_HIDDEN;
void ctx_asm_enter_wide(void) CTX_HIDDEN;
void ctx_asm_activate(void) CTX_HIDDEN;
void ctx_asm_orphan(void) CTX_HIDDEN;
#define CTX_RESUME_AT(function) ((uint64_t)(uintptr_t)(function) + CTX_RESUME_OFFSET)

/* A context whose frames have been unwound ends here. `root` is the frame pointer of its root. */
_Noreturn void ctx_asm_end_cancelled(uintptr_t root) CTX_HIDDEN;

/* An unwinder goes on here, at the root of a context that an exception has left. */
void ctx_asm_threw(void) CTX_HIDDEN;

/* ctx_asm_yield_with is ctx_swap_with from a child to its parent, and changes nobody's parent. */
void ctx_asm_yield_with(ctx_context *self, ctx_context *parent, ctx_callback function,
                        void *data) CTX_HIDDEN;

/* These are ctx_set and ctx_swap_with themselves, also in builds where a C function has the name.
 */
_Noreturn void ctx_asm_set(const ctx_context *to) CTX_HIDDEN;
void ctx_asm_swap_with(ctx_context *from, ctx_context *to, ctx_callback function,
                       void *data) CTX_HIDDEN;

/* The bytes of the widest vector registers that there are; 16 until cpu.c has asked. */
extern uint8_t ctx_asm_vector_size CTX_HIDDEN;

#endif /* CTX_ARCH_X86_64_SYSV_ROUTINES_H_ */
