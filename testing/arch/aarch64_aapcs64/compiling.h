/* Compilers' options that are for this processor only. */
#ifndef CTX_TESTING_ARCH_AARCH64_AAPCS64_COMPILING_H_
#define CTX_TESTING_ARCH_AARCH64_AAPCS64_COMPILING_H_

/* Headers are compiled with these, too (testing/api/headers_test.c). */
#define CTX_TEST_PROCESSOR_FLAGS "-mbranch-protection=standard -march=armv8.2-a+sve"

/* With these headers are refused: ctx does not run there. */
#define CTX_TEST_REFUSED_FLAGS "-mbig-endian"

/* With these a compiler marks its objects: `readelf -n` shows the word. */
#define CTX_TEST_MARKING_FLAGS "-mbranch-protection=standard"
#define CTX_TEST_MARK "BTI"

/* Rows of testing/builds/builds_test.c. */
/* clang-format off */
#define CTX_TEST_PROCESSOR_BUILDS                                \
    {.flags = "-O2 -mbranch-protection=standard"},               \
    {.flags = "-O2 -mbranch-protection=standard",                \
     .linkage = SHARED,                                          \
     .link_flags = "-Wl,-z,lazy"},                               \
    {.flags = "-O2 -march=armv8.2-a+sve", .cpu_feature = "sve"}, \
    {.flags = "-O2 -ffixed-x18 -DCTX_FIXED_X18"},                \
    {.flags = "-O2 -ffixed-x28", .only = "gcc"}
/* clang-format on */

#endif /* CTX_TESTING_ARCH_AARCH64_AAPCS64_COMPILING_H_ */
