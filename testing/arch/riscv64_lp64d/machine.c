#include "testing/arch/machine.h"

#include <stdio.h>

#include "testing/arch/riscv64_lp64d/machine_state.h"
#include "testing/arch/riscv64_lp64d/registers.h"

uintptr_t machine_program_counter(const ucontext_t *interrupted) {
  return (uintptr_t)interrupted->uc_mcontext.__gregs[REG_PC];
}

/* It ends where the frame pointer points ("Frame Pointer Convention"). */
const void *machine_frame_record(const void *frame_pointer) {
  return (const uint64_t *)frame_pointer - 2;
}

void machine_set_on(void *bottom, const ctx_context *to) {
  register const ctx_context *a0 __asm__("a0") = to;
  __asm__ volatile(
      "mv sp, %[bottom]\n\t"
      "jr %[set]"
      :
      : "r"(a0), [bottom] "r"(bottom), [set] "r"(ctx_set)
      : "memory");
  __builtin_unreachable();
}

const unsigned char machine_count_code[] = {
    0x83, 0x35, 0x05, 0x00, /* ld a1, 0(a0) */
    0x93, 0x85, 0x15, 0x00, /* addi a1, a1, 1 */
    0x23, 0x30, 0xb5, 0x00, /* sd a1, 0(a0) */
    0x67, 0x80, 0x00, 0x00, /* ret */
};
const size_t machine_count_code_size = sizeof machine_count_code;

/* There is one word. */
const size_t machine_num_fp_words = 1;

void machine_change_fp_word(size_t word) {
  (void)word;
  fp_control_set(CTX_TEST_FRM_DOWN);
}

void machine_declare_other_fp(ctx_context *context) {
  ctx_declare_fp_control(context, CTX_TEST_FRM_TOWARDS_ZERO);
}

const char *machine_state_complaint(void) {
  static char complaint[64];
  uint64_t frm = machine_state_now().frm;
  fp_control_set(DEFAULT_FRM);
  complaint[0] = '\0';
  if (frm != DEFAULT_FRM) {
    snprintf(complaint, sizeof complaint, "\n  frm: expected %u, found %u", DEFAULT_FRM,
             (unsigned)frm);
  }
  return complaint;
}
