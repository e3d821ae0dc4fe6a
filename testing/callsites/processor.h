/* Features that not every processor of an architecture has, and options by which compilers use
 * them: testing/arch/<abi>/processor.c. */
#ifndef CTX_TESTING_CALLSITES_PROCESSOR_H_
#define CTX_TESTING_CALLSITES_PROCESSOR_H_

#include <stddef.h>

/* The compiler's option, and the word in /proc/cpuinfo. */
typedef struct processor_feature {
  const char *compiler_flag;
  const char *cpu_feature;
} processor_feature;

/* processor_vectors is for vectors of that many bytes; null if every processor has them. */
const processor_feature *processor_vectors(size_t num_bytes);

/* processor_f16 is for _Float16, where a compiler takes it with the instructions that were made for
 * it only. */
extern const processor_feature processor_f16;

/* Of the calls, and of the callees, that a set wants to be judged this many percent are: exclusions
 * take the others. */
extern const unsigned processor_percent_judged;

/* #include of the header that names vector types. */
extern const char processor_include[];

#endif /* CTX_TESTING_CALLSITES_PROCESSOR_H_ */
