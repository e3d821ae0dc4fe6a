/* //testing/generator needs this of an architecture: the formats of scalars, and names of types. */
#ifndef CTX_TESTING_ARCH_RISCV64_LP64D_GENERATOR_H_
#define CTX_TESTING_ARCH_RISCV64_LP64D_GENERATOR_H_

/* A long double is IEEE's format of 128 bits, as is what other architectures call __float128. */
#define GEN_LONG_DOUBLE_BITS 128
#define GEN_C_F128 "long double"

/* Compilers have no header for vectors of fixed length: processor_include defines these. */
#define GEN_C_V64 "vector_of_8"
#define GEN_C_V128 "vector_of_16"
#define GEN_C_V256 "vector_of_32"
#define GEN_C_V512 "vector_of_64"

/* A bit-field without a name does not align the aggregate. */
#define GEN_UNNAMED_BIT_FIELDS_ALIGN false

#endif /* CTX_TESTING_ARCH_RISCV64_LP64D_GENERATOR_H_ */
