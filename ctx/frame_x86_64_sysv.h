/* The first frames on a context's stack: what init writes there, and where each argument goes. */
#ifndef CTX_FRAME_X86_64_SYSV_H_
#define CTX_FRAME_X86_64_SYSV_H_

#include "ctx/asm.h"
#include "ctx/fresh_x86_64_sysv.h"

enum { CTX_NUM_GP_REGISTERS = 6, CTX_NUM_SSE_REGISTERS = 8 };

/* From the end of the stack down: root frame (ctx/fresh_x86_64_sysv.h), arguments in memory, entry
 * frame. Each is a multiple of 16 bytes long, so each begins aligned as rsp must be at a call. */

/* The registers that an entry starts with; loaded and dropped by ctx_asm_enter. Absent if there are
 * no arguments. */
typedef struct ctx_entry_frame {
  uint64_t gp[CTX_NUM_GP_REGISTERS];   /* rdi, rsi, rdx, rcx, r8, r9 */
  uint64_t sse[CTX_NUM_SSE_REGISTERS]; /* the low halves of xmm0 to xmm7 */
  uint64_t num_vector;                 /* for al: vector registers used (3.2.3, variadic calls) */
  uint64_t padding;
} ctx_entry_frame;

/* ctx_frame_size is the bytes that all frames take for these arguments; 0 if one is no value. */
size_t ctx_frame_size(const ctx_value *args, size_t num_args) CTX_HIDDEN;

/* ctx_frame_build_entry writes the arguments between `end`, less the root frame, and the address
 * that it returns: that of the entry frame, where rsp starts.
 * REQUIRES: size = ctx_frame_size(args, num_args), not 0; num_args > 0. */
ctx_entry_frame *ctx_frame_build_entry(char *end, size_t size, const ctx_value *args,
                                       size_t num_args) CTX_HIDDEN;

#endif /* CTX_FRAME_X86_64_SYSV_H_ */
