#include "testing/arch/machine.h"

#include <stdio.h>

#include "testing/arch/aarch64_aapcs64/machine_state.h"
#include "testing/arch/aarch64_aapcs64/registers.h"

uintptr_t machine_program_counter(const ucontext_t *interrupted) {
  return (uintptr_t)interrupted->uc_mcontext.pc;
}

const void *machine_frame_record(const void *frame_pointer) { return frame_pointer; }

void machine_set_on(void *bottom, const ctx_context *to) {
  register const ctx_context *x0 __asm__("x0") = to;
  /* A jump through x16 may land where a call may. */
  register void (*x16)(const ctx_context *) __asm__("x16") = ctx_set;
  __asm__ volatile(
      "mov sp, %[bottom]\n\t"
      "br %[set]"
      :
      : "r"(x0), [bottom] "r"(bottom), [set] "r"(x16)
      : "memory");
  __builtin_unreachable();
}

const unsigned char machine_count_code[] = {
    0x5f, 0x24, 0x03, 0xd5, /* bti c */
    0x01, 0x00, 0x40, 0xf9, /* ldr x1, [x0] */
    0x21, 0x04, 0x00, 0x91, /* add x1, x1, #1 */
    0x01, 0x00, 0x00, 0xf9, /* str x1, [x0] */
    0xc0, 0x03, 0x5f, 0xd6, /* ret */
};
const size_t machine_count_code_size = sizeof machine_count_code;

/* There is one word. */
const size_t machine_num_fp_words = 1;

void machine_change_fp_word(size_t word) {
  (void)word;
  fp_control_set(CTX_TEST_FPCR_ROUNDS_DOWN);
}

/* It rounds towards zero. */
void machine_declare_other_fp(ctx_context *context) {
  ctx_declare_fp_control(context, CTX_TEST_FPCR_ROUNDING);
}

const char *machine_state_complaint(void) {
  static char complaint[64];
  machine_state state = machine_state_now();
  fp_control_set(DEFAULT_FPCR);
  complaint[0] = '\0';
  if (state.fpcr != DEFAULT_FPCR) {
    snprintf(complaint, sizeof complaint, "\n  FPCR: expected 0x%llx, found 0x%llx",
             (unsigned long long)DEFAULT_FPCR, (unsigned long long)state.fpcr);
  }
  return complaint;
}
