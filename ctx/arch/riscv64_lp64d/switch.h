/* The two forms of the switch that live in the caller, on riscv64, lp64d. Included by ctx/ctx.h.
 *
 * As aarch64_aapcs64, except: `from` is in a0 before and afterwards, `to` in a5, and the resumer
 * arrives in a1. All other registers except sp, s0 and, where a compiler may need it, s1 are
 * clobbered; gp and tp are the linker's and the thread's.
 *
 * docs/performance.md counts the instructions, loads and stores of each form. clang's code has a
 * store more for s1, and a load where it goes on.
 *
 * The loads are pc, sp, s0 and fp_key of `to`, and fp_key of `from`; a yield loads its parent's
 * address first. The stores are pc, sp and s0 of `from`, and the end of the wait of `to`; a swap's
 * also its parent, and the wait of `from`. The other eight: two for the address where `from` goes
 * on, which the call-less form's jump makes as it jumps; one compares the keys; two turn the
 * addresses, so that `from` is in a0 again when it goes on, and no caller has to load it; two move
 * sp and s0 of `to`, which were loaded before those of `from` were stored; one jumps. Where a
 * linker shortens the call-less form's jump, that has one less. In a shared library it has one
 * more, a load. */
#ifndef CTX_ARCH_RISCV64_LP64D_SWITCH_H_
#define CTX_ARCH_RISCV64_LP64D_SWITCH_H_

#include "ctx/arch/riscv64_lp64d/context.h"
#include "ctx/internal/build.h"

#define CTX_SWAP_CLOBBERS_                                                                         \
  "ra", "t0", "t1", "t2", "a2", "a3", "a4", "a6", "a7", "s2", "s3", "s4", "s5", "s6", "s7", "s8",  \
      "s9", "s10", "s11", "t3", "t4", "t5", "t6", "ft0", "ft1", "ft2", "ft3", "ft4", "ft5", "ft6", \
      "ft7", "fs0", "fs1", "fa0", "fa1", "fa2", "fa3", "fa4", "fa5", "fa6", "fa7", "fs2", "fs3",   \
      "fs4", "fs5", "fs6", "fs7", "fs8", "fs9", "fs10", "fs11", "ft8", "ft9", "ft10", "ft11",      \
      "memory" CTX_SWAP_CLOBBERS_S1_ CTX_SWAP_CLOBBERS_V_

/* clang addresses locals through s1 where a frame has both over-aligned and variable-sized ones,
 * and then does not honour it in a clobber list. For it the code at the place itself keeps s1, in
 * the context. */
#ifdef __clang__
#define CTX_SWAP_CLOBBERS_S1_
#define CTX_SWAP_SAVE_S1_ "sd s1, %c[s1](a0)\n\t"
#define CTX_SWAP_RESTORE_S1_ "ld s1, %c[s1](a0)\n\t"
#else
#define CTX_SWAP_CLOBBERS_S1_ , "s1"
#define CTX_SWAP_SAVE_S1_
#define CTX_SWAP_RESTORE_S1_
#endif

/* No vector register is callee-saved, nor how they are set up. Compilers that know these names do
 * so whatever the file is compiled for, so that a function with a target attribute of its own is
 * safe. clang has no names for the setup, and takes any assembly to change it. */
#if defined(__clang__) || __GNUC__ >= 14
#define CTX_SWAP_CLOBBERS_V_                                                                       \
  , "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9", "v10", "v11", "v12", "v13", "v14", \
      "v15", "v16", "v17", "v18", "v19", "v20", "v21", "v22", "v23", "v24", "v25", "v26", "v27",   \
      "v28", "v29", "v30", "v31" CTX_SWAP_CLOBBERS_VL_
#else
#define CTX_SWAP_CLOBBERS_V_
#endif

#ifndef __clang__
#define CTX_SWAP_CLOBBERS_VL_ , "vl", "vtype", "vxrm"
#else
#define CTX_SWAP_CLOBBERS_VL_
#endif

#define CTX_SWAP_OPERANDS_                                          \
  [pc] "i"(__builtin_offsetof(struct ctx_context, pc)),             \
      [sp] "i"(__builtin_offsetof(struct ctx_context, sp)),         \
      [parent] "i"(__builtin_offsetof(struct ctx_context, parent)), \
      [waits] "i"(__builtin_offsetof(struct ctx_context, waits)),   \
      [s0] "i"(__builtin_offsetof(struct ctx_context, s0)),         \
      [fp_key] "i"(__builtin_offsetof(struct ctx_context, fp_key)), \
      [s1] "i"(__builtin_offsetof(struct ctx_context, s1))

/* The call-less form loads from `to`, then jumps into the shared body. The jump leaves the address
 * behind it, where the context goes on, in a6. (That is not ra, nor t0, so no processor takes it
 * for a call, whose return would come.) In an executable a linker makes it one direct jump if the
 * distance allows. (If the executable takes the library from a shared one, a dynamic linker may run
 * in the middle of the first one, on the stack that is left. It keeps all registers that pass
 * arguments.) A shared library jumps through the global offset table, so that this does not happen.
 *
 * The loads are here, and not in the body, for the reason that x86_64_sysv has. */
