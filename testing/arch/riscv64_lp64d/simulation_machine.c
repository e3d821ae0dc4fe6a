#include "testing/simulation/machine.h"

#include <stdio.h>

#include "testing/harness/record.h"
#include "testing/harness/registers.h"

/* ---- The control word ---- */

model_fp machine_fp_default(void) { return CTX_TEST_FRM_NEAREST; }

model_fp machine_fp_of_seed(uint64_t seed) {
  return ctx_test_random(&seed) % (CTX_TEST_FRM_NEAREST_MAX_MAGNITUDE + 1);
}

model_fp machine_fp_in_force(void) { return ctx_test_frm(); }

void machine_fp_load(model_fp fp) { ctx_test_set_frm(fp); }

void machine_fp_declare(ctx_context *context, model_fp fp) { ctx_declare_fp_control(context, fp); }

const char *machine_fp_text(model_fp fp, char text[MACHINE_TEXT_SIZE]) {
  snprintf(text, MACHINE_TEXT_SIZE, "frm %llu", (unsigned long long)fp);
  return text;
}

model_fp machine_fp_accept(struct ctx_test_registers *registers) {
  registers->before.frm = registers->after.frm;
  return registers->after.frm;
}

/* ---- Signals ---- */

/* There is no register that every function finds in a certain state, except frm. */
void machine_trap(bool spoils) {
  (void)spoils;
  __asm__ volatile("ebreak" : : : "memory");
}

/* ---- Values ---- */

/* All of it: IEEE's format of 128 bits. */
size_t machine_long_double_size(void) { return sizeof(long double); }

void machine_long_double_normalise(uint8_t *bytes) { (void)bytes; }
