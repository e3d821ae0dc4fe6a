/* Where the fields that assembly touches lie, in bytes: #define only, for C and for assembly.
 *
 * layout_check.c asserts every one of these numbers against the C structs that they describe
 * (context.h, fresh.h, frame.h). No public header includes this one. */
#ifndef CTX_ARCH_RISCV64_LP64D_LAYOUT_H_
#define CTX_ARCH_RISCV64_LP64D_LAYOUT_H_

/* struct ctx_context */
#define CTX_OFFSET_PC 0
#define CTX_OFFSET_SP 8
#define CTX_OFFSET_PARENT 16
#define CTX_OFFSET_WAITS 24
#define CTX_OFFSET_S0 32
#define CTX_OFFSET_FP_KEY 40
#define CTX_OFFSET_ENTRY 48
#define CTX_OFFSET_S1 56
#define CTX_OFFSET_FP_WORDS 64
#define CTX_OFFSET_SIGNAL_MASK 72
#define CTX_OFFSET_BACKSTOP 80
#define CTX_OFFSET_RETURNED 88
#define CTX_OFFSET_SAVED_S(n) (96 + ((n)-2) * 8) /* s2 to s11 */
#define CTX_OFFSET_RA 176
#define CTX_OFFSET_SAVED_FS(n) (184 + (n)*8) /* fs0 to fs11 */
#define CTX_OFFSET_ACTIVATION 264
#define CTX_OFFSET_ACTIVATION_DATA 272
#define CTX_OFFSET_RETVAL_A0 280
#define CTX_OFFSET_RETVAL_A1 288
#define CTX_OFFSET_RETVAL_FA0 296
#define CTX_OFFSET_RETVAL_FA0_HIGH 304
#define CTX_OFFSET_RETVAL_FA1 312
#define CTX_OFFSET_ENTER 320
#define CTX_OFFSET_RESULTS 320
#define CTX_OFFSET_BACKSTOP_DATA 328
#define CTX_SIZE_CONTEXT 448

/* struct ctx_root_frame_. A frame pointer points above a frame's record, so s0 points behind the
 * first two words. CTX_FROM_S0 is an offset from there. */
#define CTX_OFFSET_ROOT_S0 0
#define CTX_OFFSET_ROOT_RA 8
#define CTX_OFFSET_ROOT_CONTEXT 16
#define CTX_OFFSET_ROOT_UNWIND_END 24
#define CTX_SIZE_ROOT_FRAME 32
#define CTX_SIZE_FRAME_RECORD 16
#define CTX_FROM_S0(offset) ((offset)-CTX_SIZE_FRAME_RECORD)

/* The frame of a function that runs on top of a context. Only assembly knows it. It begins with a
 * frame's record, so that walks along frame pointers go on. The offsets of callee-saved registers
 * in a context are those in this frame, too. */
#define CTX_OFFSET_TOP_S0 0
#define CTX_OFFSET_TOP_PC 8
#define CTX_OFFSET_TOP_CFA 16
#define CTX_OFFSET_TOP_UNWIND_PC 24
#define CTX_OFFSET_TOP_CONTEXT 32
#define CTX_OFFSET_TOP_FUNCTION 40
#define CTX_OFFSET_TOP_DATA 48
#define CTX_SIZE_TOP_FRAME 288

/* struct ctx_entry_frame */
#define CTX_OFFSET_ENTRY_A(n) ((n)*8)       /* a0 to a7 */
#define CTX_OFFSET_ENTRY_FA(n) (64 + (n)*8) /* fa0 to fa7 */
#define CTX_OFFSET_RESULT_FRAME 128
#define CTX_SIZE_ENTRY_FRAME 144

/* ctx_context.returned is 0, or says which of the results have been kept. */
#define CTX_RETURNED 1
#define CTX_RETURNED_WIDE 2
#define CTX_RETURNED_CLEARED 3    /* by ctx_clear_retvals: none, any longer */
#define CTX_RETURNED_CANCELLED 4  /* it was cancelled: none */
#define CTX_RETURNED_TERMINATED 5 /* it was dropped where it stood: none */
#define CTX_RETURNED_THREW 6      /* an exception has left it: none */

/* A context goes on so many bytes behind the symbol of a function that begins with
 * CTX_RESUME_POINT. */
#define CTX_RESUME_OFFSET 4

#endif /* CTX_ARCH_RISCV64_LP64D_LAYOUT_H_ */
