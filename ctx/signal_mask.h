/* Signal masks as contexts keep them: 64 bits, as the kernel has them. */
#ifndef CTX_SIGNAL_MASK_H_
#define CTX_SIGNAL_MASK_H_

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ctx_signal_mask_pack takes a `const sigset_t *`. A C library's sigset_t may be longer, for
 * signals that Linux has not; it begins with the kernel's 64 bits. */
static __inline__ uint64_t ctx_signal_mask_pack(const void *mask) {
  uint64_t bits;
  __builtin_memcpy(&bits, mask, sizeof bits);
  return bits;
}

/* The calling thread's mask: false if the system call fails. Async-signal-safe. */
bool ctx_signal_mask_read(uint64_t *out_bits);
bool ctx_signal_mask_set(uint64_t bits);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_SIGNAL_MASK_H_ */
