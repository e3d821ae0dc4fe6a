/* //testing/generator needs this of an architecture: the formats of scalars, and names of types. */
#ifndef CTX_TESTING_ARCH_X86_64_SYSV_GENERATOR_H_
#define CTX_TESTING_ARCH_X86_64_SYSV_GENERATOR_H_

/* A long double has 80 bits, of which the highest of the significand is explicit; 48 follow that
 * mean nothing. */
#define GEN_LONG_DOUBLE_BITS 80

/* <immintrin.h> names the vectors. */
#define GEN_C_F128 "__float128"
#define GEN_C_V64 "__m64"
#define GEN_C_V128 "__m128"
#define GEN_C_V256 "__m256"
#define GEN_C_V512 "__m512"

/* A bit-field without a name aligns itself, and not the aggregate. */
#define GEN_UNNAMED_BIT_FIELDS_ALIGN false

#endif /* CTX_TESTING_ARCH_X86_64_SYSV_GENERATOR_H_ */
