/* A capture has everything that a function found when it was called: every register, and the stack
 * above it. The probe (probe.h) takes it, of whichever caller: ctx, libffi, a compiler. */
#ifndef CTX_TESTING_ORACLE_CAPTURE_H_
#define CTX_TESTING_ORACLE_CAPTURE_H_

#include <stdint.h>

#include "testing/arch/arch.h"
#include CTX_TEST_ARCH(oracle.h)

enum { ORACLE_MAX_STACK_WORDS = 1 << 15 };

typedef struct oracle_capture {
  oracle_registers registers; /* the architecture's */
  uint64_t num_calls;         /* counted up */
  /* The stack, from where the first argument in memory is up: as many words as asked for. */
  uint64_t num_words;
  uint64_t words[ORACLE_MAX_STACK_WORDS];
} oracle_capture;

#endif /* CTX_TESTING_ORACLE_CAPTURE_H_ */
