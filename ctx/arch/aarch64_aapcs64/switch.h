/* The two forms of the switch that live in the caller, on aarch64, AAPCS64. Included by ctx/ctx.h.
 *
 * As x86_64_sysv, except: `from` is in x0 before and afterwards, and the resumer arrives in x1. All
 * other registers except sp, x29 and, where a compiler may need it, x19 are clobbered. `to` is in
 * x6, not x1: so x1 is free for the resumer, and the turn from `from` to `to` takes two moves, not
 * three. */
#ifndef CTX_ARCH_AARCH64_AAPCS64_SWITCH_H_
#define CTX_ARCH_AARCH64_AAPCS64_SWITCH_H_

#include "ctx/arch/aarch64_aapcs64/context.h"
#include "ctx/internal/build.h"

/* Naming v8 makes the compiler save all of the register, its lower half by the convention. */
#define CTX_SWAP_CLOBBERS_                                                                       \
  "x2", "x3", "x4", "x5", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15", "x16",     \
      "x17", "x20", "x21", "x22", "x23", "x24", "x25", "x26", "x27", "x28", "x30", "v0", "v1",   \
      "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9", "v10", "v11", "v12", "v13", "v14", "v15",  \
      "v16", "v17", "v18", "v19", "v20", "v21", "v22", "v23", "v24", "v25", "v26", "v27", "v28", \
      "v29", "v30", "v31", "cc",                                                                 \
      "memory" CTX_SWAP_CLOBBERS_X18_ CTX_SWAP_CLOBBERS_X19_ CTX_SWAP_CLOBBERS_SVE_              \
          CTX_SWAP_CLOBBERS_FFR_

/* Linux leaves x18 to compilers, and gcc keeps values in it. Android has it for itself. So does a
 * program that is compiled with -ffixed-x18: no compiler has a macro for that, and clang warns of a
 * clobber then, so such a program defines CTX_FIXED_X18. */
#if !defined(__ANDROID__) && !defined(CTX_FIXED_X18)
#define CTX_SWAP_CLOBBERS_X18_ , "x18"
#else
#define CTX_SWAP_CLOBBERS_X18_
#endif

/* clang addresses locals through x19 where a frame has both over-aligned and variable-sized ones,
 * and then does not honour it in a clobber list. For it the code at the place itself keeps x19, in
 * the context. */
#ifdef __clang__
#define CTX_SWAP_CLOBBERS_X19_
#define CTX_SWAP_SAVE_X19_ "str x19, [x0, %c[x19]]\n\t"
#define CTX_SWAP_RESTORE_X19_ "ldr x19, [x0, %c[x19]]\n\t"
#else
#define CTX_SWAP_CLOBBERS_X19_ , "x19"
#define CTX_SWAP_SAVE_X19_
#define CTX_SWAP_RESTORE_X19_
#endif

/* A name of a vector register stands for all of SVE's register, too. Compilers that know SVE's
 * other names do so whatever the file is compiled for, so that a function with a target attribute
 * of its own is safe. clang has no name for the first-fault register, and holds nothing there by
 * itself. */
#if defined(__clang__) || __GNUC__ >= 10
#define CTX_SWAP_CLOBBERS_SVE_                                                                     \
  , "p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "p10", "p11", "p12", "p13", "p14", \
      "p15"
#else
#define CTX_SWAP_CLOBBERS_SVE_
#endif

#if !defined(__clang__) && __GNUC__ >= 10
#define CTX_SWAP_CLOBBERS_FFR_ , "ffr"
#else
#define CTX_SWAP_CLOBBERS_FFR_
#endif

/* The place where a context goes on is the target of an indirect jump: bti j. */
#ifdef __ARM_FEATURE_BTI_DEFAULT
#define CTX_SWAP_LAND_ "hint #36\n\t"
#else
#define CTX_SWAP_LAND_
#endif

