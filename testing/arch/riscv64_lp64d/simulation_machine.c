#include "testing/simulation/machine.h"

#include <stdio.h>
#include <string.h>

#include "testing/harness/record.h"
#include "testing/harness/registers.h"

/* ---- The control word ---- */

model_fp machine_fp_default(void) { return CTX_TEST_FRM_NEAREST; }

/* Seeds are few, so each mode except the default has its own. */
model_fp machine_fp_of_seed(uint64_t seed) { return 1 + seed % CTX_TEST_FRM_NEAREST_MAX_MAGNITUDE; }

model_fp machine_fp_in_force(void) { return ctx_test_frm(); }

void machine_fp_load(model_fp fp) { ctx_test_set_frm(fp); }

void machine_fp_declare(ctx_context *context, model_fp fp) { ctx_declare_fp_control(context, fp); }

const char *machine_fp_text(model_fp fp, char text[MACHINE_TEXT_SIZE]) {
  snprintf(text, MACHINE_TEXT_SIZE, "frm %llu", (unsigned long long)fp);
  return text;
}

/* ---- Switches ---- */

_Static_assert((int)MACHINE_TEXT_SIZE == (int)CTX_TEST_VERDICT_SIZE, "a verdict is a complaint");

void machine_switch(machine_switched *out, machine_switch_function *function, ctx_context *from,
                    ctx_context *to, uint64_t seed, void (*begin)(void), void (*end)(void)) {
  struct ctx_test_registers registers;
  memset(&registers, 0, sizeof registers);
  ctx_test_registers_draw(&registers, &seed);
  ctx_test_switch called = (ctx_test_switch)(uintptr_t)function;
  begin();
  out->resumer = ctx_test_call_with_registers(&registers, called, from, to);
  end();
  /* The model says which word it should have: another may have been declared for it meanwhile. */
  registers.before.frm = registers.after.frm;
  out->fp = registers.after.frm;
  ctx_test_registers_verdict(&registers, out->complaint);
}

const ctx_context *machine_waits(const ctx_context *context) { return context->waits; }

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
