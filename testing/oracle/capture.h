/* What a function found when it was called: every register, and the stack above it. Taken by the
 * probe (probe.h), of whichever caller: ctx, libffi, a compiler. */
#ifndef CTX_TESTING_ORACLE_CAPTURE_H_
#define CTX_TESTING_ORACLE_CAPTURE_H_

#include <stddef.h>
#include <stdint.h>

enum { ORACLE_MAX_STACK_WORDS = 1 << 15, ORACLE_VECTOR_REGISTERS = 16, ORACLE_VECTOR_WORDS = 8 };

/* What fnstenv stores in 64-bit mode. */
typedef struct oracle_x87 {
  uint16_t control;
  uint16_t unused0;
  uint16_t status;
  uint16_t unused1;
  uint16_t tag; /* two bits for each of the eight registers; 3: empty */
  uint16_t unused2;
  uint32_t instruction[2];
  uint32_t operand[2];
} oracle_x87;

/* Offsets have names in probe_layout.h. */
typedef struct oracle_capture {
  /* zmm0 to zmm15, lowest word first; what the processor has not is 0. */
  _Alignas(64) uint64_t vector[ORACLE_VECTOR_REGISTERS][ORACLE_VECTOR_WORDS];
  /* In the order of their numbers in machine code. */
  union {
    uint64_t general[16];
    struct {
      uint64_t rax, rcx, rdx, rbx, rsp, rbp, rsi, rdi, r8, r9, r10, r11, r12, r13, r14, r15;
    };
  };
  uint64_t rflags;
  uint32_t mxcsr;
  oracle_x87 x87;
  uint64_t num_calls; /* counted up */
  /* The stack from rsp + 8 up, where the arguments in memory are: as many words as asked for. */
  uint64_t num_words;
  uint64_t words[ORACLE_MAX_STACK_WORDS];
} oracle_capture;

#endif /* CTX_TESTING_ORACLE_CAPTURE_H_ */
