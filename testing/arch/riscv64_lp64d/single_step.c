/* This processor has no trap flag in user mode. The numbers are from The RISC-V Instruction Set
 * Manual, RV64GC. */
#include "testing/unwind/single_step.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint16_t step_word; /* an instruction has two bytes or four */
#define STEP_BREAK 0x9002   /* c.ebreak */
#define STEP_BREAK_TEXT "ebreak\n"
#define STEP_LAND_TEXT ""
#include "testing/unwind/breakpoints.h"

STEP_UNCOUNTED_BEGIN

enum { PC = REG_PC, SP = 2, A7 = 17 }; /* in mcontext_t.__gregs */

static uint64_t pc_of(const mcontext_t *registers) { return registers->__gregs[PC]; }
static void set_pc(mcontext_t *registers, uint64_t pc) { registers->__gregs[PC] = pc; }
static uint64_t sp_of(const mcontext_t *registers) { return registers->__gregs[SP]; }

/* Instructions are aligned to two bytes. */
static uint32_t instruction_at(uint64_t pc) {
  const uint16_t *code = (const uint16_t *)(uintptr_t)pc;
  bool is_compressed = (code[0] & 3) != 3;
  return is_compressed ? code[0] : code[0] | (uint32_t)code[1] << 16;
}

static unsigned size_of(uint32_t instruction) { return (instruction & 3) != 3 ? 2 : 4; }

/* Immediate operands are scattered: {the lowest bit of each part in the instruction, its width, the
 * bit where it goes}. The highest bit of all is the sign. */
typedef struct part {
  uint8_t from, width, to;
} part;

static uint64_t immediate(uint32_t instruction, const part *parts, size_t num_parts,
                          unsigned sign_bit) {
  uint64_t value = 0;
  for (size_t i = 0; i < num_parts; i++)
    value |= (uint64_t)field(instruction, parts[i].from, parts[i].width) << parts[i].to;
  uint64_t sign = UINT64_C(1) << sign_bit;
  return (value ^ sign) - sign;
}
#define IMMEDIATE(instruction, sign_bit, ...)         \
  immediate(instruction, (const part[]){__VA_ARGS__}, \
            sizeof((const part[]){__VA_ARGS__}) / sizeof(part), sign_bit)

/* Register 0 is zero; its place has the pc. */
static uint64_t value_of(const mcontext_t *registers, uint32_t number) {
  return number == 0 ? 0 : registers->__gregs[number];
}

static bool condition_holds(uint32_t funct3, uint64_t a, uint64_t b) {
  bool holds = (funct3 & 4) == 0 ? a == b : (funct3 & 2) == 0 ? (int64_t)a < (int64_t)b : a < b;
  return (funct3 & 1) == 0 ? holds : !holds;
}

static branch branch_of(uint32_t instruction, const mcontext_t *registers) {
  branch out = {.is_conditional = true};
  if ((instruction & 0x7f) == 0x63) { /* beq, bne, blt, bge, bltu, bgeu */
    out.distance = IMMEDIATE(instruction, 12, {8, 4, 1}, {25, 6, 5}, {7, 1, 11}, {31, 1, 12});
    out.is_taken =
        condition_holds(field(instruction, 12, 3), value_of(registers, field(instruction, 15, 5)),
                        value_of(registers, field(instruction, 20, 5)));
  } else if ((instruction & 0xc003) == 0xc001) { /* c.beqz, c.bnez */
    out.distance =
        IMMEDIATE(instruction, 8, {3, 2, 1}, {10, 2, 3}, {2, 1, 5}, {5, 2, 6}, {12, 1, 8});
    out.is_taken = condition_holds(field(instruction, 13, 1),
                                   value_of(registers, 8 + field(instruction, 7, 3)), 0);
  } else {
    out.is_conditional = false;
  }
  return out;
}

static uint64_t jump_target(uint32_t instruction, uint64_t pc, const mcontext_t *registers) {
  if ((instruction & 0x7f) == 0x6f) { /* jal */
    return pc + IMMEDIATE(instruction, 20, {21, 10, 1}, {20, 1, 11}, {12, 8, 12}, {31, 1, 20});
  }
  if ((instruction & 0x707f) == 0x67) { /* jalr */
    uint64_t base = value_of(registers, field(instruction, 15, 5));
    return (base + IMMEDIATE(instruction, 11, {20, 12, 0})) & ~UINT64_C(1);
  }
  if ((instruction & 0xe003) == 0xa001) { /* c.j */
    return pc + IMMEDIATE(instruction, 11, {3, 3, 1}, {11, 1, 4}, {2, 1, 5}, {7, 1, 6}, {6, 1, 7},
                          {9, 2, 8}, {8, 1, 10}, {12, 1, 11});
  }
  if ((instruction & 0xe07f) == 0x8002 && field(instruction, 7, 5) != 0) { /* c.jr, c.jalr */
    return value_of(registers, field(instruction, 7, 5));
  }
  return 0;
}

static bool is_system_call(uint32_t instruction) { return instruction == 0x73; /* ecall */ }
static uint64_t system_call_number(const mcontext_t *registers) { return registers->__gregs[A7]; }

/* lr.w, lr.d; sc.w, sc.d. */
static bool is_exclusive(uint32_t instruction, bool is_load) {
  return (instruction & 0xf800607f) == (is_load ? 0x1000202fu : 0x1800202fu);
}

STEP_UNCOUNTED_END
