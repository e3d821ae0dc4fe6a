/* Where the fields that assembly touches lie, in bytes: #define only, for C and for assembly.
 *
 * layout_check.c asserts every one of these numbers against the C structs that they describe
 * (context.h, fresh.h, frame.h). No public header includes this one. */
#ifndef CTX_ARCH_AARCH64_AAPCS64_LAYOUT_H_
#define CTX_ARCH_AARCH64_AAPCS64_LAYOUT_H_

/* struct ctx_context. Assembly loads and stores neighbours as pairs: pc and sp, parent and waits,
 * waits and x29, the callee-saved registers from x20 on, results, the activation callback and its
 * data. */
#define CTX_OFFSET_PC 0
#define CTX_OFFSET_SP 8
#define CTX_OFFSET_PARENT 16
#define CTX_OFFSET_WAITS 24
#define CTX_OFFSET_X29 32
#define CTX_OFFSET_FP_KEY 40
#define CTX_OFFSET_ENTRY 48
#define CTX_OFFSET_X19 56
#define CTX_OFFSET_FP_WORDS 64
#define CTX_OFFSET_SIGNAL_MASK 72
#define CTX_OFFSET_BACKSTOP 80
#define CTX_OFFSET_RETURNED 88
#define CTX_OFFSET_SAVED_X(n) (96 + ((n)-20) * 8) /* x20 to x28 */
#define CTX_OFFSET_X30 168
#define CTX_OFFSET_SAVED_D(n) (176 + ((n)-8) * 8) /* d8 to d15 */
#define CTX_OFFSET_RETVAL_X0 240
#define CTX_OFFSET_RETVAL_X1 248
#define CTX_OFFSET_RETVAL_Q0 256
#define CTX_OFFSET_ACTIVATION 272
#define CTX_OFFSET_ACTIVATION_DATA 280
#define CTX_OFFSET_ENTER 288
#define CTX_OFFSET_RESULTS 288
#define CTX_OFFSET_BACKSTOP_DATA 296
#define CTX_SIZE_CONTEXT 448

/* struct ctx_root_frame_ */
#define CTX_OFFSET_ROOT_X29 0
#define CTX_OFFSET_ROOT_X30 8
#define CTX_OFFSET_ROOT_CONTEXT 16
#define CTX_OFFSET_ROOT_UNWIND_END 24
#define CTX_SIZE_ROOT_FRAME 32

/* The frame of a function that runs on top of a context. Only assembly knows it. It begins with a
 * frame's record, so that walks along frame pointers go on. The offsets of x19 to x30 and d8 to d15
 * in a context are those in this frame, too. Neighbours are loaded and stored as pairs. */
#define CTX_OFFSET_TOP_X29 0
#define CTX_OFFSET_TOP_PC 8
#define CTX_OFFSET_TOP_CFA 16
#define CTX_OFFSET_TOP_UNWIND_PC 24
#define CTX_OFFSET_TOP_CONTEXT 32
#define CTX_OFFSET_TOP_FUNCTION 40
#define CTX_OFFSET_TOP_DATA 48
#define CTX_SIZE_FRAME_RECORD 16
#define CTX_SIZE_TOP_FRAME 240

/* struct ctx_result_frame_; it lies below the root frame */
#define CTX_OFFSET_RESULT_Q(n) ((n)*16) /* q0 to q3 */
#define CTX_SIZE_RESULT_FRAME 80

/* struct ctx_entry_frame */
#define CTX_OFFSET_ENTRY_X(n) ((n)*8) /* x0 to x7 */
#define CTX_OFFSET_RESULT_ADDRESS 64
#define CTX_OFFSET_IS_WIDE 72
#define CTX_OFFSET_ENTRY_Q(n) (80 + (n)*16) /* q0 to q7 */
#define CTX_SIZE_ENTRY_FRAME 208

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

#endif /* CTX_ARCH_AARCH64_AAPCS64_LAYOUT_H_ */
