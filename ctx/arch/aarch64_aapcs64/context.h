/* A context on aarch64, AAPCS64. Included by ctx/ctx.h. The head of asm/aarch64_aapcs64/switch.S
 * says how a context rests. */
#ifndef CTX_ARCH_AARCH64_AAPCS64_CONTEXT_H_
#define CTX_ARCH_AARCH64_AAPCS64_CONTEXT_H_

#include <stdint.h>

#include "ctx/internal/watched.h"

/*  byte  0          8         16         24         32         40        48         56
 *      0 pc         sp        parent     waits      x29        fp_key    entry      x19
 *     64 fp words   mask      backstop   returned   x20        x21       x22        x23
 *    128 x24        x25       x26        x27        x28        x30       d8         d9
 *    192 d10        d11       d12        d13        d14        d15       x0         x1
 *    256 q0                   activation data       enter (1)  data      (2)
 *    320 (2) what instrumented builds remember
 *    384 (2) its end; seven cache lines in all: see ctx/ctx.h
 *
 * As x86_64_sysv, except: there are more callee-saved registers, so that the external function
 * touches the first four lines, and a return those that keep results, too. Neighbours are loaded
 * and stored as pairs. */
typedef struct ctx_context {
  /* Valid while the context is not running, as is x29; written by whatever switches away from it.
   * In a child that has started and was never suspended, pc is a trap. */
  uint64_t pc;
  uint64_t sp;
  /* Who swapped here last; an entry returns there, and unwinding goes on there. Written by swap. */
  struct ctx_context *parent;
  /* The child that this context has swapped to, while it is suspended there; null once anything
   * has resumed it. Written by swap, and by whatever resumes the context. */
  struct ctx_context *waits;
  uint64_t x29; /* the frame pointer */
  /* The declared floating-point control words as one number to compare; see CTX_CHANGE_FP. */
  uint64_t fp_key;
  /* The function that a fresh context calls; null in a host. */
  void (*entry)(void);
  /* Callee-saved registers, here and below. The form by which the context was left has written
   * those that it reads again. */
  uint64_t x19;

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
  uint64_t x20_to_x28[9];
  uint64_t x30; /* the return address of a call of ctx_swap */
  uint64_t d8_to_d15[8];

  /* x0, x1 and q0 as the entry left them; written by assembly, and valid once it has returned. */
  uint64_t retval_gp[2];
  uint64_t retval_fp[2];
  /* Called with activation_data on first entry; valid if pc leads to ctx_asm_activate. */
  void (*activation)(void *);
  void *activation_data;
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

/* ctx_declare_fp_control declares the floating-point control word of `context`, FPCR, instead of
 * the one that was in force at init. It is in force from the context's next resumption on. Bits
 * that this processor does not have are ignored, and so is NEP, which is 0 at every call. The word
 * of the code that calls it does not change: a running context that declares another loads it
 * itself. For a CTX_FLAG_FP_SAVE context this is the word that its next resumption loads. */
void ctx_declare_fp_control(ctx_context *context, uint64_t fpcr);

#ifdef __cplusplus
} /* extern "C" */
#endif

/* ctx_context_stack_top_ returns where the stack of a context was left that is not running. */
static __inline__ const void *ctx_context_stack_top_(const ctx_context *context) {
  return (const void *)(uintptr_t)context->sp;
}

#endif /* CTX_ARCH_AARCH64_AAPCS64_CONTEXT_H_ */
