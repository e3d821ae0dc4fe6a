/* Signal masks as contexts keep them: 64 bits, as the kernel has them; ctx_signal_mask_pack in
 * ctx/fresh_x86_64_sysv.h makes them. */
#ifndef CTX_SIGNAL_MASK_H_
#define CTX_SIGNAL_MASK_H_

#include "ctx/asm.h"

/* The calling thread's mask: false if the system call fails. Async-signal-safe. */
CTX_HIDDEN bool ctx_signal_mask_read(uint64_t *out_bits);
CTX_HIDDEN bool ctx_signal_mask_set(uint64_t bits);

/* Holds up all signals but those that tell of faults, and lets them through again: hold returns
 * what release wants. Uninstrumented, and system calls of their own, so that no tool is at work in
 * them.
 */
CTX_HIDDEN uint64_t ctx_signal_mask_hold(void);
CTX_HIDDEN void ctx_signal_mask_release(uint64_t held);

#endif /* CTX_SIGNAL_MASK_H_ */
