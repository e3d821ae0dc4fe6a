#define _GNU_SOURCE /* REG_RIP */
#include "testing/arch/machine.h"

#include <stdio.h>
#include <string.h>

#include "testing/arch/x86_64_sysv/machine_state.h"

uintptr_t machine_program_counter(const ucontext_t *interrupted) {
  return (uintptr_t)interrupted->uc_mcontext.gregs[REG_RIP];
}

const void *machine_frame_record(const void *frame_pointer) { return frame_pointer; }

void machine_set_on(void *bottom, const ctx_context *to) {
  __asm__ volatile(
      "movq %[to], %%rdi\n\t"
      "movq %[bottom], %%rsp\n\t"
      "jmp *%[set]"
      :
      : [to] "r"(to), [bottom] "r"(bottom), [set] "r"((void (*)(const ctx_context *))ctx_set)
      : "rdi", "memory");
  __builtin_unreachable();
}

const unsigned char machine_count_code[] = {
    0xf3, 0x0f, 0x1e, 0xfa, /* endbr64 */
    0x48, 0xff, 0x07,       /* incq (%rdi) */
    0xc3,                   /* ret */
};
const size_t machine_count_code_size = sizeof machine_count_code;

/* MXCSR rounds down; the x87 unit rounds up. */
static const struct {
  uint32_t mxcsr;
  uint16_t x87_control;
} changed[] = {{0x3f80, DEFAULT_X87_CONTROL}, {DEFAULT_MXCSR, 0x0b7f}};
const size_t machine_num_fp_words = sizeof changed / sizeof changed[0];

void machine_change_fp_word(size_t word) {
  fp_control_set(changed[word].mxcsr, changed[word].x87_control);
}

/* Both round towards zero. */
void machine_declare_other_fp(ctx_context *context) {
  ctx_declare_fp_control(context, 0x7f80, 0x0f7f);
}

static char complaint[256];

static void expect(const char *what, unsigned expected, unsigned actual) {
  if (expected == actual) return;
  size_t length = strlen(complaint);
  snprintf(complaint + length, sizeof complaint - length, "\n  %s: expected 0x%x, found 0x%x", what,
           expected, actual);
}

const char *machine_state_complaint(void) {
  machine_state state = machine_state_now();
  __asm__ volatile("cld");
  fp_control_set(DEFAULT_MXCSR, DEFAULT_X87_CONTROL);
  complaint[0] = '\0';
  expect("MXCSR control bits", DEFAULT_MXCSR, state.mxcsr_control);
  expect("x87 control word", DEFAULT_X87_CONTROL, state.x87_control);
  expect("x87 tags", 0xffff, state.x87_tags);
  expect("direction flag", 0, state.direction_flag);
  return complaint;
}
