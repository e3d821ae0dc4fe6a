#include "testing/simulation/wrong.h"

#include "testing/harness/registers.h"

const char wrong_register_name[] = "x19";

ctx_context *wrong_swap_that_is_right(ctx_context *from, ctx_context *to)
    __attribute__((__visibility__("hidden")));
ctx_context *wrong_swap_that_is_right(ctx_context *from, ctx_context *to) {
  return ctx_swap_resumer(from, to);
}

/* It is in assembly as a whole: a function that a compiler has made may restore the register. */
__asm__(
    ".text\n"
    ".globl wrong_swap_that_loses_a_register\n"
    ".type wrong_swap_that_loses_a_register, %function\n"
    "wrong_swap_that_loses_a_register:\n"
    ".cfi_startproc\n"
    "hint #34\n" /* bti c */
    "stp x29, x30, [sp, #-16]!\n.cfi_adjust_cfa_offset 16\n"
    ".cfi_rel_offset x29, 0\n.cfi_rel_offset x30, 8\n"
    "bl wrong_swap_that_is_right\n"
    "ldp x29, x30, [sp], #16\n.cfi_adjust_cfa_offset -16\n"
    ".cfi_restore x29\n.cfi_restore x30\n"
    "add x19, x19, #1\n"
    "ret\n"
    ".cfi_endproc\n"
    ".size wrong_swap_that_loses_a_register, . - wrong_swap_that_loses_a_register\n");

void wrong_change_rounding(void) { ctx_test_set_fpcr(ctx_test_fpcr() ^ CTX_TEST_FPCR_ROUNDING); }
