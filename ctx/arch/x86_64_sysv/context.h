/* A context on x86-64 System V. Included by ctx/ctx.h; asm/x86_64_sysv/switch.S says how a context
 * rests. */
#ifndef CTX_ARCH_X86_64_SYSV_CONTEXT_H_
#define CTX_ARCH_X86_64_SYSV_CONTEXT_H_

#include <stdint.h>

#include "ctx/internal/watched.h"

/*  byte  0          8         16         24         32         40        48         56
 *      0 rip        rsp       rbp        parent     fp_key     entry     rbx        r12
 *     64 fp words   mask      backstop   returned   data       r13       r14        r15
 *    128 rax        rdx       xmm0       -          activation data      enter      (1)
 *    192 (1) what instrumented builds remember
 *    256 (1) its end; five cache lines in all, not four: see ctx/ctx.h
 *
 * The first cache line is all that a switch touches in either context, call-less and inline; the
 * second serves the external function and a return, the third what was returned. What init always
 * writes lies in pairs, see fresh.h. An all-zero context is a host.
 *
 * All fields are private. Unless said otherwise a field is written by init and read by assembly.
 * Offsets have names in layout.h; layout_check.c holds the two together. */
typedef struct ctx_context {
  /* Valid while the context is not running; written by whatever switches away from it. */
  uint64_t rip;
  uint64_t rsp;
  uint64_t rbp;
  /* Who swapped here last; an entry returns there, and unwinding goes on there. Written by swap. */
  struct ctx_context *parent;
  /* The declared floating-point control words as one number to compare; see CTX_CHANGE_FP. */
  uint64_t fp_key;
  /* The function that a fresh context calls. 0 tells a host. */
  void (*entry)(void);
  /* Callee-saved registers: written and read by the code that the context goes on in, if that code
   * needs to; here and below. */
  uint64_t rbx;
  uint64_t r12;

  /* The floating-point control words to load when the context is resumed. Written by init, by
   * ctx_declare_fp_control, and by switches away from a host or a CTX_FLAG_FP_SAVE context. */
  uint32_t mxcsr;
  uint16_t x87_control;
  uint16_t fp_zero; /* makes eight bytes of the two, which are written and compared as one */
  /* Signals 1 to 64, in the kernel's order of bits; read by ctx_set_from_signal. */
  uint64_t signal_mask;
  /* Called with backstop_data once the entry has returned, or null. */
  void (*backstop)(void *);
  uint64_t returned;   /* 0, and one of CTX_RETURNED* once the entry has returned */
  void *backstop_data; /* valid if there is a backstop */
  uint64_t r13;
  uint64_t r14;
  uint64_t r15;

  /* What the entry left in rax, rdx and xmm0; written, and valid, when it has returned. */
  uint64_t retval_gp[2];
  uint64_t retval_fp[2];
  /* Called with activation_data on first entry, if that is where rip leads. */
  void (*activation)(void *);
  void *activation_data;
  /* Two lives: before the first entry, where activation goes on (valid if there is one); once the
   * entry has returned, where on its stack the wide results are (valid if `returned` says so). */
  union {
    uint64_t enter;
    struct ctx_result_frame_ *results;
  };

  /* Written and read by instrumented builds only. */
  struct ctx_watched_ instrument;
} __attribute__((aligned(64))) ctx_context;

#ifdef __cplusplus
extern "C" {
#endif

/* ctx_declare_fp_control declares the floating-point control words of `context`, instead of those
 * that were in force at init: in force from its next resumption on. Status bits are ignored. It
 * does not change the words of the code that calls it: a running context that declares others loads
 * them itself. For a CTX_FLAG_FP_SAVE context it sets the words that its next resumption loads. */
void ctx_declare_fp_control(ctx_context *context, uint32_t mxcsr, uint16_t x87_control);

#ifdef __cplusplus
} /* extern "C" */
#endif

/* Where the stack of a context was left that is not running. */
static __inline__ const void *ctx_context_stack_top_(const ctx_context *context) {
  return (const void *)(uintptr_t)context->rsp;
}

#endif /* CTX_ARCH_X86_64_SYSV_CONTEXT_H_ */
