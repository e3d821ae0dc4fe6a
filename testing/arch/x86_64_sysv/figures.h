/* Figures of this architecture that documents give, for tests of the interface. */
#ifndef CTX_TESTING_ARCH_X86_64_SYSV_FIGURES_H_
#define CTX_TESTING_ARCH_X86_64_SYSV_FIGURES_H_

enum {
  CTX_TEST_CONTEXT_SIZE = 320,
  /* Registers that pass arguments: integers, and floating-point numbers. */
  CTX_TEST_GENERAL_ARGUMENTS = 6,
  CTX_TEST_VECTOR_ARGUMENTS = 8,
  CTX_TEST_ARGUMENTS = CTX_TEST_GENERAL_ARGUMENTS + CTX_TEST_VECTOR_ARGUMENTS
};

/* All that a context keeps of the first register that returns floating-point numbers, as a type
 * that is returned there. */
typedef double ctx_test_fp_register __attribute__((__vector_size__(16)));

#endif /* CTX_TESTING_ARCH_X86_64_SYSV_FIGURES_H_ */
