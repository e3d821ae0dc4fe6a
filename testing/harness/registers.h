/* What a C call, and so a switch, must leave as it was: a caller in assembly that has a value of
 * its own in each such register, and looks at all of them afterwards. */
#ifndef CTX_TESTING_HARNESS_REGISTERS_H_
#define CTX_TESTING_HARNESS_REGISTERS_H_

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The x87 unit's state, as fnstenv writes it. */
struct ctx_test_x87 {
  uint16_t control;
  uint16_t zero0;
  uint16_t status;
  uint16_t zero1;
  uint16_t tags; /* two bits a register, 3 if it is empty */
  uint16_t zero2;
  uint32_t pointers[4];
};

struct ctx_test_register_set {
  uint64_t rbx;
  uint64_t rbp;
  uint64_t r12;
  uint64_t r13;
  uint64_t r14;
  uint64_t r15;
  uint64_t rsp;
  uint64_t flags;
  uint32_t mxcsr;
  struct ctx_test_x87 x87;
};

struct ctx_test_registers {
  struct ctx_test_register_set before; /* rbx to r15: given; the rest is what it was at the call */
  struct ctx_test_register_set after;
  struct ctx_test_register_set host; /* the C caller's, given back to it in any case */
};

/* ctx_swap, or what takes its place. */
struct ctx_context;
typedef void (*ctx_test_switch)(struct ctx_context *from, struct ctx_context *to);

/* Calls function(from, to) with the registers of `before`, and fills in `after`. Returns what the
 * function returned in rax, if it returned something. */
uint64_t ctx_test_call_with_registers(struct ctx_test_registers *registers,
                                      ctx_test_switch function, struct ctx_context *from,
                                      struct ctx_context *to);

/* The verdict: a line for each thing that is not as it must be; "" if there is none. What a call
 * may change (status flags of MXCSR and x87) is not looked at. The text lies in `registers`'
 * thread. */
enum { CTX_TEST_VERDICT_SIZE = 1024 };
const char *ctx_test_registers_verdict(const struct ctx_test_registers *registers,
                                       char verdict[CTX_TEST_VERDICT_SIZE]);

/* All of it, with random values drawn from *state. */
const char *ctx_test_check_registers(uint64_t *state, ctx_test_switch function,
                                     struct ctx_context *from, struct ctx_context *to,
                                     char verdict[CTX_TEST_VERDICT_SIZE]);

/* What the ABI says of the first instruction of a function. */
struct ctx_test_entry_state {
  uint64_t rsp;
  uint64_t flags;
  uint32_t mxcsr;
  struct ctx_test_x87 x87;
};

/* An entry, or callback, that records the state it is called in. */
void ctx_test_record_entry(struct ctx_test_entry_state *out);

/* A callback that counts its call in *data, a uint64_t, then overwrites every register that a call
 * may: general, vector, flags, and the x87 registers (which it leaves empty, as it must). */
void ctx_test_clobber_volatile(void *data);

/* Calls function(from, to) with `value` in every register that a call may clobber and that passes
 * nothing: a switch must not take one of them for something. Returns what the function returned, if
 * it returned something. */
uint64_t ctx_test_call_with_volatile(uint64_t value, ctx_test_switch function,
                                     struct ctx_context *from, struct ctx_context *to);

/* An entry that returns with `value` in every register that a call may clobber. */
uint64_t ctx_test_return_with_volatile(uint64_t value);

/* Control bits of the words in force. */
uint32_t ctx_test_mxcsr_control(void);
uint16_t ctx_test_x87_control(void);
/* Sets the words; status flags are cleared. */
void ctx_test_set_fp_words(uint32_t mxcsr, uint16_t x87_control);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_TESTING_HARNESS_REGISTERS_H_ */
