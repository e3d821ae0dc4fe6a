/* Single steps by breakpoints, for processors that have no trap flag in user mode. A breakpoint
 * takes the place of whatever instruction will be executed next, and goes back out of the way when
 * it has been hit. Where a branch leads follows from the registers.
 *
 * An exclusive load and its store are one step: between them a breakpoint would make each store
 * fail. Threads that are not stepped must not execute the code that is. If a handler of another
 * signal leaves the stepped code for good, steps end.
 *
 * An architecture's single_step.c includes this once, and defines before it:
 *
 *     step_word         a type: the unit of code that a breakpoint takes the place of
 *     STEP_BREAK        a breakpoint, as such a unit
 *     STEP_BREAK_TEXT   the same for the assembler
 *     STEP_LAND_TEXT    the landing pad of a call for the assembler, or ""
 */
#ifndef CTX_TESTING_UNWIND_BREAKPOINTS_H_
#define CTX_TESTING_UNWIND_BREAKPOINTS_H_

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "testing/unwind/single_step.h"

/* Between these, functions call no fuzzer's counters. Those are functions that stepped code calls,
 * too: there may be a breakpoint at the beginning of one, which the handler would meet itself. */
#ifdef __clang__
#define STEP_UNCOUNTED_BEGIN \
  _Pragma("clang attribute push(__attribute__((no_sanitize(\"coverage\"))), apply_to = function)")
#define STEP_UNCOUNTED_END _Pragma("clang attribute pop")
#else
#define STEP_UNCOUNTED_BEGIN
#define STEP_UNCOUNTED_END
#endif

STEP_UNCOUNTED_BEGIN

/* ---- The architecture's, which its file defines between the same two words ---- */

static uint32_t instruction_at(uint64_t pc);
static unsigned size_of(uint32_t instruction);

/* A conditional branch: whether it is one, where it leads, and whether it goes there. */
typedef struct branch {
  bool is_conditional;
  bool is_taken;
  uint64_t distance;
} branch;
static branch branch_of(uint32_t instruction, const mcontext_t *registers);

/* Where an unconditional jump, call or return at `pc` leads; 0 if the instruction is none. */
static uint64_t jump_target(uint32_t instruction, uint64_t pc, const mcontext_t *registers);

/* An exclusive load, or an exclusive store. */
static bool is_exclusive(uint32_t instruction, bool is_load);

/* A system call; and its number. */
static bool is_system_call(uint32_t instruction);
static uint64_t system_call_number(const mcontext_t *registers);

static uint64_t pc_of(const mcontext_t *registers);
static void set_pc(mcontext_t *registers, uint64_t pc);
static uint64_t sp_of(const mcontext_t *registers);

static inline uint32_t field(uint32_t instruction, unsigned low, unsigned width) {
  return instruction >> low & ((1u << width) - 1);
}

/* ---- Breakpoints ---- */

enum { MAX_BREAKPOINTS = 4 };

static struct {
  step_word *at;
  step_word word; /* that was there */
} breakpoints[MAX_BREAKPOINTS];
static size_t num_breakpoints;
static bool is_stepping;

static void write_code(step_word *at, step_word word) {
  uintptr_t page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
  void *page = (void *)((uintptr_t)at & ~(page_size - 1));
  if (mprotect(page, page_size, PROT_READ | PROT_WRITE | PROT_EXEC) != 0) abort();
  __atomic_store_n(at, word, __ATOMIC_SEQ_CST);
  __builtin___clear_cache((char *)at, (char *)(at + 1));
}

static void add_breakpoint(uint64_t address) {
  step_word *at = (step_word *)(uintptr_t)address;
  for (size_t i = 0; i < num_breakpoints; i++)
    if (breakpoints[i].at == at) return;
  if (num_breakpoints == MAX_BREAKPOINTS) abort();
  breakpoints[num_breakpoints].at = at;
  breakpoints[num_breakpoints++].word = *at;
  write_code(at, STEP_BREAK);
}

static void remove_breakpoints(void) {
  while (num_breakpoints != 0) {
    num_breakpoints--;
    write_code(breakpoints[num_breakpoints].at, breakpoints[num_breakpoints].word);
  }
}

static bool is_breakpoint(uint64_t address) {
  for (size_t i = 0; i < num_breakpoints; i++)
    if ((uintptr_t)breakpoints[i].at == address) return true;
  return false;
}

/* ---- What is executed next ---- */

/* In bytes: an exclusive store that is further away is not this load's. */
enum { MAX_EXCLUSIVE = 128 };

/* Linux: the number of the system call, and what lies in front of the ucontext_t of a signal's
 * frame, which begins at sp. */
enum { NUMBER_OF_SIGRETURN = 139, SIGNAL_INFO_SIZE = 128 };

static const ucontext_t *signal_frame(const mcontext_t *registers) {
  return (const ucontext_t *)(uintptr_t)(sp_of(registers) + SIGNAL_INFO_SIZE);
}

/* Breaks behind the exclusive store of the load at `pc`, and wherever branches between them lead.
 */
