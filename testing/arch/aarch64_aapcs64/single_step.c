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

enum { MAX_BREAKPOINTS = 4, MAX_EXCLUSIVE = 32, LINK_REGISTER = 30, NUMBER_OF_SIGRETURN = 139 };
#define BREAK 0xd4200000u    /* brk #0 */
#define SIGNAL_INFO_SIZE 128 /* in front of the ucontext_t of a signal's frame, at sp */

/* A fuzzer's counters are functions that stepped code calls, too: there may be a breakpoint at the
 * beginning of one, which the handler would meet itself. */
#ifdef __clang__
#pragma clang attribute push(__attribute__((no_sanitize("coverage"))), apply_to = function)
#endif

static step_visitor visitor;
static struct sigaction old_action;
static stack_t old_stack;
static char handler_stack[256 * 1024] __attribute__((aligned(16)));

/* ---- Breakpoints ---- */

static struct {
  uint32_t *at;
  uint32_t instruction; /* that was there */
} breakpoints[MAX_BREAKPOINTS];
static size_t num_breakpoints;
static bool is_stepping;

static void write_instruction(uint32_t *at, uint32_t instruction) {
  uintptr_t page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
  void *page = (void *)((uintptr_t)at & ~(page_size - 1));
  if (mprotect(page, page_size, PROT_READ | PROT_WRITE | PROT_EXEC) != 0) abort();
  __atomic_store_n(at, instruction, __ATOMIC_SEQ_CST);
  __builtin___clear_cache((char *)at, (char *)(at + 1));
}

static void add_breakpoint(uint64_t address) {
  uint32_t *at = (uint32_t *)(uintptr_t)address;
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

/* ---- What is executed next: the Arm Architecture Reference Manual, C4.1 ---- */

static uint32_t field(uint32_t instruction, unsigned low, unsigned width) {
  return instruction >> low & ((1u << width) - 1);
}

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

/* A conditional branch: whether it is one, where it leads, and whether it goes there. */
typedef struct branch {
  bool is_conditional;
  bool is_taken;
  uint64_t distance;
} branch;

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

static bool is_exclusive(uint32_t instruction, bool is_load) {
  bool is_casp = field(instruction, 31, 1) == 0 && field(instruction, 21, 1) != 0;
  return (instruction & 0x3fc00000) == (is_load ? 0x08400000u : 0x08000000u) && !is_casp;
}

/* Breaks behind the exclusive store of the load at `pc`, and wherever branches between them lead.
 */
static void add_exclusive(uint64_t pc, const mcontext_t *registers) {
  const uint32_t *code = (const uint32_t *)(uintptr_t)pc;
  size_t end = 1;
  while (end < MAX_EXCLUSIVE && !is_exclusive(code[end], false))
    end++;
  if (end == MAX_EXCLUSIVE) end = 0; /* there is no store: the load is a step of its own */
  for (size_t i = 1; i < end; i++) {
    branch out = branch_of(code[i], registers);
    uint64_t target = pc + 4 * i + out.distance;
    bool leaves = target < pc || target > pc + 4 * end;
    if (out.is_conditional && leaves) add_breakpoint(target);
  }
  add_breakpoint(pc + 4 * (end + 1));
}

/* Breaks at what follows the instruction that is about to be executed. */
static void add_next(const ucontext_t *interrupted) {
  const mcontext_t *registers = &interrupted->uc_mcontext;
  uint64_t pc = registers->pc;
  uint32_t instruction = *(const uint32_t *)(uintptr_t)pc;
  branch conditional = branch_of(instruction, registers);
  if (conditional.is_conditional) {
    add_breakpoint(pc + (conditional.is_taken ? conditional.distance : 4));
  } else if ((instruction & 0x7c000000) == 0x14000000) { /* b, bl */
    add_breakpoint(pc + distance(instruction, 0, 26));
  } else if ((instruction & 0xfe000000) == 0xd6000000) {
    add_breakpoint(target_of_register(instruction, registers));
  } else if (instruction == 0xd4000001 && registers->regs[8] == NUMBER_OF_SIGRETURN) {
    const ucontext_t *frame = (const ucontext_t *)(uintptr_t)(registers->sp + SIGNAL_INFO_SIZE);
    add_breakpoint(frame->uc_mcontext.pc);
  } else if (is_exclusive(instruction, true)) {
    add_exclusive(pc, registers);
  } else {
    add_breakpoint(pc + 4);
  }
}

/* ---- Steps ---- */

/* These are known by their addresses. step_learn lets on_trap see where handlers return to. */
void step_learn(void) __attribute__((visibility("hidden")));
extern const uint32_t step_learn_break[] __attribute__((visibility("hidden")));
extern const uint32_t step_begin_break[] __attribute__((visibility("hidden")));
extern const uint32_t step_end_here[] __attribute__((visibility("hidden")));

__asm__(
    ".text\n"
    ".globl step_learn\n"
    ".type step_learn, %function\n"
    "step_learn:\n"
    ".cfi_startproc\n"
    "hint #34\n" /* bti c */
    ".globl step_learn_break\n"
    ".hidden step_learn_break\n"
    "step_learn_break:\n"
    "brk #0\n"
    "ret\n"
    ".cfi_endproc\n"
    ".size step_learn, . - step_learn\n"
    ".globl step_begin\n"
    ".type step_begin, %function\n"
    "step_begin:\n"
    ".cfi_startproc\n"
    "hint #34\n"
    ".globl step_begin_break\n"
    ".hidden step_begin_break\n"
    "step_begin_break:\n"
    "brk #0\n"
    "ret\n"
    ".cfi_endproc\n"
    ".size step_begin, . - step_begin\n"
    ".globl step_end\n"
    ".type step_end, %function\n"
    "step_end:\n"
    ".cfi_startproc\n"
    "hint #34\n"
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
  add_next((const ucontext_t *)(uintptr_t)(registers->sp + SIGNAL_INFO_SIZE));
}

static void on_trap(int signal, siginfo_t *info, void *context) {
  ucontext_t *interrupted = context;
  uint64_t *pc = (uint64_t *)&interrupted->uc_mcontext.pc;
  (void)signal;
  (void)info;
  if (*pc == (uintptr_t)step_learn_break) {
    end_of_handlers = (uintptr_t)__builtin_return_address(0);
    *pc += 4;
    return;
  }
  if (*pc == end_of_handlers) {
    begin_behind_handler(&interrupted->uc_mcontext);
    return;
  }
  visited = interrupted;
  if (*pc == (uintptr_t)step_begin_break) {
    is_stepping = true;
    *pc += 4;
  } else if (is_breakpoint(*pc)) {
    remove_breakpoints();
    if (*pc == (uintptr_t)step_end_here) is_stepping = false;
    visitor(interrupted);
  } else { /* somebody else's: execution goes on behind it */
    *pc += 4;
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

#ifdef __clang__
#pragma clang attribute pop
#endif
