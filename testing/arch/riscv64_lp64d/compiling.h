/* Compilers' options that are for this processor only. */
#ifndef CTX_TESTING_ARCH_RISCV64_LP64D_COMPILING_H_
#define CTX_TESTING_ARCH_RISCV64_LP64D_COMPILING_H_

/* Headers are compiled with these, too (testing/api/headers_test.c). */
#define CTX_TEST_PROCESSOR_FLAGS "-march=rv64gcv"

/* With these headers are refused: ctx does not run there. */
#define CTX_TEST_REFUSED_FLAGS "-march=rv64imac -mabi=lp64", "-march=rv64imafc -mabi=lp64f"

/* Compilers mark no objects. */
#define CTX_TEST_MARKING_FLAGS ""
#define CTX_TEST_MARK ""

/* Rows of testing/builds/builds_test.c. */
/* clang-format off */
#define CTX_TEST_PROCESSOR_BUILDS               \
    {.flags = "-O2 -march=rv64g"},              \
    {.flags = "-O2 -mno-relax"},                \
    {.flags = "-O2 -mcmodel=medany"},           \
    {.flags = "-O2 -msave-restore"},            \
    {.flags = "-O2 -ffixed-s11", .only = "gcc"}
/* clang-format on */

#endif /* CTX_TESTING_ARCH_RISCV64_LP64D_COMPILING_H_ */
