/* The ladder: it includes what tests need inline for the processor that they are compiled for. */
#ifndef CTX_TESTING_ARCH_ARCH_H_
#define CTX_TESTING_ARCH_ARCH_H_

#if defined(__x86_64__)
#include "testing/arch/x86_64_sysv/trap.h"
#else
#error "testing/arch has no folder for this processor"
#endif

#endif /* CTX_TESTING_ARCH_ARCH_H_ */
