/* The routines of the assembly object, for C. What each takes and does is told where it stands. */
#ifndef CTX_ASM_H_
#define CTX_ASM_H_

#include "asm/layout.h"
#include "ctx/ctx.h"

/* Within the library only: called without a detour through a table of the dynamic linker's. */
#define CTX_HIDDEN __attribute__((visibility("hidden")))

#define CTX_NOINLINE __attribute__((noinline))

/* Where contexts go on: only their addresses are used; those of the last two plus an offset. */
void ctx_asm_enter(void) CTX_HIDDEN;
void ctx_asm_enter_bare(void) CTX_HIDDEN;
void ctx_asm_enter_wide(void) CTX_HIDDEN;
void ctx_asm_activate(void) CTX_HIDDEN;
void ctx_asm_orphan(void) CTX_HIDDEN;
#define CTX_RESUME_AT(function) ((uint64_t)(uintptr_t)(function) + CTX_RESUME_OFFSET)

/* ctx_set itself, also in builds where a C function of this name stands before it. */
_Noreturn void ctx_asm_set(const ctx_context *to) CTX_HIDDEN;

/* The bytes of the widest vector registers that there are; 16 until that is known. */
extern uint8_t ctx_asm_vector_size CTX_HIDDEN;

#endif /* CTX_ASM_H_ */
