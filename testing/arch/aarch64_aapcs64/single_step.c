/* This processor has no trap flag in user mode. The numbers are from the Arm Architecture Reference
 * Manual, C4.1. */
#include "testing/unwind/single_step.h"

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

typedef uint32_t step_word;
#define STEP_BREAK 0xd4200000u
#define STEP_BREAK_TEXT "brk #0\n"
#define STEP_LAND_TEXT "hint #34\n" /* bti c */
#include "testing/unwind/breakpoints.h"

STEP_UNCOUNTED_BEGIN

enum { LINK_REGISTER = 30 };

static uint64_t pc_of(const mcontext_t *registers) { return registers->pc; }
static void set_pc(mcontext_t *registers, uint64_t pc) { registers->pc = pc; }
static uint64_t sp_of(const mcontext_t *registers) { return registers->sp; }

static uint32_t instruction_at(uint64_t pc) { return *(const uint32_t *)(uintptr_t)pc; }

static unsigned size_of(uint32_t instruction) { return sizeof instruction; }

/* The distance of a branch, in bytes, from a signed field in words. */
static uint64_t distance(uint32_t instruction, unsigned low, unsigned width) {
  uint64_t words = field(instruction, low, width);
  uint64_t sign = UINT64_C(1) << (width - 1);
  return ((words ^ sign) - sign) * 4;
}

/* Register 31 is zero here. */
static uint64_t value_of(const mcontext_t *registers, uint32_t number) {
  return number == 31 ? 0 : registers->regs[number];
}

static bool condition_holds(uint64_t pstate, uint32_t condition) {
  bool n = pstate >> 31 & 1, z = pstate >> 30 & 1, c = pstate >> 29 & 1, v = pstate >> 28 & 1;
  const bool of[] = {z, c, n, v, c && !z, n == v, n == v && !z, true};
  bool holds = of[condition / 2];
  return condition % 2 != 0 && condition != 15 ? !holds : holds;
}

static branch branch_of(uint32_t instruction, const mcontext_t *registers) {
  branch out = {.is_conditional = true, .distance = distance(instruction, 5, 19)};
  uint64_t value = value_of(registers, field(instruction, 0, 5));
  bool inverted = field(instruction, 24, 1) != 0;
  if ((instruction & 0xff000000) == 0x54000000) { /* b.cond */
    out.is_taken = condition_holds(registers->pstate, field(instruction, 0, 4));
  } else if ((instruction & 0x7e000000) == 0x34000000) { /* cbz, cbnz */
    if (field(instruction, 31, 1) == 0) value = (uint32_t)value;
    out.is_taken = (value == 0) != inverted;
  } else if ((instruction & 0x7e000000) == 0x36000000) { /* tbz, tbnz */
    unsigned bit = field(instruction, 31, 1) << 5 | field(instruction, 19, 5);
    out.is_taken = (value >> bit & 1) == inverted;
    out.distance = distance(instruction, 5, 14);
  } else {
    out.is_conditional = false;
  }
  return out;
}

/* br, blr, ret; and those that authenticate the address, which is signed in its upper bits. */
static uint64_t target_of_register(uint32_t instruction, const mcontext_t *registers) {
  bool authenticates = field(instruction, 11, 1) != 0;
  uint32_t number = field(instruction, 5, 5);
  if (authenticates && number == 31) number = LINK_REGISTER; /* retaa */
  uint64_t target = value_of(registers, number);
  return authenticates ? target & ((UINT64_C(1) << 48) - 1) : target;
}

static uint64_t jump_target(uint32_t instruction, uint64_t pc, const mcontext_t *registers) {
  if ((instruction & 0x7c000000) == 0x14000000)
    return pc + distance(instruction, 0, 26); /* b, bl */
  if ((instruction & 0xfe000000) == 0xd6000000) return target_of_register(instruction, registers);
  return 0;
}

static bool is_system_call(uint32_t instruction) { return instruction == 0xd4000001; }
static uint64_t system_call_number(const mcontext_t *registers) { return registers->regs[8]; }

static bool is_exclusive(uint32_t instruction, bool is_load) {
  bool is_casp = field(instruction, 31, 1) == 0 && field(instruction, 21, 1) != 0;
  return (instruction & 0x3fc00000) == (is_load ? 0x08400000u : 0x08000000u) && !is_casp;
}

STEP_UNCOUNTED_END