#define CTX_SWAP_OPERANDS_                                          \
  [pc] "i"(__builtin_offsetof(struct ctx_context, pc)),             \
      [parent] "i"(__builtin_offsetof(struct ctx_context, parent)), \
      [waits] "i"(__builtin_offsetof(struct ctx_context, waits)),   \
      [x29] "i"(__builtin_offsetof(struct ctx_context, x29)),       \
      [fp_key] "i"(__builtin_offsetof(struct ctx_context, fp_key)), \
      [x19] "i"(__builtin_offsetof(struct ctx_context, x19))

/* The call-less form loads from `to`, then jumps into the shared body. In an executable that is one
 * direct jump. (If it takes the library from a shared one, a dynamic linker may run in the middle
 * of the first one, on the stack that is left. It keeps all registers that pass arguments.) A
 * shared library jumps through the global offset table, so that this does not happen.
 *
 * The loads are here, and not in the body, for the reason that x86_64_sysv has. x29 and fp_key lie
 * side by side, but are not loaded as a pair: one of them was stored a moment ago, perhaps, and the
 * other was not, and such a load waits until the store has left the processor. */
#define CTX_SWAP_LOAD_           \
  "ldp x2, x3, [x6, %c[pc]]\n\t" \
  "ldr x4, [x6, %c[x29]]\n\t"

#if defined(__PIC__) && !defined(__PIE__)
#define CTX_SWAP_JUMP_TO_(symbol)    \
  "adrp x16, :got:" symbol           \
  "\n\t"                             \
  "ldr x16, [x16, :got_lo12:" symbol \
  "]\n\t"                            \
  "br x16\n"
#else
#define CTX_SWAP_JUMP_TO_(symbol) "b " symbol "\n"
#endif
#define CTX_SWAP_JUMP_ CTX_SWAP_JUMP_TO_(CTX_BODY_SYMBOL_(ctx_asm_swap))
#define CTX_YIELD_JUMP_ CTX_SWAP_JUMP_TO_(CTX_BODY_SYMBOL_(ctx_asm_yield))

#define CTX_CALLLESS_(load, jump) \
  CTX_SWAP_SAVE_X19_ load "adr x5, 1f\n\t" jump "1:\n\t" CTX_SWAP_LAND_ CTX_SWAP_RESTORE_X19_

/* A yield goes to the parent, whose address the context has. */
#define CTX_YIELD_LOAD_ "ldr x6, [x0, %c[parent]]\n\t" CTX_SWAP_LOAD_

/* The inline form is the whole switch in place. So each place has an indirect jump of its own to
 * predict, too.
 *
 * From the write to sp to the jump the stack is not this function's, and an assembler cannot know
 * how this function's frame is found. For these instructions unwinding ends here: a profiler's
 * signal there sees a short stack, not a wrong one. */
#ifdef __GCC_HAVE_DWARF2_CFI_ASM
#define CTX_SWAP_CFI_BETWEEN_ ".cfi_remember_state\n\t.cfi_undefined x30\n\t"
#define CTX_SWAP_CFI_BACK_ ".cfi_restore_state\n\t"
#else
#define CTX_SWAP_CFI_BETWEEN_
#define CTX_SWAP_CFI_BACK_
#endif

/* `leave` is what a swap and a yield store last: x29 of `from`, and what they write into the two
 * contexts for unwinders and returns. x0 is `to` already, and x1 `from`. `jump` leads to the shared
 * body, which changes control words. */
#define CTX_INLINE_(load, leave, jump)             \
  CTX_SWAP_SAVE_X19_ load                          \
      "ldr x7, [x6, %c[fp_key]]\n\t"               \
      "ldr x8, [x0, %c[fp_key]]\n\t"               \
      "adr x5, 1f\n\t"                             \
      "cmp x7, x8\n\t"                             \
      "b.ne 2f\n\t"                                \
      "mov x7, sp\n\t"                             \
      "stp x5, x7, [x0, %c[pc]]\n\t"               \
      "mov x1, x0\n\t"                             \
      "mov x0, x6\n\t" leave CTX_SWAP_CFI_BETWEEN_ \
      "mov sp, x3\n\t"                             \
      "mov x29, x4\n\t"                            \
      "br x2\n\t" CTX_SWAP_CFI_BACK_ "2:\n\t" jump "1:\n\t" CTX_SWAP_LAND_ CTX_SWAP_RESTORE_X19_

