register long interpreter_state __asm__("s11"); /* gcc only */

/* Through this pointer a switch is a call, which keeps the register. */
static void (*volatile swap)(ctx_context *from, ctx_context *to) = ctx_swap;
static ctx_context *(*volatile yield)(ctx_context *self) = ctx_yield;