static void add_exclusive(uint64_t pc, const mcontext_t *registers) {
  uint64_t first = pc + size_of(instruction_at(pc));
  uint64_t store = first;
  while (store < pc + MAX_EXCLUSIVE && !is_exclusive(instruction_at(store), false))
    store += size_of(instruction_at(store));
  if (store >= pc + MAX_EXCLUSIVE) { /* there is no store: the load is a step of its own */
    add_breakpoint(first);
    return;
  }
  for (uint64_t at = first; at < store; at += size_of(instruction_at(at))) {
    branch out = branch_of(instruction_at(at), registers);
    uint64_t target = at + out.distance;
    bool leaves = target < pc || target > store;
    if (out.is_conditional && leaves) add_breakpoint(target);
  }
  add_breakpoint(store + size_of(instruction_at(store)));
}

/* Breaks at what follows the instruction that is about to be executed. */
static void add_next(const ucontext_t *interrupted) {
  const mcontext_t *registers = &interrupted->uc_mcontext;
  uint64_t pc = pc_of(registers);
  uint32_t instruction = instruction_at(pc);
  uint64_t following = pc + size_of(instruction);
  branch conditional = branch_of(instruction, registers);
  uint64_t target = jump_target(instruction, pc, registers);
  if (conditional.is_conditional) {
    add_breakpoint(conditional.is_taken ? pc + conditional.distance : following);
  } else if (target != 0) {
    add_breakpoint(target);
  } else if (is_system_call(instruction) && system_call_number(registers) == NUMBER_OF_SIGRETURN) {
    add_breakpoint(pc_of(&signal_frame(registers)->uc_mcontext));
  } else if (is_exclusive(instruction, true)) {
    add_exclusive(pc, registers);
  } else {
    add_breakpoint(following);
  }
}

/* ---- Steps ---- */

/* These are known by their addresses. step_learn lets on_trap see where handlers return to. */
void step_learn(void) __attribute__((visibility("hidden")));
extern const step_word step_learn_break[] __attribute__((visibility("hidden")));
extern const step_word step_begin_break[] __attribute__((visibility("hidden")));
extern const step_word step_end_here[] __attribute__((visibility("hidden")));

__asm__(
    ".text\n"
    ".globl step_learn\n"
    ".type step_learn, %function\n"
    "step_learn:\n"
    ".cfi_startproc\n" STEP_LAND_TEXT
    ".globl step_learn_break\n"
    ".hidden step_learn_break\n"
    "step_learn_break:\n" STEP_BREAK_TEXT
    "ret\n"
    ".cfi_endproc\n"
    ".size step_learn, . - step_learn\n"
    ".globl step_begin\n"
    ".type step_begin, %function\n"
    "step_begin:\n"
    ".cfi_startproc\n" STEP_LAND_TEXT
    ".globl step_begin_break\n"
    ".hidden step_begin_break\n"
    "step_begin_break:\n" STEP_BREAK_TEXT
    "ret\n"
    ".cfi_endproc\n"
    ".size step_begin, . - step_begin\n"
    ".globl step_end\n"
    ".type step_end, %function\n"
    "step_end:\n"
    ".cfi_startproc\n" STEP_LAND_TEXT
    ".globl step_end_here\n"
    ".hidden step_end_here\n"
    "step_end_here:\n"
    "ret\n"
    ".cfi_endproc\n"
    ".size step_end, . - step_end\n");

static step_visitor visitor;
static struct sigaction old_action;
static stack_t old_stack;
static char handler_stack[256 * 1024] __attribute__((aligned(16)));

/* Handlers return here, to two instructions of the kernel's that make the system call. */
static uint64_t end_of_handlers;
static const ucontext_t *visited;

static void on_trap(int signal, siginfo_t *info, void *context) {
  ucontext_t *interrupted = context;
  mcontext_t *registers = &interrupted->uc_mcontext;
  uint64_t pc = pc_of(registers);
  (void)signal;
  (void)info;
  if (pc == (uintptr_t)step_learn_break) {
    end_of_handlers = (uintptr_t)__builtin_return_address(0);
    set_pc(registers, pc + size_of(instruction_at(pc)));
    return;
  }
  /* A handler of another signal has begun the steps, and has returned. What it has interrupted goes
   * on, with the registers of the signal's frame. */
  if (pc == end_of_handlers) {
    remove_breakpoints();
    add_next(signal_frame(registers));
    return;
  }
  visited = interrupted;
  if (pc == (uintptr_t)step_begin_break) {
    is_stepping = true;
    set_pc(registers, pc + size_of(instruction_at(pc)));
  } else if (is_breakpoint(pc)) {
    remove_breakpoints();
    if (pc == (uintptr_t)step_end_here) is_stepping = false;
    visitor(interrupted);
  } else { /* somebody else's: execution goes on behind it */
    set_pc(registers, pc + size_of(instruction_at(pc)));
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

STEP_UNCOUNTED_END

#endif /* CTX_TESTING_UNWIND_BREAKPOINTS_H_ */