/* As in ctx_asm_swap and ctx_asm_yield. */
#define CTX_SWAP_LEAVE_               \
  "stp x1, xzr, [x0, %c[parent]]\n\t" \
  "stp x0, x29, [x1, %c[waits]]\n\t"
#define CTX_YIELD_LEAVE_       \
  "str x29, [x1, %c[x29]]\n\t" \
  "str xzr, [x0, %c[waits]]\n\t"

/* No letter of a constraint stands for one register: variables do. */
#define CTX_SWAP_BY_(code, from, to, resumer)                      \
  do {                                                             \
    register struct ctx_context *ctx_to_ __asm__("x6") = (to);     \
    register struct ctx_context *ctx_from_ __asm__("x0") = (from); \
    register struct ctx_context *ctx_resumer_ __asm__("x1");       \
    __asm__ volatile(code                                          \
                     : "+r"(ctx_to_), "=r"(ctx_resumer_)           \
                     : "r"(ctx_from_), CTX_SWAP_OPERANDS_          \
                     : CTX_SWAP_CLOBBERS_);                        \
    (resumer) = ctx_resumer_;                                      \
  } while (0)

#define CTX_YIELD_BY_(code, self, resumer)                         \
  do {                                                             \
    register struct ctx_context *ctx_self_ __asm__("x0") = (self); \
    register struct ctx_context *ctx_resumer_ __asm__("x1");       \
    __asm__ volatile(code                                          \
                     : "=r"(ctx_resumer_)                          \
                     : "r"(ctx_self_), CTX_SWAP_OPERANDS_          \
                     : "x6", CTX_SWAP_CLOBBERS_);                  \
    (resumer) = ctx_resumer_;                                      \
  } while (0)

#ifdef __aarch64__
#define CTX_SWAP_CALLLESS_(from, to, resumer) \
  CTX_SWAP_BY_(CTX_CALLLESS_(CTX_SWAP_LOAD_, CTX_SWAP_JUMP_), from, to, resumer)
#define CTX_SWAP_INLINE_(from, to, resumer) \
  CTX_SWAP_BY_(CTX_INLINE_(CTX_SWAP_LOAD_, CTX_SWAP_LEAVE_, CTX_SWAP_JUMP_), from, to, resumer)
#define CTX_YIELD_CALLLESS_(self, resumer) \
  CTX_YIELD_BY_(CTX_CALLLESS_(CTX_YIELD_LOAD_, CTX_YIELD_JUMP_), self, resumer)
#define CTX_YIELD_INLINE_(self, resumer) \
  CTX_YIELD_BY_(CTX_INLINE_(CTX_YIELD_LOAD_, CTX_YIELD_LEAVE_, CTX_YIELD_JUMP_), self, resumer)
#else
/* Another processor only judges where arguments go: CTX_ARCH_AS_... in ctx/arch/arch.h. */
#define CTX_SWAP_CALLLESS_(from, to, resumer) ((void)(from), (void)(to), (resumer) = NULL)
#define CTX_SWAP_INLINE_ CTX_SWAP_CALLLESS_
#define CTX_YIELD_CALLLESS_(self, resumer) ((void)(self), (resumer) = NULL)
#define CTX_YIELD_INLINE_ CTX_YIELD_CALLLESS_
#endif

/* CTX_LOAD_OF_THREAD_ loads a thread-local word of the thread that runs now. Compilers take the
 * address of a thread-local for constant within a function, in which a switch may change the
 * thread. `symbol` names it, with the model "initial-exec". */
#define CTX_LOAD_OF_THREAD_(out, symbol)                                                  \
  __asm__ volatile("adrp %0, :gottprel:" symbol "\n\tldr %0, [%0, :gottprel_lo12:" symbol \
                   "]\n\tmrs x9, tpidr_el0\n\tldr %0, [x9, %0]"                           \
                   : "=r"(out)                                                            \
                   :                                                                      \
                   : "x9")

#endif /* CTX_ARCH_AARCH64_AAPCS64_SWITCH_H_ */
