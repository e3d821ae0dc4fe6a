/* The probe: a function that captures what it was called with, and returns what it is told.
 *
 * There is one capture and one reply, and no lock: one thread at a time. */
#ifndef CTX_TESTING_ORACLE_PROBE_H_
#define CTX_TESTING_ORACLE_PROBE_H_

#include "ctx/ctx.h"
#include "testing/oracle/capture.h"

#define ORACLE_HIDDEN __attribute__((visibility("hidden")))

/* What the probe returns, in every register that returns anything. */
typedef struct oracle_reply {
  _Alignas(64) uint64_t vector[2][ORACLE_VECTOR_WORDS]; /* zmm0, zmm1 */
  uint64_t rax;
  uint64_t rdx;
  uint8_t st[2][16]; /* st0, st1; ten bytes of each */
  uint64_t num_st;   /* 0 to 2: how many of them */
  /* What it writes where rdi points, as a function does whose result is in memory; and rax is what
   * rdi was, not the above. Null: nothing. If rdi is not within the bounds, which leave room for
   * it, nothing is written and rax is 0: the capture tells. */
  const void *memory;
  uint64_t memory_size;
  uint64_t memory_low;
  uint64_t memory_high;
} oracle_reply;

extern ORACLE_HIDDEN oracle_capture oracle_captured;
extern ORACLE_HIDDEN oracle_reply oracle_to_reply;

/* What is seen once oracle_swap has been resumed. */
typedef struct oracle_after {
  uint16_t x87_status; /* bits 11 to 13, the top of the stack, are 0 if all is popped */
} oracle_after;
extern ORACLE_HIDDEN oracle_after oracle_seen_after;

/* oracle_vector_bytes is how wide this processor's vector registers are: 16, 32 or 64. */
size_t oracle_vector_bytes(void);

/* oracle_capture_reset forgets the last capture, and sets how many words of the stack the next one
 * has: at most ORACLE_MAX_STACK_WORDS. */
void oracle_capture_reset(size_t num_words);

/* oracle_reply_poison sets all registers of the reply to ORACLE_POISON, and no memory. */
void oracle_reply_poison(void);

/* oracle_probe is the probe. Cast it to any function type. */
void oracle_probe(void);

/* oracle_swap is ctx_swap, called with ORACLE_POISON in every register that is not the stack's or
 * an argument's, in all its width: what an entry finds there and was not given has leaked. */
void oracle_swap(ctx_context *from, ctx_context *to);

/* oracle_clobber overwrites every register that a C function may. It is a ctx_callback. */
void oracle_clobber(void *unused);

#endif /* CTX_TESTING_ORACLE_PROBE_H_ */
