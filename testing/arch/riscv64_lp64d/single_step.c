/* This processor has no trap flag in user mode. So a breakpoint takes the place of whatever
 * instruction will be executed next, and goes back out of the way when it has been hit. Where a
 * branch leads follows from the registers.
 *
 * An exclusive load and its store are one step: between them a breakpoint would make each store
 * fail. Threads that are not stepped must not execute the code that is. If a handler of another
 * signal leaves the stepped code for good, steps end. */
#include "testing/unwind/single_step.h"

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MAX_BREAKPOINTS = 4, MAX_EXCLUSIVE = 64, NUMBER_OF_SIGRETURN = 139 };
enum { PC = REG_PC, SP = 2, A7 = 17 }; /* in mcontext_t.__gregs */
#define BREAK 0x9002                   /* c.ebreak: an instruction has two bytes or four */
#define SIGNAL_INFO_SIZE 128           /* in front of the ucontext_t of a signal's frame, at sp */

static step_visitor visitor;
static struct sigaction old_action;
static stack_t old_stack;
static char handler_stack[256 * 1024] __attribute__((aligned(16)));

/* ---- Breakpoints ---- */

static struct {
  uint16_t *at;
  uint16_t instruction; /* that was there, or its first half */
} breakpoints[MAX_BREAKPOINTS];
static size_t num_breakpoints;
static bool is_stepping;

static void write_instruction(uint16_t *at, uint16_t instruction) {
  uintptr_t page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
  void *page = (void *)((uintptr_t)at & ~(page_size - 1));
  if (mprotect(page, page_size, PROT_READ | PROT_WRITE | PROT_EXEC) != 0) abort();
  __atomic_store_n(at, instruction, __ATOMIC_SEQ_CST);
  __builtin___clear_cache((char *)at, (char *)(at + 1));
}

static void add_breakpoint(uint64_t address) {
  uint16_t *at = (uint16_t *)(uintptr_t)address;
  for (size_t i = 0; i < num_breakpoints; i++)
    if (breakpoints[i].at == at) return;
  if (num_breakpoints == MAX_BREAKPOINTS) abort();
  breakpoints[num_breakpoints].at = at;
  breakpoints[num_breakpoints++].instruction = *at;
  write_instruction(at, BREAK);
}

static void remove_breakpoints(void) {
  while (num_breakpoints != 0) {
    num_breakpoints--;
    write_instruction(breakpoints[num_breakpoints].at, breakpoints[num_breakpoints].instruction);
  }
}

static bool is_breakpoint(uint64_t address) {
  for (size_t i = 0; i < num_breakpoints; i++)
    if ((uintptr_t)breakpoints[i].at == address) return true;
  return false;
}

/* ---- What is executed next: The RISC-V Instruction Set Manual, RV64GC ---- */

/* Instructions are aligned to two bytes. */
static uint32_t instruction_at(uint64_t pc) {
  const uint16_t *code = (const uint16_t *)(uintptr_t)pc;
  bool is_compressed = (code[0] & 3) != 3;
  return is_compressed ? code[0] : code[0] | (uint32_t)code[1] << 16;
}

static unsigned size_of(uint32_t instruction) { return (instruction & 3) != 3 ? 2 : 4; }

static uint32_t field(uint32_t instruction, unsigned low, unsigned width) {
  return instruction >> low & ((1u << width) - 1);
}

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

/* A conditional branch: whether it is one, where it leads, and whether it goes there. */
typedef struct branch {
  bool is_conditional;
  bool is_taken;
  uint64_t distance;
} branch;

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

/* lr.w, lr.d; sc.w, sc.d. */
static bool is_exclusive(uint32_t instruction, bool is_load) {
  return (instruction & 0xf800607f) == (is_load ? 0x1000202fu : 0x1800202fu);
}

/* Breaks behind the exclusive store of the load at `pc`, and wherever branches between them lead.
 */
static void add_exclusive(uint64_t pc, const mcontext_t *registers) {
  uint64_t first = pc + size_of(instruction_at(pc));
  uint64_t end = first;
  while (end < pc + MAX_EXCLUSIVE && !is_exclusive(instruction_at(end), false))
    end += size_of(instruction_at(end));
  if (end >= pc + MAX_EXCLUSIVE) { /* there is no store: the load is a step of its own */
    add_breakpoint(first);
    return;
  }
  uint64_t behind = end + size_of(instruction_at(end));
  for (uint64_t at = first; at < end; at += size_of(instruction_at(at))) {
    branch out = branch_of(instruction_at(at), registers);
    uint64_t target = at + out.distance;
    bool leaves = target < pc || target > end;
    if (out.is_conditional && leaves) add_breakpoint(target);
  }
  add_breakpoint(behind);
}

