/* Holds together layout.h, which assembly reads, and the structs, which C writes. */
#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_AARCH64_AAPCS64_

#include "ctx/arch/aarch64_aapcs64/frame.h"
#include "ctx/arch/aarch64_aapcs64/fresh.h"
#include "ctx/arch/aarch64_aapcs64/layout.h"
#include "ctx/arch/layout_check.h"
#include "ctx/ctx.h"

CTX_CHECK_OFFSET(ctx_context, pc, CTX_OFFSET_PC);
CTX_CHECK_OFFSET(ctx_context, sp, CTX_OFFSET_SP);
CTX_CHECK_OFFSET(ctx_context, parent, CTX_OFFSET_PARENT);
CTX_CHECK_OFFSET(ctx_context, waits, CTX_OFFSET_WAITS);
CTX_CHECK_OFFSET(ctx_context, x29, CTX_OFFSET_X29);
CTX_CHECK_OFFSET(ctx_context, fp_key, CTX_OFFSET_FP_KEY);
CTX_CHECK_OFFSET(ctx_context, entry, CTX_OFFSET_ENTRY);
CTX_CHECK_OFFSET(ctx_context, x19, CTX_OFFSET_X19);
CTX_CHECK_OFFSET(ctx_context, fp_words, CTX_OFFSET_FP_WORDS);
CTX_CHECK_OFFSET(ctx_context, signal_mask, CTX_OFFSET_SIGNAL_MASK);
CTX_CHECK_OFFSET(ctx_context, backstop, CTX_OFFSET_BACKSTOP);
CTX_CHECK_OFFSET(ctx_context, backstop_data, CTX_OFFSET_BACKSTOP_DATA);
CTX_CHECK_OFFSET(ctx_context, returned, CTX_OFFSET_RETURNED);
CTX_CHECK_ARRAY(ctx_context, x20_to_x28, 9, CTX_OFFSET_SAVED_X(20), CTX_OFFSET_SAVED_X(28));
CTX_CHECK_OFFSET(ctx_context, x30, CTX_OFFSET_X30);
CTX_CHECK_ARRAY(ctx_context, d8_to_d15, 8, CTX_OFFSET_SAVED_D(8), CTX_OFFSET_SAVED_D(15));
CTX_CHECK_OFFSET(ctx_context, retval_gp[0], CTX_OFFSET_RETVAL_X0);
CTX_CHECK_OFFSET(ctx_context, retval_gp[1], CTX_OFFSET_RETVAL_X1);
CTX_CHECK_OFFSET(ctx_context, retval_fp, CTX_OFFSET_RETVAL_Q0);
CTX_CHECK_OFFSET(ctx_context, activation, CTX_OFFSET_ACTIVATION);
CTX_CHECK_OFFSET(ctx_context, activation_data, CTX_OFFSET_ACTIVATION_DATA);
CTX_CHECK_OFFSET(ctx_context, enter, CTX_OFFSET_ENTER);
CTX_CHECK_OFFSET(ctx_context, results, CTX_OFFSET_RESULTS);
CTX_CHECK_SIZE(ctx_context, CTX_SIZE_CONTEXT);

/* These are loaded or stored as pairs. */
_Static_assert(CTX_OFFSET_SP == CTX_OFFSET_PC + 8, "a switch");
_Static_assert(CTX_OFFSET_WAITS == CTX_OFFSET_PARENT + 8, "the link of a swap");
_Static_assert(CTX_OFFSET_X29 == CTX_OFFSET_WAITS + 8, "the link of a swap");
_Static_assert(CTX_OFFSET_X30 == CTX_OFFSET_SAVED_X(28) + 8, "x28 and x30");
_Static_assert(CTX_OFFSET_RETVAL_X1 == CTX_OFFSET_RETVAL_X0 + 8, "results");
_Static_assert(CTX_OFFSET_ACTIVATION_DATA == CTX_OFFSET_ACTIVATION + 8, "activation");

CTX_CHECK_OFFSET(ctx_root_frame_, frame_pointer, CTX_OFFSET_ROOT_X29);
CTX_CHECK_OFFSET(ctx_root_frame_, return_address, CTX_OFFSET_ROOT_X30);
CTX_CHECK_OFFSET(ctx_root_frame_, context, CTX_OFFSET_ROOT_CONTEXT);
CTX_CHECK_OFFSET(ctx_root_frame_, unwind_end, CTX_OFFSET_ROOT_UNWIND_END);
CTX_CHECK_SIZE(ctx_root_frame_, CTX_SIZE_ROOT_FRAME);

CTX_CHECK_ARRAY(ctx_result_frame_, vectors, 4, CTX_OFFSET_RESULT_Q(0), CTX_OFFSET_RESULT_Q(3));
CTX_CHECK_SIZE(ctx_result_frame_, CTX_SIZE_RESULT_FRAME);

CTX_CHECK_ARRAY(ctx_entry_frame, gp, 8, CTX_OFFSET_ENTRY_X(0), CTX_OFFSET_ENTRY_X(7));
CTX_CHECK_OFFSET(ctx_entry_frame, result_address, CTX_OFFSET_RESULT_ADDRESS);
CTX_CHECK_OFFSET(ctx_entry_frame, is_wide, CTX_OFFSET_IS_WIDE);
CTX_CHECK_ARRAY(ctx_entry_frame, vectors, 8, CTX_OFFSET_ENTRY_Q(0), CTX_OFFSET_ENTRY_Q(7));
CTX_CHECK_SIZE(ctx_entry_frame, CTX_SIZE_ENTRY_FRAME);

#endif
