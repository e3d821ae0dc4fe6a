/* A capture has everything that a function found when it was called: every register, and the stack
 * above it. The probe (probe.h) takes it, of whichever caller: ctx, libffi, a compiler. */
#ifndef CTX_TESTING_ORACLE_CAPTURE_H_
#define CTX_TESTING_ORACLE_CAPTURE_H_

#include <stdbool.h>
#include <stdint.h>

#include "testing/arch/arch.h"
#include CTX_TEST_ARCH(oracle.h)

enum { ORACLE_MAX_STACK_WORDS = 1 << 15 };

/* A copy of an argument, whose address is passed in its place, where the convention has that. */
typedef struct oracle_copy {
  bool in_memory; /* the address is; otherwise it is in a general register that passes arguments */
  uint32_t index; /* of the word, or of the register */
  uint32_t size;  /* in bytes */
  uint32_t at;    /* its first byte in oracle_capture.copied */
} oracle_copy;

enum { ORACLE_MAX_COPIES = 1024, ORACLE_MAX_COPIED_BYTES = 1 << 18 };

typedef struct oracle_capture {
  oracle_registers registers; /* the architecture's */
  uint64_t num_calls;         /* counted up */
  /* The stack, from where the first argument in memory is up: as many words as asked for. */
  uint64_t num_words;
  uint64_t words[ORACLE_MAX_STACK_WORDS];
  /* Copies, as many as asked for: their addresses and bytes. */
  uint64_t num_copies;
  uint64_t copy_address[ORACLE_MAX_COPIES];
  uint8_t copied[ORACLE_MAX_COPIED_BYTES];
} oracle_capture;

#endif /* CTX_TESTING_ORACLE_CAPTURE_H_ */
