/* The two forms of the switch that live in the caller, on x86-64 System V. Included by ctx/ctx.h.
 *
 * Both forms tell the compiler that every register except rsp, rbp and rdi is clobbered. So the
 * compiler saves whatever is live in the frame that it has anyway, where an unwinder finds it.
 * Neither form pushes anything, so the function's red zone is safe.
 *
 * rdi holds `from` again afterwards: whoever resumes a context leaves its address there. rax holds
 * the resumer's address. asm/x86_64_sysv/switch.S says what these two addresses are good for.
 *
 * A switch that is inlined into AVX code may leave the upper halves of vector registers live. Where
 * that costs other contexts time, call _mm256_zeroupper() first, as a compiler does before a
 * call. */
#ifndef CTX_ARCH_X86_64_SYSV_SWITCH_H_
#define CTX_ARCH_X86_64_SYSV_SWITCH_H_

#include "ctx/arch/x86_64_sysv/context.h"
#include "ctx/internal/build.h"

#define CTX_SWAP_CLOBBERS_                                                          \
  "rcx", "rdx", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "cc",         \
      "memory" CTX_SWAP_CLOBBERS_RBX_ CTX_SWAP_CLOBBERS_X87_ CTX_SWAP_CLOBBERS_MMX_ \
          CTX_SWAP_CLOBBERS_SSE_ CTX_SWAP_CLOBBERS_AVX512_ CTX_SWAP_CLOBBERS_AMX_   \
              CTX_SWAP_CLOBBERS_APX_

/* Older clangs address locals through rbx where a frame has both over-aligned and variable-sized
 * ones, and then do not honour it in a clobber list. For them the code at the place itself keeps
 * rbx, in the context. That takes a tight loop a fifth longer. */
#if defined(__clang_major__) && __clang_major__ < 19
#define CTX_SWAP_CLOBBERS_RBX_
#define CTX_SWAP_SAVE_RBX_ "movq %%rbx, %c[rbx](%%rdi)\n\t"
#define CTX_SWAP_RESTORE_RBX_ "movq %c[rbx](%%rdi), %%rbx\n\t"
#else
#define CTX_SWAP_CLOBBERS_RBX_ , "rbx"
#define CTX_SWAP_SAVE_RBX_
#define CTX_SWAP_RESTORE_RBX_
#endif

/* x87 and MMX share registers, which must be empty at a switch, as at a call. Naming them makes the
 * compiler store whatever it holds there. */
#ifndef _SOFT_FLOAT
#define CTX_SWAP_CLOBBERS_X87_ , "st", "st(1)", "st(2)", "st(3)", "st(4)", "st(5)", "st(6)", "st(7)"
#else
#define CTX_SWAP_CLOBBERS_X87_
#endif

#ifdef __MMX__
#define CTX_SWAP_CLOBBERS_MMX_ , "mm0", "mm1", "mm2", "mm3", "mm4", "mm5", "mm6", "mm7"
#else
#define CTX_SWAP_CLOBBERS_MMX_
#endif

#ifdef __SSE__
#define CTX_SWAP_CLOBBERS_SSE_                                                               \
  , "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", \
      "xmm11", "xmm12", "xmm13", "xmm14", "xmm15"
#else
#define CTX_SWAP_CLOBBERS_SSE_
#endif

/* clang knows these names whatever the file is compiled for, so that a function with a target
 * attribute of its own is safe. gcc knows them only where the whole file has AVX-512: see REQUIRES
 * at ctx_swap. gcc has no names for the tiles of AMX, and holds nothing there by itself. */
#if defined(__AVX512F__) || defined(__clang__)
#define CTX_SWAP_CLOBBERS_AVX512_                                                               \
  , "xmm16", "xmm17", "xmm18", "xmm19", "xmm20", "xmm21", "xmm22", "xmm23", "xmm24", "xmm25",   \
      "xmm26", "xmm27", "xmm28", "xmm29", "xmm30", "xmm31", "k0", "k1", "k2", "k3", "k4", "k5", \
      "k6", "k7"
#else
#define CTX_SWAP_CLOBBERS_AVX512_
#endif

