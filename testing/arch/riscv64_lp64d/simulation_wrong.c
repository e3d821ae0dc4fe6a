#include "testing/simulation/wrong.h"

#include "testing/harness/registers.h"

const char wrong_register_name[] = "s1";

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
    "addi sp, sp, -16\n.cfi_adjust_cfa_offset 16\n"
    "sd ra, 8(sp)\n.cfi_rel_offset ra, 8\n"
    "call wrong_swap_that_is_right\n"
    "ld ra, 8(sp)\n.cfi_restore ra\n"
    "addi sp, sp, 16\n.cfi_adjust_cfa_offset -16\n"
    "addi s1, s1, 1\n"
    "ret\n"
    ".cfi_endproc\n"
    ".size wrong_swap_that_loses_a_register, . - wrong_swap_that_loses_a_register\n");

void wrong_change_rounding(void) {
  ctx_test_set_frm(ctx_test_frm() == CTX_TEST_FRM_UP ? CTX_TEST_FRM_DOWN : CTX_TEST_FRM_UP);
}
