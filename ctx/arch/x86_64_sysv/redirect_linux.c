/* Leaves a signal handler by its own return: edits the registers that the kernel will load. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "ctx/arch/arch.h"

#if defined(CTX_ARCH_X86_64_SYSV_) && defined(__linux__)

#include <ucontext.h>

#include "ctx/system/system.h"

/* The direction flag in EFLAGS; the psABI (3.2.1) wants it clear where functions go on. */
#define CTX_EFLAGS_DF INT64_C(0x400)

void ctx_system_redirect(void *ucontext, const ctx_context *to) {
  /* As whatever resumes a context does: it waits for nobody then. No context is a constant. */
  ((ctx_context *)(uintptr_t)to)->waits = NULL;
  mcontext_t *machine = &((ucontext_t *)ucontext)->uc_mcontext;
  /* A resumed context finds these: see the head of asm/x86_64_sysv/switch.S. */
  machine->gregs[REG_RIP] = (greg_t)to->rip;
  machine->gregs[REG_RSP] = (greg_t)to->rsp;
  machine->gregs[REG_RBP] = (greg_t)to->rbp;
  machine->gregs[REG_RDI] = (greg_t)(uintptr_t)to;
  machine->gregs[REG_RAX] = 0;
  machine->gregs[REG_EFL] &= ~CTX_EFLAGS_DF;
  /* The interrupted code may have been in the middle of x87 or MMX work. The context finds all
   * registers empty, and no exception pending. */
  machine->fpregs->mxcsr = to->mxcsr;
  machine->fpregs->cwd = to->x87_control;
  machine->fpregs->swd = 0;
  machine->fpregs->ftw = 0;
}

#endif
