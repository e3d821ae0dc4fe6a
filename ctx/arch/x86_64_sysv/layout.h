/* Where the fields that assembly touches lie, in bytes: #define only, for C and for assembly.
 *
 * layout_check.c asserts every one of these numbers against the C structs that they describe
 * (context.h, fresh.h, frame.h). No public header includes this one. */
#ifndef CTX_ARCH_X86_64_SYSV_LAYOUT_H_
#define CTX_ARCH_X86_64_SYSV_LAYOUT_H_

/* struct ctx_context */
#define CTX_OFFSET_RIP 0
#define CTX_OFFSET_RSP 8
#define CTX_OFFSET_PARENT 16
#define CTX_OFFSET_WAITS 24
#define CTX_OFFSET_RBP 32
#define CTX_OFFSET_FP_KEY 40
#define CTX_OFFSET_ENTRY 48
#define CTX_OFFSET_RBX 56
#define CTX_OFFSET_MXCSR 64
#define CTX_OFFSET_X87_CONTROL 68
#define CTX_OFFSET_SIGNAL_MASK 72
#define CTX_OFFSET_BACKSTOP 80
#define CTX_OFFSET_RETURNED 88
#define CTX_OFFSET_R12 96
#define CTX_OFFSET_R13 104
#define CTX_OFFSET_R14 112
#define CTX_OFFSET_R15 120
#define CTX_OFFSET_RETVAL_RAX 128
#define CTX_OFFSET_RETVAL_RDX 136
#define CTX_OFFSET_RETVAL_XMM0 144
#define CTX_OFFSET_ACTIVATION 160
#define CTX_OFFSET_ACTIVATION_DATA 168
#define CTX_OFFSET_ENTER 176
#define CTX_OFFSET_RESULTS 176
#define CTX_OFFSET_BACKSTOP_DATA 184
#define CTX_SIZE_CONTEXT 320

/* struct ctx_root_frame_ */
#define CTX_OFFSET_ROOT_RBP 0
#define CTX_OFFSET_ROOT_RIP 8
#define CTX_OFFSET_ROOT_CONTEXT 16
#define CTX_OFFSET_ROOT_UNWIND_END 24
#define CTX_SIZE_ROOT_FRAME 32

/* The frame of a function that runs on top of a context. Only assembly knows it. It begins with a
 * frame's record, so that walks along frame pointers go on. CTX_OFFSET_RBX and CTX_OFFSET_R12 to
 * CTX_OFFSET_R15 are its offsets, too. */
#define CTX_OFFSET_TOP_RBP 0
#define CTX_OFFSET_TOP_RIP 8
#define CTX_OFFSET_TOP_RSP 16
#define CTX_OFFSET_TOP_CONTEXT 24
#define CTX_OFFSET_TOP_FUNCTION 32
#define CTX_OFFSET_TOP_DATA 40
#define CTX_SIZE_TOP_FRAME 128
#define CTX_SIZE_RED_ZONE 128

/* struct ctx_result_frame_, and where it lies */
#define CTX_OFFSET_RESULT_VECTOR0 0
#define CTX_OFFSET_RESULT_XMM1 64
#define CTX_OFFSET_RESULT_ST0 80
#define CTX_OFFSET_RESULT_ST1 96
#define CTX_OFFSET_RESULT_NUM_X87 124
#define CTX_OFFSET_RESULT_VECTOR_SIZE 126
#define CTX_SIZE_RESULT_FRAME 128
#define CTX_BELOW_ROOT(result_offset) ((result_offset)-CTX_SIZE_RESULT_FRAME)

/* struct ctx_entry_frame */
#define CTX_OFFSET_RDI 0
#define CTX_OFFSET_RSI 8
#define CTX_OFFSET_RDX 16
#define CTX_OFFSET_RCX 24
#define CTX_OFFSET_R8 32
#define CTX_OFFSET_R9 40
#define CTX_OFFSET_NUM_VECTOR 48
#define CTX_OFFSET_VECTOR_SIZE 56
#define CTX_OFFSET_VECTORS 64
#define CTX_NUM_VECTORS 8

/* The bytes of a vector register in an entry frame: a scalar, xmm, ymm, zmm. */
#define CTX_SIZE_SCALAR 8
#define CTX_SIZE_XMM 16
#define CTX_SIZE_YMM 32
#define CTX_SIZE_ZMM 64
#define CTX_OFFSET_VECTOR(index, size) (CTX_OFFSET_VECTORS + (index) * (size))
#define CTX_SIZE_ENTRY_FRAME(size) CTX_OFFSET_VECTOR(CTX_NUM_VECTORS, size)

/* ctx_context.returned is 0, or says which of the results have been kept. */
#define CTX_RETURNED 1
#define CTX_RETURNED_WIDE 2
#define CTX_RETURNED_CLEARED 3    /* by ctx_clear_retvals: none, any longer */
#define CTX_RETURNED_CANCELLED 4  /* it was cancelled: none */
#define CTX_RETURNED_TERMINATED 5 /* it was dropped where it stood: none */
#define CTX_RETURNED_THREW 6      /* an exception has left it: none */

/* A context goes on so many bytes behind the symbol of a function that begins with
 * CTX_RESUME_POINT. */
#define CTX_RESUME_OFFSET 2

#endif /* CTX_ARCH_X86_64_SYSV_LAYOUT_H_ */
