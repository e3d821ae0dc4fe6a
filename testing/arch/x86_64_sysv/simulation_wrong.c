#include "testing/simulation/wrong.h"

#include "testing/harness/registers.h"

const char wrong_register_name[] = "r12";

/* It is in assembly, so that no compiler keeps the register. */
__asm__(
    ".text\n"
    ".globl wrong_change_register\n"
    ".type wrong_change_register, @function\n"
    "wrong_change_register:\n"
    ".cfi_startproc\n"
    "endbr64\n"
    "incq %r12\n"
    "retq\n"
    ".cfi_endproc\n"
    ".size wrong_change_register, . - wrong_change_register\n");

void wrong_change_rounding(void) {
  enum { ROUNDING = 0x6000 };
  ctx_test_set_fp_words(ctx_test_mxcsr_control() ^ ROUNDING, ctx_test_x87_control());
}