#if defined(__clang_major__) && __clang_major__ >= 11
#define CTX_SWAP_CLOBBERS_AMX_ , "tmm0", "tmm1", "tmm2", "tmm3", "tmm4", "tmm5", "tmm6", "tmm7"
#else
#define CTX_SWAP_CLOBBERS_AMX_
#endif

#ifdef __APX_F__
#define CTX_SWAP_CLOBBERS_APX_                                                                 \
  , "r16", "r17", "r18", "r19", "r20", "r21", "r22", "r23", "r24", "r25", "r26", "r27", "r28", \
      "r29", "r30", "r31"
#else
#define CTX_SWAP_CLOBBERS_APX_
#endif

/* The place where a context goes on is the target of an indirect jump. */
#if defined(__CET__) && (__CET__ & 1)
#define CTX_SWAP_ENDBR_ "endbr64\n\t"
#else
#define CTX_SWAP_ENDBR_
#endif

#define CTX_SWAP_OPERANDS_                                          \
  [rip] "i"(__builtin_offsetof(struct ctx_context, rip)),           \
      [rsp] "i"(__builtin_offsetof(struct ctx_context, rsp)),       \
      [rbp] "i"(__builtin_offsetof(struct ctx_context, rbp)),       \
      [parent] "i"(__builtin_offsetof(struct ctx_context, parent)), \
      [waits] "i"(__builtin_offsetof(struct ctx_context, waits)),   \
      [fp_key] "i"(__builtin_offsetof(struct ctx_context, fp_key)), \
      [rbx] "i"(__builtin_offsetof(struct ctx_context, rbx))

/* The call-less form loads from `to`, then jumps into the shared body. It jumps through the global
 * offset table: a linker that builds an executable makes that a direct jump, and a dynamic linker
 * never runs in the middle of it.
 *
 * The loads are here, and not in the body, since a processor guesses by a load's own address which
 * earlier stores the load must wait for. A scheduler loads from a child that was stored to long
 * ago. A child loads from its scheduler, which was stored to a moment ago. Two loads are guessed
 * well; one load for both is guessed badly, and a switch takes twice the time. */
#define CTX_SWAP_LOAD_             \
  "movq %c[rip](%%rsi), %%rcx\n\t" \
  "movq %c[rsp](%%rsi), %%rdx\n\t" \
  "movq %c[rbp](%%rsi), %%r8\n\t"

#define CTX_SWAP_JUMP_ "jmpq *" CTX_BODY_SYMBOL_(ctx_asm_swap) "@GOTPCREL(%%rip)\n"
#define CTX_YIELD_JUMP_ "jmpq *" CTX_BODY_SYMBOL_(ctx_asm_yield) "@GOTPCREL(%%rip)\n"

#define CTX_SWAP_CALLLESS_(from, to, resumer)                     \
  __asm__ volatile(CTX_SWAP_SAVE_RBX_ CTX_SWAP_LOAD_              \
                   "leaq 1f(%%rip), %%r11\n\t" CTX_SWAP_JUMP_     \
                   "1:\n\t" CTX_SWAP_ENDBR_ CTX_SWAP_RESTORE_RBX_ \
                   : "+S"(to), "=a"(resumer)                      \
                   : "D"(from), CTX_SWAP_OPERANDS_                \
                   : CTX_SWAP_CLOBBERS_)

/* A yield goes to the parent, whose address the context has. */
#define CTX_YIELD_LOAD_ "movq %c[parent](%%rdi), %%rsi\n\t" CTX_SWAP_LOAD_

#define CTX_YIELD_CALLLESS_(self, resumer)                        \
  __asm__ volatile(CTX_SWAP_SAVE_RBX_ CTX_YIELD_LOAD_             \
                   "leaq 1f(%%rip), %%r11\n\t" CTX_YIELD_JUMP_    \
                   "1:\n\t" CTX_SWAP_ENDBR_ CTX_SWAP_RESTORE_RBX_ \
                   : "=a"(resumer)                                \
                   : "D"(self), CTX_SWAP_OPERANDS_                \
                   : "rsi", CTX_SWAP_CLOBBERS_)

/* The inline form is the whole switch in place. So each place has an indirect jump of its own to
 * predict, too.
 *
 * From the write to rsp to the jump the stack is not this function's, and an assembler cannot
 * know how this function's frame is found. For these instructions unwinding ends here: a profiler's
 * signal there sees a short stack, not a wrong one. */
