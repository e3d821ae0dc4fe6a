/* Holds together layout.h, which assembly reads, and the structs, which C writes. */
#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_RISCV64_LP64D_

#include "ctx/arch/layout_check.h"
#include "ctx/arch/riscv64_lp64d/frame.h"
#include "ctx/arch/riscv64_lp64d/fresh.h"
#include "ctx/arch/riscv64_lp64d/layout.h"
#include "ctx/ctx.h"

CTX_CHECK_OFFSET(ctx_context, pc, CTX_OFFSET_PC);
CTX_CHECK_OFFSET(ctx_context, sp, CTX_OFFSET_SP);
CTX_CHECK_OFFSET(ctx_context, parent, CTX_OFFSET_PARENT);
CTX_CHECK_OFFSET(ctx_context, waits, CTX_OFFSET_WAITS);
CTX_CHECK_OFFSET(ctx_context, s0, CTX_OFFSET_S0);
CTX_CHECK_OFFSET(ctx_context, fp_key, CTX_OFFSET_FP_KEY);
CTX_CHECK_OFFSET(ctx_context, entry, CTX_OFFSET_ENTRY);
CTX_CHECK_OFFSET(ctx_context, s1, CTX_OFFSET_S1);
CTX_CHECK_OFFSET(ctx_context, fp_words, CTX_OFFSET_FP_WORDS);
CTX_CHECK_OFFSET(ctx_context, signal_mask, CTX_OFFSET_SIGNAL_MASK);
CTX_CHECK_OFFSET(ctx_context, backstop, CTX_OFFSET_BACKSTOP);
CTX_CHECK_OFFSET(ctx_context, backstop_data, CTX_OFFSET_BACKSTOP_DATA);
CTX_CHECK_OFFSET(ctx_context, returned, CTX_OFFSET_RETURNED);
CTX_CHECK_ARRAY(ctx_context, s2_to_s11, 10, CTX_OFFSET_SAVED_S(2), CTX_OFFSET_SAVED_S(11));
CTX_CHECK_OFFSET(ctx_context, ra, CTX_OFFSET_RA);
CTX_CHECK_ARRAY(ctx_context, fs0_to_fs9, 10, CTX_OFFSET_SAVED_FS(0), CTX_OFFSET_SAVED_FS(9));
CTX_CHECK_OFFSET(ctx_context, fs10, CTX_OFFSET_SAVED_FS(10));
CTX_CHECK_OFFSET(ctx_context, fs11, CTX_OFFSET_SAVED_FS(11));
CTX_CHECK_OFFSET(ctx_context, activation, CTX_OFFSET_ACTIVATION);
CTX_CHECK_OFFSET(ctx_context, activation_data, CTX_OFFSET_ACTIVATION_DATA);
CTX_CHECK_OFFSET(ctx_context, retval_gp[0], CTX_OFFSET_RETVAL_A0);
CTX_CHECK_OFFSET(ctx_context, retval_gp[1], CTX_OFFSET_RETVAL_A1);
CTX_CHECK_OFFSET(ctx_context, retval_fp[0], CTX_OFFSET_RETVAL_FA0);
CTX_CHECK_OFFSET(ctx_context, retval_fp[1], CTX_OFFSET_RETVAL_FA0_HIGH);
CTX_CHECK_OFFSET(ctx_context, retval_fa1, CTX_OFFSET_RETVAL_FA1);
CTX_CHECK_OFFSET(ctx_context, enter, CTX_OFFSET_ENTER);
CTX_CHECK_OFFSET(ctx_context, results, CTX_OFFSET_RESULTS);
CTX_CHECK_SIZE(ctx_context, CTX_SIZE_CONTEXT);

CTX_CHECK_OFFSET(ctx_root_frame_, frame_pointer, CTX_OFFSET_ROOT_S0);
CTX_CHECK_OFFSET(ctx_root_frame_, return_address, CTX_OFFSET_ROOT_RA);
CTX_CHECK_OFFSET(ctx_root_frame_, context, CTX_OFFSET_ROOT_CONTEXT);
CTX_CHECK_OFFSET(ctx_root_frame_, unwind_end, CTX_OFFSET_ROOT_UNWIND_END);
CTX_CHECK_SIZE(ctx_root_frame_, CTX_SIZE_ROOT_FRAME);
_Static_assert(CTX_OFFSET_ROOT_RA + 8 == CTX_SIZE_FRAME_RECORD, "the record comes first");

CTX_CHECK_ARRAY(ctx_entry_frame, gp, 8, CTX_OFFSET_ENTRY_A(0), CTX_OFFSET_ENTRY_A(7));
CTX_CHECK_ARRAY(ctx_entry_frame, fp, 8, CTX_OFFSET_ENTRY_FA(0), CTX_OFFSET_ENTRY_FA(7));
CTX_CHECK_OFFSET(ctx_entry_frame, results, CTX_OFFSET_RESULT_FRAME);
CTX_CHECK_SIZE(ctx_entry_frame, CTX_SIZE_ENTRY_FRAME);

#endif
