#include "testing/simulation/machine.h"

#include <stdio.h>

#include "testing/harness/record.h"
#include "testing/harness/registers.h"

/* ---- The control word ---- */

/* Every processor has these bits. */
enum {
  FPCR_CHOICES = CTX_TEST_FPCR_ROUNDING | CTX_TEST_FPCR_FLUSH_TO_ZERO | CTX_TEST_FPCR_DEFAULT_NAN |
                 CTX_TEST_FPCR_ALTERNATIVE_HALF
};

model_fp machine_fp_default(void) { return 0; }

model_fp machine_fp_of_seed(uint64_t seed) { return ctx_test_random(&seed) & FPCR_CHOICES; }

model_fp machine_fp_in_force(void) { return ctx_test_fpcr(); }

void machine_fp_load(model_fp fp) { ctx_test_set_fpcr(fp); }

void machine_fp_declare(ctx_context *context, model_fp fp) {
  ctx_declare_fp_control(context, (uint32_t)fp);
}

const char *machine_fp_text(model_fp fp, char text[MACHINE_TEXT_SIZE]) {
  snprintf(text, MACHINE_TEXT_SIZE, "FPCR %#llx", (unsigned long long)fp);
  return text;
}

model_fp machine_fp_accept(struct ctx_test_registers *registers) {
  registers->before.fpcr = registers->after.fpcr;
  return registers->after.fpcr;
}

/* ---- Signals ---- */

/* There is no register that every function finds in a certain state, except FPCR. */
void machine_trap(bool spoils) {
  (void)spoils;
  __asm__ volatile("brk #0" : : : "memory");
}

/* ---- Values ---- */

/* All of it: IEEE's format of 128 bits. */
size_t machine_long_double_size(void) { return sizeof(long double); }

void machine_long_double_normalise(uint8_t *bytes) { (void)bytes; }