#define CTX_SWAP_LOAD_    \
  "ld a2, %c[pc](a5)\n\t" \
  "ld a3, %c[sp](a5)\n\t" \
  "ld a4, %c[s0](a5)\n\t"

#if defined(__PIC__) && !defined(__PIE__)
#define CTX_SWAP_JUMP_TO_(symbol)       \
  "9: auipc a6, %%got_pcrel_hi(" symbol \
  ")\n\t"                               \
  "ld a6, %%pcrel_lo(9b)(a6)\n\t"       \
  "jalr a6, a6\n"
#else
#define CTX_SWAP_JUMP_TO_(symbol) "call a6, " symbol "\n"
#endif
#define CTX_SWAP_JUMP_ CTX_SWAP_JUMP_TO_(CTX_BODY_SYMBOL_(ctx_asm_swap))
#define CTX_YIELD_JUMP_ CTX_SWAP_JUMP_TO_(CTX_BODY_SYMBOL_(ctx_asm_yield))

#define CTX_CALLLESS_(load, jump) CTX_SWAP_SAVE_S1_ load jump "1:\n\t" CTX_SWAP_RESTORE_S1_

/* A yield goes to the parent, whose address the context has. */
#define CTX_YIELD_LOAD_ "ld a5, %c[parent](a0)\n\t" CTX_SWAP_LOAD_

/* The inline form is the whole switch in place. So each place has an indirect jump of its own to
 * predict, too.
 *
 * From the write to sp to the jump the stack is not this function's, and an assembler cannot know
 * how this function's frame is found. For these instructions unwinding ends here: a profiler's
 * signal there sees a short stack, not a wrong one. */
#ifdef __GCC_HAVE_DWARF2_CFI_ASM
#define CTX_SWAP_CFI_BETWEEN_ ".cfi_remember_state\n\t.cfi_undefined ra\n\t"
#define CTX_SWAP_CFI_BACK_ ".cfi_restore_state\n\t"
#else
#define CTX_SWAP_CFI_BETWEEN_
#define CTX_SWAP_CFI_BACK_
#endif

/* `leave` is what a swap and a yield store last: what they write into the two contexts for
 * unwinders and returns. a0 is `to` already, and a1 `from`. `jump` leads to the shared body, which
 * changes control words; it goes on at 1, too. */
#define CTX_INLINE_(load, leave, jump)            \
  CTX_SWAP_SAVE_S1_ load                          \
      "ld a7, %c[fp_key](a5)\n\t"                 \
      "ld t1, %c[fp_key](a0)\n\t"                 \
      "lla a6, 1f\n\t"                            \
      "bne a7, t1, 2f\n\t"                        \
      "sd a6, %c[pc](a0)\n\t"                     \
      "sd sp, %c[sp](a0)\n\t"                     \
      "sd s0, %c[s0](a0)\n\t"                     \
      "mv a1, a0\n\t"                             \
      "mv a0, a5\n\t" leave CTX_SWAP_CFI_BETWEEN_ \
      "mv sp, a3\n\t"                             \
      "mv s0, a4\n\t"                             \
      "jr a2\n\t" CTX_SWAP_CFI_BACK_ "2:\n\t" jump "1:\n\t" CTX_SWAP_RESTORE_S1_

/* As in ctx_asm_swap and ctx_asm_yield. */
#define CTX_SWAP_LEAVE_        \
  "sd a1, %c[parent](a0)\n\t"  \
  "sd zero, %c[waits](a0)\n\t" \
  "sd a0, %c[waits](a1)\n\t"
#define CTX_YIELD_LEAVE_ "sd zero, %c[waits](a0)\n\t"

/* No letter of a constraint stands for one register: variables do. */
#define CTX_SWAP_BY_(code, from, to, resumer)                      \
  do {                                                             \
    register struct ctx_context *ctx_to_ __asm__("a5") = (to);     \
    register struct ctx_context *ctx_from_ __asm__("a0") = (from); \
    register struct ctx_context *ctx_resumer_ __asm__("a1");       \
    __asm__ volatile(code                                          \
                     : "+r"(ctx_to_), "=r"(ctx_resumer_)           \
                     : "r"(ctx_from_), CTX_SWAP_OPERANDS_          \
                     : CTX_SWAP_CLOBBERS_);                        \
    (resumer) = ctx_resumer_;                                      \
  } while (0)
#define CTX_YIELD_BY_(code, self, resumer)                         \
  do {                                                             \
    register struct ctx_context *ctx_self_ __asm__("a0") = (self); \
    register struct ctx_context *ctx_resumer_ __asm__("a1");       \
    __asm__ volatile(code                                          \
                     : "=r"(ctx_resumer_)                          \
                     : "r"(ctx_self_), CTX_SWAP_OPERANDS_          \
                     : "a5", CTX_SWAP_CLOBBERS_);                  \
    (resumer) = ctx_resumer_;                                      \
  } while (0)

#ifdef __riscv
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
#define CTX_LOAD_OF_THREAD_(out, symbol) \
  __asm__ volatile("la.tls.ie %0, " symbol "\n\tadd %0, %0, tp\n\tld %0, (%0)" : "=r"(out))

#endif /* CTX_ARCH_RISCV64_LP64D_SWITCH_H_ */
