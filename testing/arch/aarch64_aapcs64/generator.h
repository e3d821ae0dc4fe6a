/* //testing/generator needs this of an architecture: the formats of scalars, and names of types. */
#ifndef CTX_TESTING_ARCH_AARCH64_AAPCS64_GENERATOR_H_
#define CTX_TESTING_ARCH_AARCH64_AAPCS64_GENERATOR_H_

/* A long double is IEEE's format of 128 bits, as is what other architectures call __float128. */
#define GEN_LONG_DOUBLE_BITS 128
#define GEN_C_F128 "long double"

/* <arm_neon.h> names the vectors. There are no wider ones: they are for refusals. */
#define GEN_C_V64 "int8x8_t"
#define GEN_C_V128 "int8x16_t"
#define GEN_C_V256 "int8x16x2_t"
#define GEN_C_V512 "int8x16x4_t"

/* A bit-field without a name aligns the aggregate, too (AAPCS64 10.1.8). */
#define GEN_UNNAMED_BIT_FIELDS_ALIGN true

#endif /* CTX_TESTING_ARCH_AARCH64_AAPCS64_GENERATOR_H_ */
