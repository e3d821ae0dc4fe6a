/* The folder of an architecture, for tests; ctx/arch/arch.h has chosen it. CTX_TEST_ARCH(file) is
 * the path of a header in the folder of the architecture that this is compiled for:
 *
 *     #include CTX_TEST_ARCH(registers.h)
 *
 * So a header at one path, in a room of testing/, says what holds for every architecture, and takes
 * from here what only one of them can say. */
#ifndef CTX_TESTING_ARCH_ARCH_H_
#define CTX_TESTING_ARCH_ARCH_H_

#include "ctx/arch/arch.h"

/* Spaces would be part of the paths: */
/* clang-format off */
#ifdef CTX_ARCH_AARCH64_AAPCS64_
#define CTX_TEST_ARCH(file) CTX_TEST_ARCH_PATH_(testing/arch/aarch64_aapcs64/file)
#elif defined(CTX_ARCH_RISCV64_LP64D_)
#define CTX_TEST_ARCH(file) CTX_TEST_ARCH_PATH_(testing/arch/riscv64_lp64d/file)
#elif defined(CTX_ARCH_X86_64_SYSV_)
#define CTX_TEST_ARCH(file) CTX_TEST_ARCH_PATH_(testing/arch/x86_64_sysv/file)
#else
#error "testing: no folder of testing/arch is for this architecture"
#endif
/* clang-format on */

#define CTX_TEST_ARCH_PATH_(path) #path

#endif /* CTX_TESTING_ARCH_ARCH_H_ */
