/* Holds together layout.h, which assembly reads, and the structs, which C writes. */
#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_X86_64_SYSV_

#include "ctx/arch/layout_check.h"
#include "ctx/arch/x86_64_sysv/frame.h"
#include "ctx/arch/x86_64_sysv/fresh.h"
#include "ctx/arch/x86_64_sysv/layout.h"
#include "ctx/arch/x86_64_sysv/place.h"
#include "ctx/ctx.h"

CTX_CHECK_OFFSET(ctx_context, rip, CTX_OFFSET_RIP);
CTX_CHECK_OFFSET(ctx_context, rsp, CTX_OFFSET_RSP);
CTX_CHECK_OFFSET(ctx_context, rbp, CTX_OFFSET_RBP);
CTX_CHECK_OFFSET(ctx_context, parent, CTX_OFFSET_PARENT);
CTX_CHECK_OFFSET(ctx_context, waits, CTX_OFFSET_WAITS);
CTX_CHECK_OFFSET(ctx_context, fp_key, CTX_OFFSET_FP_KEY);
CTX_CHECK_OFFSET(ctx_context, rbx, CTX_OFFSET_RBX);
CTX_CHECK_OFFSET(ctx_context, entry, CTX_OFFSET_ENTRY);
CTX_CHECK_OFFSET(ctx_context, backstop, CTX_OFFSET_BACKSTOP);
CTX_CHECK_OFFSET(ctx_context, backstop_data, CTX_OFFSET_BACKSTOP_DATA);
CTX_CHECK_OFFSET(ctx_context, r12, CTX_OFFSET_R12);
CTX_CHECK_OFFSET(ctx_context, r13, CTX_OFFSET_R13);
CTX_CHECK_OFFSET(ctx_context, r14, CTX_OFFSET_R14);
CTX_CHECK_OFFSET(ctx_context, r15, CTX_OFFSET_R15);
CTX_CHECK_OFFSET(ctx_context, mxcsr, CTX_OFFSET_MXCSR);
CTX_CHECK_OFFSET(ctx_context, x87_control, CTX_OFFSET_X87_CONTROL);
CTX_CHECK_OFFSET(ctx_context, retval_gp[0], CTX_OFFSET_RETVAL_RAX);
CTX_CHECK_OFFSET(ctx_context, retval_gp[1], CTX_OFFSET_RETVAL_RDX);
CTX_CHECK_OFFSET(ctx_context, retval_fp, CTX_OFFSET_RETVAL_XMM0);
CTX_CHECK_OFFSET(ctx_context, signal_mask, CTX_OFFSET_SIGNAL_MASK);
CTX_CHECK_OFFSET(ctx_context, returned, CTX_OFFSET_RETURNED);
CTX_CHECK_OFFSET(ctx_context, activation, CTX_OFFSET_ACTIVATION);
CTX_CHECK_OFFSET(ctx_context, activation_data, CTX_OFFSET_ACTIVATION_DATA);
CTX_CHECK_OFFSET(ctx_context, enter, CTX_OFFSET_ENTER);
CTX_CHECK_OFFSET(ctx_context, results, CTX_OFFSET_RESULTS);
CTX_CHECK_SIZE(ctx_context, CTX_SIZE_CONTEXT);

/* These are written as one: the two control words, the link of a swap, and the pairs of a fresh
 * context. The link is aligned to 16 bytes. */
_Static_assert(CTX_OFFSET_PARENT % 16 == 0, "ctx_asm_swap stores the link by movaps");
CTX_CHECK_OFFSET(ctx_context, waits, offsetof(ctx_context, parent) + 8);
CTX_CHECK_OFFSET(ctx_context, x87_control, offsetof(ctx_context, mxcsr) + 4);
CTX_CHECK_OFFSET(ctx_context, fp_zero, offsetof(ctx_context, mxcsr) + 6);
CTX_CHECK_OFFSET(ctx_context, rsp, offsetof(ctx_context, rip) + 8);
CTX_CHECK_OFFSET(ctx_context, entry, offsetof(ctx_context, fp_key) + 8);
CTX_CHECK_OFFSET(ctx_context, signal_mask, offsetof(ctx_context, mxcsr) + 8);
CTX_CHECK_OFFSET(ctx_context, returned, offsetof(ctx_context, backstop) + 8);
CTX_CHECK_OFFSET(ctx_root_frame_, return_address, offsetof(ctx_root_frame_, frame_pointer) + 8);
CTX_CHECK_OFFSET(ctx_root_frame_, unwind_end, offsetof(ctx_root_frame_, context) + 8);

CTX_CHECK_OFFSET(ctx_root_frame_, frame_pointer, CTX_OFFSET_ROOT_RBP);
CTX_CHECK_OFFSET(ctx_root_frame_, return_address, CTX_OFFSET_ROOT_RIP);
CTX_CHECK_OFFSET(ctx_root_frame_, context, CTX_OFFSET_ROOT_CONTEXT);
CTX_CHECK_OFFSET(ctx_root_frame_, unwind_end, CTX_OFFSET_ROOT_UNWIND_END);
CTX_CHECK_SIZE(ctx_root_frame_, CTX_SIZE_ROOT_FRAME);

CTX_CHECK_OFFSET(ctx_result_frame_, vector0, CTX_OFFSET_RESULT_VECTOR0);
CTX_CHECK_OFFSET(ctx_result_frame_, xmm1, CTX_OFFSET_RESULT_XMM1);
CTX_CHECK_OFFSET(ctx_result_frame_, x87[0], CTX_OFFSET_RESULT_ST0);
CTX_CHECK_OFFSET(ctx_result_frame_, x87[1], CTX_OFFSET_RESULT_ST1);
CTX_CHECK_OFFSET(ctx_result_frame_, num_x87, CTX_OFFSET_RESULT_NUM_X87);
CTX_CHECK_OFFSET(ctx_result_frame_, vector_size, CTX_OFFSET_RESULT_VECTOR_SIZE);
CTX_CHECK_SIZE(ctx_result_frame_, CTX_SIZE_RESULT_FRAME);

CTX_CHECK_OFFSET(ctx_entry_frame, gp[0], CTX_OFFSET_RDI);
CTX_CHECK_OFFSET(ctx_entry_frame, gp[1], CTX_OFFSET_RSI);
CTX_CHECK_OFFSET(ctx_entry_frame, gp[2], CTX_OFFSET_RDX);
CTX_CHECK_OFFSET(ctx_entry_frame, gp[3], CTX_OFFSET_RCX);
CTX_CHECK_OFFSET(ctx_entry_frame, gp[4], CTX_OFFSET_R8);
CTX_CHECK_OFFSET(ctx_entry_frame, gp[5], CTX_OFFSET_R9);
CTX_CHECK_OFFSET(ctx_entry_frame, num_vector, CTX_OFFSET_NUM_VECTOR);
CTX_CHECK_OFFSET(ctx_entry_frame, vector_size, CTX_OFFSET_VECTOR_SIZE);
CTX_CHECK_SIZE(ctx_entry_frame, CTX_OFFSET_VECTORS);
_Static_assert(CTX_NUM_VECTORS == CTX_NUM_VECTOR_REGISTERS, "an entry frame has them all");

#endif
