#define _GNU_SOURCE /* REG_EFL */
#include "testing/unwind/single_step.h"

#include <signal.h>
#include <stddef.h>
#include <stdlib.h>

#define TRAP_FLAG 0x100

static step_visitor visitor;
static struct sigaction old_action;
static stack_t old_stack;
static char handler_stack[256 * 1024] __attribute__((aligned(16)));

static void on_trap(int signal, siginfo_t *info, void *interrupted) {
  (void)signal;
  (void)info;
  visitor(interrupted);
}

void step_install(step_visitor visit) {
  stack_t stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};
  struct sigaction action = {.sa_sigaction = on_trap, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  visitor = visit;
  if (sigaltstack(&stack, &old_stack) != 0 || sigaction(SIGTRAP, &action, &old_action) != 0)
    abort();
}

void step_uninstall(void) {
  if (sigaction(SIGTRAP, &old_action, NULL) != 0 || sigaltstack(&old_stack, NULL) != 0) abort();
}

/* These are in assembly: unoptimised, gcc's builtins for the flags pop them to the wrong place. */
__asm__(
    ".text\n"
    ".globl step_begin\n"
    ".type step_begin, @function\n"
    "step_begin:\n"
    ".cfi_startproc\n"
    "endbr64\n"
    "pushfq\n.cfi_adjust_cfa_offset 8\n"
    "orq $0x100, (%rsp)\n"
    "popfq\n.cfi_adjust_cfa_offset -8\n"
    "retq\n"
    ".cfi_endproc\n"
    ".size step_begin, . - step_begin\n"
    ".globl step_end\n"
    ".type step_end, @function\n"
    "step_end:\n"
    ".cfi_startproc\n"
    "endbr64\n"
    "pushfq\n.cfi_adjust_cfa_offset 8\n"
    "andq $~0x100, (%rsp)\n"
    "popfq\n.cfi_adjust_cfa_offset -8\n"
    "retq\n"
    ".cfi_endproc\n"
    ".size step_end, . - step_end\n");

void step_begin_in(ucontext_t *interrupted) {
  interrupted->uc_mcontext.gregs[REG_EFL] |= TRAP_FLAG;
}

void step_end_in(ucontext_t *interrupted) {
  interrupted->uc_mcontext.gregs[REG_EFL] &= ~(greg_t)TRAP_FLAG;
}
