/* A context on x86-64 System V. Included by ctx/ctx.h. The head of asm/x86_64_sysv/switch.S says
 * how a context rests. */
#ifndef CTX_ARCH_X86_64_SYSV_CONTEXT_H_
#define CTX_ARCH_X86_64_SYSV_CONTEXT_H_

#include <stdint.h>

#include "ctx/internal/watched.h"

/*  byte  0          8         16         24         32         40        48         56
 *      0 rip        rsp       parent     waits      rbp        fp_key    entry      rbx
 *     64 fp words   mask      backstop   returned   r12        r13       r14        r15
 *    128 rax        rdx       xmm0       -          activation data      enter (1)  data
 *    192 (2) what instrumented builds remember
 *    256 (2) its end; five cache lines in all, not four: see ctx/ctx.h
 *
 * A switch in the caller touches only the first cache line of either context, unless control words
 * differ. The external function and a return touch the second line, too. The third keeps results,
 * (1) the wide ones. The fields that init always writes lie in pairs, see fresh.h. An all-zero
 * context is a host.
 *
 * All fields are private. Unless said otherwise a field is written by init and read by assembly.
 * Offsets have names in layout.h; layout_check.c holds the two together. */
typedef struct ctx_context {
  /* Valid while the context is not running, as is rbp; written by whatever switches away from it.
   * In a child that has started and was never suspended, rip is a trap. */
  uint64_t rip;
  uint64_t rsp;
  /* Who swapped here last; an entry returns there, and unwinding goes on there. Written by swap. */
  struct ctx_context *parent;
  /* The child that this context has swapped to, while it is suspended there; null once anything
   * has resumed it. Written by swap, and by whatever resumes the context. */
  struct ctx_context *waits;
  uint64_t rbp;
  /* The declared floating-point control words as one number to compare; see CTX_CHANGE_FP. */
  uint64_t fp_key;
  /* The function that a fresh context calls; null in a host. */
  void (*entry)(void);
  /* Callee-saved registers, here and below. The form by which the context was left has written
   * those that it reads again. */
  uint64_t rbx;

  /* The floating-point control words to load when the context is resumed. Written by init, by
   * ctx_declare_fp_control, and by switches away from a host or a CTX_FLAG_FP_SAVE context, or to a
   * CTX_FLAG_FP_INHERIT one. */
  uint32_t mxcsr;
  uint16_t x87_control;
  uint16_t fp_zero; /* fills up the eight bytes that init writes at once */
  /* Signals 1 to 64, in the kernel's order of bits, or CTX_SIGNAL_MASK_NONE_; read by
   * ctx_set_from_signal. */
  uint64_t signal_mask;
  /* Called with backstop_data once the entry has returned, or null. */
  void (*backstop)(void *);
  uint64_t returned; /* 0, and one of CTX_RETURNED* once the entry has returned */
  uint64_t r12;
  uint64_t r13;
  uint64_t r14;
  uint64_t r15;

  /* rax, rdx and xmm0 as the entry left them; written by assembly, and valid once it has
   * returned. */
  uint64_t retval_gp[2];
  uint64_t retval_fp[2];
  /* Called with activation_data on first entry; valid if rip leads to ctx_asm_activate. */
  void (*activation)(void *);
  void *activation_data;
  /* Before the first entry: where the context goes on after its activation callback; valid if there
   * is one. Once the entry has returned: its wide results, on the stack; valid if `returned` says
   * so. */
  union {
    uint64_t enter;
    struct ctx_result_frame_ *results;
  };
  void *backstop_data; /* valid if there is a backstop */

  /* Written and read by instrumented builds only. */
  struct ctx_watched_ instrument;
} __attribute__((aligned(64))) ctx_context;

#ifdef __cplusplus
extern "C" {
#endif

/* ctx_declare_fp_control declares the floating-point control words of `context`, instead of those
 * that were in force at init. They are in force from its next resumption on. Status bits are
 * ignored. The words of the code that calls it do not change: a running context that declares
 * others loads them itself. For a CTX_FLAG_FP_SAVE context these are the words that its next
 * resumption loads. */
void ctx_declare_fp_control(ctx_context *context, uint32_t mxcsr, uint16_t x87_control);

#ifdef __cplusplus
} /* extern "C" */
#endif

/* ctx_context_stack_top_ returns where the stack of a context was left that is not running. */
static __inline__ const void *ctx_context_stack_top_(const ctx_context *context) {
  return (const void *)(uintptr_t)context->rsp;
}

#endif /* CTX_ARCH_X86_64_SYSV_CONTEXT_H_ */