#ifdef __GCC_HAVE_DWARF2_CFI_ASM
#define CTX_SWAP_CFI_BETWEEN_ ".cfi_remember_state\n\t.cfi_undefined %%rip\n\t"
#define CTX_SWAP_CFI_BACK_ ".cfi_restore_state\n\t"
#else
#define CTX_SWAP_CFI_BETWEEN_
#define CTX_SWAP_CFI_BACK_
#endif

#define CTX_INLINE_LEAVE_ \
  CTX_SWAP_CFI_BETWEEN_   \
  "movq %%rdx, %%rsp\n\t" \
  "movq %%r8, %%rbp\n\t"  \
  "jmpq *%%rcx\n\t" CTX_SWAP_CFI_BACK_

/* `link` is what a swap and a yield write into the two contexts for unwinders and returns, where
 * rdi is `to` already, and rax `from`. `jump` leads to the shared body, which changes control
 * words. */
#define CTX_INLINE_(load, link, jump)    \
  CTX_SWAP_SAVE_RBX_ load                \
      "leaq 1f(%%rip), %%r11\n\t"        \
      "movq %c[fp_key](%%rdi), %%r9\n\t" \
      "cmpq %c[fp_key](%%rsi), %%r9\n\t" \
      "jne 2f\n\t"                       \
      "movq %%r11, %c[rip](%%rdi)\n\t"   \
      "movq %%rsp, %c[rsp](%%rdi)\n\t"   \
      "movq %%rbp, %c[rbp](%%rdi)\n\t"   \
      "movq %%rdi, %%rax\n\t"            \
      "movq %%rsi, %%rdi\n\t" link "2:\n\t" jump "1:\n\t" CTX_SWAP_ENDBR_ CTX_SWAP_RESTORE_RBX_

/* As in ctx_asm_swap: the parent is stored only if it is another one than last time, and then as
 * one store with the end of the wait of `to`. The wait of `from` begins last. */
#define CTX_SWAP_LINK_                                 \
  "cmpq %c[parent](%%rdi), %%rax\n\t"                  \
  "jne 3f\n\t"                                         \
  "movq $0, %c[waits](%%rdi)\n\t"                      \
  "movq %%rdi, %c[waits](%%rax)\n\t" CTX_INLINE_LEAVE_ \
  "3:\n\t"                                             \
  "movq %%rax, %%xmm0\n\t"                             \
  "movaps %%xmm0, %c[parent](%%rdi)\n\t"               \
  "movq %%rdi, %c[waits](%%rax)\n\t" CTX_INLINE_LEAVE_

#define CTX_YIELD_LINK_ "movq $0, %c[waits](%%rdi)\n\t" CTX_INLINE_LEAVE_

#define CTX_SWAP_INLINE_(from, to, resumer)                                    \
  __asm__ volatile(CTX_INLINE_(CTX_SWAP_LOAD_, CTX_SWAP_LINK_, CTX_SWAP_JUMP_) \
                   : "+S"(to), "=a"(resumer)                                   \
                   : "D"(from), CTX_SWAP_OPERANDS_                             \
                   : CTX_SWAP_CLOBBERS_)

#define CTX_YIELD_INLINE_(self, resumer)                                          \
  __asm__ volatile(CTX_INLINE_(CTX_YIELD_LOAD_, CTX_YIELD_LINK_, CTX_YIELD_JUMP_) \
                   : "=a"(resumer)                                                \
                   : "D"(self), CTX_SWAP_OPERANDS_                                \
                   : "rsi", CTX_SWAP_CLOBBERS_)

/* CTX_LOAD_OF_THREAD_ loads a thread-local word of the thread that runs now. Compilers take the
 * address of a thread-local for constant within a function, in which a switch may change the
 * thread. `symbol` names it, with the model "initial-exec". */
#define CTX_LOAD_OF_THREAD_(out, symbol) \
  __asm__ volatile("movq " symbol "@gottpoff(%%rip), %0\n\tmovq %%fs:(%0), %0" : "=r"(out))

#endif /* CTX_ARCH_X86_64_SYSV_SWITCH_H_ */
