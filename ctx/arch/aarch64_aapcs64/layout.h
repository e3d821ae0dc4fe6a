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
#define CTX_OFFSET_X20 96
#define CTX_OFFSET_X21 104
#define CTX_OFFSET_X22 112
#define CTX_OFFSET_X23 120
#define CTX_OFFSET_X24 128
#define CTX_OFFSET_X25 136
#define CTX_OFFSET_X26 144
#define CTX_OFFSET_X27 152
#define CTX_OFFSET_X28 160
#define CTX_OFFSET_X30 168
#define CTX_OFFSET_D8 176
#define CTX_OFFSET_D9 184
#define CTX_OFFSET_D10 192
#define CTX_OFFSET_D11 200
#define CTX_OFFSET_D12 208
#define CTX_OFFSET_D13 216
#define CTX_OFFSET_D14 224
#define CTX_OFFSET_D15 232
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

/* struct ctx_result_frame_; it lies below the root frame */
#define CTX_OFFSET_RESULT_Q0 0
#define CTX_OFFSET_RESULT_Q1 16
#define CTX_OFFSET_RESULT_Q2 32
#define CTX_OFFSET_RESULT_Q3 48
#define CTX_SIZE_RESULT_FRAME 80

/* struct ctx_entry_frame: x0 to x7; x8; whether there is a result frame; q0 to q7 */
#define CTX_SIZE_X 8
#define CTX_SIZE_Q 16
#define CTX_OFFSET_X(index) ((index)*CTX_SIZE_X)
#define CTX_OFFSET_RESULT_ADDRESS 64
#define CTX_OFFSET_IS_WIDE 72
#define CTX_OFFSET_Q(index) (80 + (index)*CTX_SIZE_Q)
#define CTX_SIZE_ENTRY_FRAME 208

/* ctx_context.returned is 0, or says which of the results have been kept. */
#define CTX_RETURNED 1
#define CTX_RETURNED_WIDE 2
#define CTX_RETURNED_CLEARED 3 /* by ctx_clear_retvals: none, any longer */

/* A context goes on so many bytes behind the symbol of a function that begins with
 * CTX_RESUME_POINT. */
#define CTX_RESUME_OFFSET 4

#endif /* CTX_ARCH_AARCH64_AAPCS64_LAYOUT_H_ */
