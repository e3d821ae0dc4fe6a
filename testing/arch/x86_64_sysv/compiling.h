/* Compilers' options that are for this processor only. */
#ifndef CTX_TESTING_ARCH_X86_64_SYSV_COMPILING_H_
#define CTX_TESTING_ARCH_X86_64_SYSV_COMPILING_H_

/* Headers are compiled with these, too (testing/api/headers_test.c). */
#define CTX_TEST_PROCESSOR_FLAGS "-fcf-protection=full -mavx512f"

/* With these headers are refused: ctx does not run there. */
#define CTX_TEST_REFUSED_FLAGS "-m32", "-mx32"

/* With these a compiler marks its objects: `readelf -n` shows the word. */
#define CTX_TEST_MARKING_FLAGS "-fcf-protection=full"
#define CTX_TEST_MARK "IBT"

/* Rows of testing/builds/builds_test.c. */
/* clang-format off */
#define CTX_TEST_PROCESSOR_BUILDS                                                          \
    {.flags = "-O2 -fcf-protection=full"},                                                 \
    {.flags = "-O2 -fcf-protection=full", .linkage = SHARED, .link_flags = "-Wl,-z,lazy"}, \
    {.flags = "-O2 -mavx512f -mavx512vl", .cpu_feature = "avx512vl"},                      \
    {.flags = "-O2 -mno-red-zone"},                                                        \
    {.flags = "-O2 -mcmodel=large"},                                                       \
    {.flags = "-O2 -ffixed-r15", .only = "gcc"}
/* clang-format on */

#endif /* CTX_TESTING_ARCH_X86_64_SYSV_COMPILING_H_ */
