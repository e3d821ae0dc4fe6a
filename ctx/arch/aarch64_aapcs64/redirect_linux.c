/* Leaves a signal handler by its own return: edits the registers that the kernel will load. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "ctx/arch/arch.h"

#if defined(CTX_ARCH_AARCH64_AAPCS64_) && defined(__linux__)

#include <signal.h>
#include <string.h>
#include <ucontext.h>

#include "ctx/arch/aarch64_aapcs64/fp_words.h"
#include "ctx/system/system.h"

/* BTYPE in PSTATE: by what kind of jump the interrupted code was about to arrive. It must be 0, or
 * a context would have to go on at a landing pad for that kind. */
#define CTX_PSTATE_BTYPE UINT64_C(0xc00)

enum { CTX_FRAME_POINTER = 29 }; /* x29 */

/* Gives the interrupted code's floating-point state another control word. It is in one of the
 * records that the kernel has put behind the general registers; the last one is empty. */
static void ctx_redirect_fp(mcontext_t *machine, uint64_t words) {
  char *at = (char *)machine->__reserved;
  for (;;) {
    struct _aarch64_ctx head;
    memcpy(&head, at, sizeof head);
    if (head.size == 0) return;
    if (head.magic == FPSIMD_MAGIC) {
      uint32_t fpcr = (uint32_t)words;
      memcpy(at + offsetof(struct fpsimd_context, fpcr), &fpcr, sizeof fpcr);
      return;
    }
    at += head.size;
  }
}

void ctx_system_redirect(void *ucontext, const ctx_context *to) {
  /* As whatever resumes a context does: it waits for nobody then. No context is a constant. */
  ((ctx_context *)(uintptr_t)to)->waits = NULL;
  mcontext_t *machine = &((ucontext_t *)ucontext)->uc_mcontext;
  /* A resumed context finds these: see the head of asm/aarch64_aapcs64/switch.S. */
  machine->pc = to->pc;
  machine->sp = to->sp;
  machine->regs[CTX_FRAME_POINTER] = to->x29;
  machine->regs[0] = (uint64_t)(uintptr_t)to;
  machine->regs[1] = 0;
  machine->pstate &= ~CTX_PSTATE_BTYPE;
  ctx_redirect_fp(machine, to->fp_words);
}

#endif
