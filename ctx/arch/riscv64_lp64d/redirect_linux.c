/* Leaves a signal handler by its own return: edits the registers that the kernel will load. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "ctx/arch/arch.h"

#if defined(CTX_ARCH_RISCV64_LP64D_) && defined(__linux__)

#include <signal.h>
#include <ucontext.h>

#include "ctx/arch/riscv64_lp64d/fp_words.h"
#include "ctx/system/system.h"

/* Where the kernel has the general registers: by their numbers, except that pc is in the place of
 * the first one, which is 0. */
enum { CTX_GREG_PC = 0, CTX_GREG_SP = 2, CTX_GREG_S0 = 8, CTX_GREG_A0 = 10, CTX_GREG_A1 = 11 };

enum { CTX_FCSR_FRM_SHIFT = 5 };

void ctx_system_redirect(void *ucontext, const ctx_context *to) {
  /* As whatever resumes a context does: it waits for nobody then. No context is a constant. */
  ((ctx_context *)(uintptr_t)to)->waits = NULL;
  mcontext_t *machine = &((ucontext_t *)ucontext)->uc_mcontext;
  /* A resumed context finds these: see the head of asm/riscv64_lp64d/switch.S. */
  machine->__gregs[CTX_GREG_PC] = to->pc;
  machine->__gregs[CTX_GREG_SP] = to->sp;
  machine->__gregs[CTX_GREG_S0] = to->s0;
  machine->__gregs[CTX_GREG_A0] = (uint64_t)(uintptr_t)to;
  machine->__gregs[CTX_GREG_A1] = 0;
  /* The status flags beside the control word stay as they are. */
  unsigned fcsr =
      machine->__fpregs.__d.__fcsr & ~((unsigned)CTX_FRM_CONTROL_ << CTX_FCSR_FRM_SHIFT);
  fcsr |= ((unsigned)to->fp_words & CTX_FRM_CONTROL_) << CTX_FCSR_FRM_SHIFT;
  machine->__fpregs.__d.__fcsr = fcsr;
}

#endif
