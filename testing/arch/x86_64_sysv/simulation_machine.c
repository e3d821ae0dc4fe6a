#include "testing/simulation/machine.h"

#include <stdio.h>
#include <string.h>

#include "testing/harness/record.h"
#include "testing/harness/registers.h"

/* ---- Control words: MXCSR in the lower half, the x87 control word above it ---- */

enum {
  MXCSR_CONTROL = 0xffc0,
  X87_CONTROL = 0x1f7f,
  X87_CHOICES = 0x0f7f,   /* infinity control is without effect */
  X87_ALWAYS_SET = 0x0040 /* reserved */
};

static model_fp fp_of(uint32_t mxcsr, uint16_t x87_control) {
  return (model_fp)x87_control << 32 | mxcsr;
}

static uint32_t mxcsr_of(model_fp fp) { return (uint32_t)fp; }

static uint16_t x87_control_of(model_fp fp) { return (uint16_t)(fp >> 32); }

model_fp machine_fp_default(void) { return fp_of(0x1f80, 0x037f); }

model_fp machine_fp_of_seed(uint64_t seed) {
  uint64_t bits = ctx_test_random(&seed);
  return fp_of((uint32_t)(bits & MXCSR_CONTROL),
               (uint16_t)((bits >> 32 & X87_CHOICES) | X87_ALWAYS_SET));
}

model_fp machine_fp_in_force(void) {
  return fp_of(ctx_test_mxcsr_control(), ctx_test_x87_control());
}

void machine_fp_load(model_fp fp) { ctx_test_set_fp_words(mxcsr_of(fp), x87_control_of(fp)); }

void machine_fp_declare(ctx_context *context, model_fp fp) {
  ctx_declare_fp_control(context, mxcsr_of(fp), x87_control_of(fp));
}

const char *machine_fp_text(model_fp fp, char text[MACHINE_TEXT_SIZE]) {
  snprintf(text, MACHINE_TEXT_SIZE, "MXCSR %#x, x87 control word %#x", mxcsr_of(fp),
           x87_control_of(fp));
  return text;
}

model_fp machine_fp_accept(struct ctx_test_registers *registers) {
  registers->before.mxcsr = registers->after.mxcsr;
  registers->before.x87.control = registers->after.x87.control;
  return fp_of(registers->after.mxcsr & MXCSR_CONTROL, registers->after.x87.control & X87_CONTROL);
}

/* ---- Signals ---- */

/* The direction flag and the x87 registers are to be put right, whatever they are. */
void machine_trap(bool spoils) {
  if (spoils) {
    __asm__ volatile("fld1\n\tstd\n\tint3" : : : "memory");
  } else {
    __asm__ volatile("int3" : : : "memory");
  }
}

/* ---- Values ---- */

enum { LONG_DOUBLE_SIZE = 10, LONG_DOUBLE_LEADING_BYTE = 7, LONG_DOUBLE_LEADING_BIT = 0x80 };

size_t machine_long_double_size(void) { return LONG_DOUBLE_SIZE; }

/* The leading bit of the significand is set. */
void machine_long_double_normalise(uint8_t *bytes) {
  bytes[LONG_DOUBLE_LEADING_BYTE] |= LONG_DOUBLE_LEADING_BIT;
  memset(bytes + LONG_DOUBLE_SIZE, 0, sizeof(long double) - LONG_DOUBLE_SIZE);
}
