#include "testing/simulation/wrong.h"

#include "testing/harness/registers.h"

const char wrong_register_name[] = "r12";

ctx_context *wrong_swap_that_is_right(ctx_context *from, ctx_context *to)
    __attribute__((__visibility__("hidden")));
ctx_context *wrong_swap_that_is_right(ctx_context *from, ctx_context *to) {
  return ctx_swap_resumer(from, to);
}

/* It is in assembly as a whole: a function that a compiler has made may restore the register. */
__asm__(
    ".text\n"
    ".globl wrong_swap_that_loses_a_register\n"
    ".type wrong_swap_that_loses_a_register, @function\n"
    "wrong_swap_that_loses_a_register:\n"
    ".cfi_startproc\n"
    "endbr64\n"
    "subq $8, %rsp\n.cfi_adjust_cfa_offset 8\n"
    "callq wrong_swap_that_is_right\n"
    "addq $8, %rsp\n.cfi_adjust_cfa_offset -8\n"
    "incq %r12\n"
    "retq\n"
    ".cfi_endproc\n"
    ".size wrong_swap_that_loses_a_register, . - wrong_swap_that_loses_a_register\n");

void wrong_change_rounding(void) {
  enum { ROUNDING = 0x6000 };
  ctx_test_set_fp_words(ctx_test_mxcsr_control() ^ ROUNDING, ctx_test_x87_control());
}
