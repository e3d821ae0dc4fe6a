/* The probe: a function that records what it was called with, every register and as much of the
 * stack as it is told, and returns what it is told.
 *
 * There is one record, `ctx_probe`, and no lock: one thread at a time. */
#ifndef CTX_TESTING_ENTRY_PROBE_H_
#define CTX_TESTING_ENTRY_PROBE_H_

#include <stddef.h>
#include <stdint.h>

#include "ctx/ctx.h"

enum { CTX_PROBE_MAX_WORDS = 1024 };

/* What fnstenv stores in 64-bit mode. */
struct ctx_probe_x87 {
  uint16_t control;
  uint16_t unused0;
  uint16_t status;
  uint16_t unused1;
  uint16_t tag; /* two bits for each of the eight registers; 3: empty */
  uint16_t unused2;
  uint32_t instruction[2];
  uint32_t operand[2];
};

struct ctx_probe {
  /* Written by the probe: the registers at its first instruction. General registers are in the
   * order of their numbers in machine code. */
  union {
    uint64_t general[16];
    struct {
      uint64_t rax, rcx, rdx, rbx, rsp, rbp, rsi, rdi, r8, r9, r10, r11, r12, r13, r14, r15;
    };
  };
  uint64_t xmm[16][2]; /* low half first */
  uint64_t rflags;
  uint32_t mxcsr;
  struct ctx_probe_x87 x87;
  uint64_t num_calls; /* counted up */

  /* Read by the probe: what it returns, and how much of the stack it copies. */
  uint64_t result_rax;
  uint64_t result_rdx;
  uint64_t result_xmm0[2];
  uint64_t num_words; /* at most CTX_PROBE_MAX_WORDS */

  /* Written by the probe: the stack from rsp + 8 up, where the arguments in memory are. */
  uint64_t words[CTX_PROBE_MAX_WORDS];
};

extern __attribute__((visibility("hidden"))) struct ctx_probe ctx_probe;

/* ctx_probe_reset forgets the last record, and sets how many words of the stack the next one has.
 */
void ctx_probe_reset(size_t num_words);

/* ctx_probe_entry is the probe. Cast it to any function type. */
void ctx_probe_entry(void);

/* ctx_probe_swap is ctx_swap, called with CTX_PROBE_POISON in every register that is not the
 * stack's or an argument's: what an entry finds there and was not given has leaked. */
void ctx_probe_swap(ctx_context *from, ctx_context *to);

/* ctx_probe_clobber overwrites every register that a C function may. It is a ctx_callback. */
void ctx_probe_clobber(void *unused);

#endif /* CTX_TESTING_ENTRY_PROBE_H_ */
