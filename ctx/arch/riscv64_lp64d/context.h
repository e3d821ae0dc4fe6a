/* A context on riscv64, lp64d. Included by ctx/ctx.h. The head of asm/riscv64_lp64d/switch.S says
 * how a context rests. */
#ifndef CTX_ARCH_RISCV64_LP64D_CONTEXT_H_
#define CTX_ARCH_RISCV64_LP64D_CONTEXT_H_

#include <stdint.h>

#include "ctx/internal/watched.h"

/*  byte  0          8         16         24         32         40        48         56
 *      0 pc         sp        parent     waits      s0         fp_key    entry      s1
 *     64 fp words   mask      backstop   returned   s2         s3        s4         s5
 *    128 s6         s7        s8         s9         s10        s11       ra         fs0
 *    192 fs1        fs2       fs3        fs4        fs5        fs6       fs7        fs8
 *    256 fs9        fs10 (1)  fs11 (1)   a0         a1         fa0       0          fa1
 *    320 enter (2)  data      what instrumented builds remember
 *    384 its end; seven cache lines in all: see ctx/ctx.h
 *
 * As aarch64_aapcs64, except: there are more callee-saved registers, so that the external function
 * touches all of the first five lines. fa1 has a field, too, so that every result in registers is
 * kept here. Before the first entry (1) are the activation callback and its data. */
typedef struct ctx_context {
  /* Valid while the context is not running, as is s0; written by whatever switches away from it.
   * In a child that has started and was never suspended, pc is a trap. */
  uint64_t pc;
  uint64_t sp;
  /* Who swapped here last; an entry returns there, and unwinding goes on there. Written by swap. */
  struct ctx_context *parent;
  /* The child that this context has swapped to, while it is suspended there; null once anything
   * has resumed it. Written by swap, and by whatever resumes the context. */
  struct ctx_context *waits;
  uint64_t s0; /* the frame pointer */
  /* The declared floating-point control words as one number to compare; see CTX_CHANGE_FP. */
  uint64_t fp_key;
  /* The function that a fresh context calls; null in a host. */
  void (*entry)(void);
  /* Callee-saved registers, here and below. The form by which the context was left has written
   * those that it reads again. */
  uint64_t s1;

  /* The floating-point control words to load when the context is resumed: fp_words.h. Written by
   * init, by ctx_declare_fp_control, and by switches away from a host or a CTX_FLAG_FP_SAVE
   * context, or to a CTX_FLAG_FP_INHERIT one. */
  uint64_t fp_words;
  /* Signals 1 to 64, in the kernel's order of bits, or CTX_SIGNAL_MASK_NONE_; read by
   * ctx_set_from_signal. */
  uint64_t signal_mask;
  /* Called with backstop_data once the entry has returned, or null. */
  void (*backstop)(void *);
  uint64_t returned; /* 0, and one of CTX_RETURNED* once the entry has returned */
  uint64_t s2_to_s11[10];
  uint64_t ra; /* the return address of a call of ctx_swap */
  uint64_t fs0_to_fs9[10];
  /* Called with activation_data on first entry; valid before it, if pc leads to ctx_asm_activate.
   * Registers are saved here later. */
  union {
    void (*activation)(void *);
    uint64_t fs10;
  };
  union {
    void *activation_data;
    uint64_t fs11;
  };

  /* a0, a1, fa0 and fa1 as the entry left them; written by assembly, and valid once it has
   * returned. */
  uint64_t retval_gp[2];
  uint64_t retval_fp[2]; /* fa0, and 0: it has no more bits */
  uint64_t retval_fa1;
  /* Before the first entry: where the context goes on after its activation callback; valid if there
   * is one. Once the entry runs, and has arguments: its result frame on the stack, or null. After
   * it has returned, that is valid if `returned` says so. */
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

/* ctx_declare_fp_control declares the floating-point control word of `context`, the rounding mode
 * frm, instead of the one that was in force at init. It is a number from 0 to 4, FE_TONEAREST for
 * example; bits beyond the lowest three are ignored. It is in force from the context's next
 * resumption on. The word of the code that calls it does not change: a running context that
 * declares another loads it itself. For a CTX_FLAG_FP_SAVE context this is the word that its next
 * resumption loads. */
void ctx_declare_fp_control(ctx_context *context, uint64_t frm);

#ifdef __cplusplus
} /* extern "C" */
#endif

/* ctx_context_stack_top_ returns where the stack of a context was left that is not running. */
static __inline__ const void *ctx_context_stack_top_(const ctx_context *context) {
  return (const void *)(uintptr_t)context->sp;
}

#endif /* CTX_ARCH_RISCV64_LP64D_CONTEXT_H_ */
