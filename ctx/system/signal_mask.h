/* A signal mask as contexts keep it: 64 bits, signal 1 the lowest. Included by ctx/inline.h, by way
 * of ctx/context/fresh.h. */
#ifndef CTX_SYSTEM_SIGNAL_MASK_H_
#define CTX_SYSTEM_SIGNAL_MASK_H_

#include <stdint.h>

/* Two signals cannot be blocked: SIGKILL, 9, and SIGSTOP, 19. A mask never has them. */
#define CTX_SIGNAL_MASK_NEVER_ (UINT64_C(1) << (9 - 1) | UINT64_C(1) << (19 - 1))

/* CTX_SIGNAL_MASK_NONE_ stands in a context that keeps no mask. */
#define CTX_SIGNAL_MASK_NONE_ CTX_SIGNAL_MASK_NEVER_

/* ctx_signal_mask_pack_ takes a `const sigset_t *`. A C library's sigset_t may be longer, for
 * signals that Linux does not have; it begins with the kernel's 64 bits. */
static __inline__ uint64_t ctx_signal_mask_pack_(const void *mask) {
  uint64_t bits;
  __builtin_memcpy(&bits, mask, sizeof bits);
  return bits & ~CTX_SIGNAL_MASK_NEVER_;
}

#endif /* CTX_SYSTEM_SIGNAL_MASK_H_ */