/* Breaks at what follows the instruction that is about to be executed. */
static void add_next(const ucontext_t *interrupted) {
  const mcontext_t *registers = &interrupted->uc_mcontext;
  uint64_t pc = registers->__gregs[PC];
  uint32_t instruction = instruction_at(pc);
  uint64_t following = pc + size_of(instruction);
  branch conditional = branch_of(instruction, registers);
  if (conditional.is_conditional) {
    add_breakpoint(conditional.is_taken ? pc + conditional.distance : following);
  } else if ((instruction & 0x7f) == 0x6f) { /* jal */
    add_breakpoint(pc +
                   IMMEDIATE(instruction, 20, {21, 10, 1}, {20, 1, 11}, {12, 8, 12}, {31, 1, 20}));
  } else if ((instruction & 0x707f) == 0x67) { /* jalr */
    uint64_t base = value_of(registers, field(instruction, 15, 5));
    add_breakpoint((base + IMMEDIATE(instruction, 11, {20, 12, 0})) & ~UINT64_C(1));
  } else if ((instruction & 0xe003) == 0xa001) { /* c.j */
    add_breakpoint(pc + IMMEDIATE(instruction, 11, {3, 3, 1}, {11, 1, 4}, {2, 1, 5}, {7, 1, 6},
                                  {6, 1, 7}, {9, 2, 8}, {8, 1, 10}, {12, 1, 11}));
  } else if ((instruction & 0xe07f) == 0x8002 && field(instruction, 7, 5) != 0) { /* c.jr, c.jalr */
    add_breakpoint(value_of(registers, field(instruction, 7, 5)));
  } else if (instruction == 0x73 && registers->__gregs[A7] == NUMBER_OF_SIGRETURN) { /* ecall */
    uint64_t sp = registers->__gregs[SP];
    const ucontext_t *frame = (const ucontext_t *)(uintptr_t)(sp + SIGNAL_INFO_SIZE);
    add_breakpoint(frame->uc_mcontext.__gregs[PC]);
  } else if (is_exclusive(instruction, true)) {
    add_exclusive(pc, registers);
  } else {
    add_breakpoint(following);
  }
}

/* ---- Steps ---- */

/* These are known by their addresses. step_learn lets on_trap see where handlers return to. */
void step_learn(void) __attribute__((visibility("hidden")));
extern const uint16_t step_learn_break[] __attribute__((visibility("hidden")));
extern const uint16_t step_begin_break[] __attribute__((visibility("hidden")));
extern const uint16_t step_end_here[] __attribute__((visibility("hidden")));

__asm__(
    ".text\n"
    ".globl step_learn\n"
    ".type step_learn, %function\n"
    "step_learn:\n"
    ".cfi_startproc\n"
    ".globl step_learn_break\n"
    ".hidden step_learn_break\n"
    "step_learn_break:\n"
    "ebreak\n"
    "ret\n"
    ".cfi_endproc\n"
    ".size step_learn, . - step_learn\n"
    ".globl step_begin\n"
    ".type step_begin, %function\n"
    "step_begin:\n"
    ".cfi_startproc\n"
    ".globl step_begin_break\n"
    ".hidden step_begin_break\n"
    "step_begin_break:\n"
    "ebreak\n"
    "ret\n"
    ".cfi_endproc\n"
    ".size step_begin, . - step_begin\n"
    ".globl step_end\n"
    ".type step_end, %function\n"
    "step_end:\n"
    ".cfi_startproc\n"
    ".globl step_end_here\n"
    ".hidden step_end_here\n"
    "step_end_here:\n"
    "ret\n"
    ".cfi_endproc\n"
    ".size step_end, . - step_end\n");

/* Handlers return here, to two instructions of the kernel's that make the system call. */
static uint64_t end_of_handlers;
static const ucontext_t *visited;

/* A handler of another signal has begun the steps, and has returned. What it has interrupted goes
 * on, with the registers of the signal's frame. */
static void begin_behind_handler(const mcontext_t *registers) {
  remove_breakpoints();
  add_next((const ucontext_t *)(uintptr_t)(registers->__gregs[SP] + SIGNAL_INFO_SIZE));
}

static void on_trap(int signal, siginfo_t *info, void *context) {
  ucontext_t *interrupted = context;
  unsigned long *pc = &interrupted->uc_mcontext.__gregs[PC];
  (void)signal;
  (void)info;
  if (*pc == (uintptr_t)step_learn_break) {
    end_of_handlers = (uintptr_t)__builtin_return_address(0);
    *pc += size_of(instruction_at(*pc));
    return;
  }
  if (*pc == end_of_handlers) {
    begin_behind_handler(&interrupted->uc_mcontext);
    return;
  }
  visited = interrupted;
  if (*pc == (uintptr_t)step_begin_break) {
    is_stepping = true;
    *pc += size_of(instruction_at(*pc));
  } else if (is_breakpoint(*pc)) {
    remove_breakpoints();
    if (*pc == (uintptr_t)step_end_here) is_stepping = false;
    visitor(interrupted);
  } else { /* somebody else's: execution goes on behind it */
    *pc += size_of(instruction_at(*pc));
    visitor(interrupted);
  }
  if (is_stepping) add_next(interrupted);
}

void step_install(step_visitor visit) {
  stack_t stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};
  struct sigaction action = {.sa_sigaction = on_trap, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  visitor = visit;
  is_stepping = false;
  if (sigaltstack(&stack, &old_stack) != 0 || sigaction(SIGTRAP, &action, &old_action) != 0)
    abort();
  step_learn();
}

void step_uninstall(void) {
  remove_breakpoints();
  if (sigaction(SIGTRAP, &old_action, NULL) != 0 || sigaltstack(&old_stack, NULL) != 0) abort();
}

/* The handler may yet change where execution goes on. */
void step_begin_in(ucontext_t *interrupted) {
  is_stepping = true;
  if (interrupted != visited) add_breakpoint(end_of_handlers);
}

void step_end_in(ucontext_t *interrupted) {
  (void)interrupted;
  is_stepping = false;
  remove_breakpoints();
}
