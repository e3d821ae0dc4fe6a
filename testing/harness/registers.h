/* The register checker: some registers a C call, and so a switch, must leave as they were. A caller
 * in assembly has a value of its own in each, and looks at all of them afterwards. The architecture
 * says which registers these are: the structs are in testing/arch/<abi>/registers.h. */
#ifndef CTX_TESTING_HARNESS_REGISTERS_H_
#define CTX_TESTING_HARNESS_REGISTERS_H_

#include <stdint.h>

#include "testing/arch/arch.h"
#include CTX_TEST_ARCH(registers.h)

#ifdef __cplusplus
extern "C" {
#endif

/* ctx_swap, or what takes its place. */
struct ctx_context;
typedef void (*ctx_test_switch)(struct ctx_context *from, struct ctx_context *to);

/* The verdict: a line for each thing that is not as it must be; "" if there is none. */
enum { CTX_TEST_VERDICT_SIZE = 1024 };

/* Calls function(from, to) with random values, drawn from *state, in all registers that it must
 * keep, and returns the verdict. */
const char *ctx_test_check_registers(uint64_t *state, ctx_test_switch function,
                                     struct ctx_context *from, struct ctx_context *to,
                                     char verdict[CTX_TEST_VERDICT_SIZE]);

/* The same in its three steps. The first draws `before`. The second makes the call with the
 * registers of `before`, fills in `after`, and returns what the function returned, if it returned
 * something. The third judges; it does not look at what a call may change. */
void ctx_test_registers_draw(struct ctx_test_registers *registers, uint64_t *state);
uint64_t ctx_test_call_with_registers(struct ctx_test_registers *registers,
                                      ctx_test_switch function, struct ctx_context *from,
                                      struct ctx_context *to);
const char *ctx_test_registers_verdict(const struct ctx_test_registers *registers,
                                       char verdict[CTX_TEST_VERDICT_SIZE]);

/* For verdicts: adds a line if the two differ. */
void ctx_test_complain(char verdict[CTX_TEST_VERDICT_SIZE], const char *what, uint64_t expected,
                       uint64_t actual);

/* An entry, or callback, that records the state it is called in. */
void ctx_test_record_entry(struct ctx_test_entry_state *out);

/* The verdict on that state: what the ABI says of any function's first instruction, with the
 * control words that are in force now. */
const char *ctx_test_entry_verdict(const struct ctx_test_entry_state *state,
                                   char verdict[CTX_TEST_VERDICT_SIZE]);

/* A callback that counts its call in *data, a uint64_t, then overwrites every register that a call
 * may: general, vector and floating-point ones, and flags. */
void ctx_test_clobber_volatile(void *data);

/* Calls function(from, to) with `value` in every register that a call may clobber and that passes
 * nothing: a switch must not read any of them. Returns what the function returned, if it returned
 * something. */
uint64_t ctx_test_call_with_volatile(uint64_t value, ctx_test_switch function,
                                     struct ctx_context *from, struct ctx_context *to);

/* An entry that returns with `value` in every register that a call may clobber. */
uint64_t ctx_test_return_with_volatile(uint64_t value);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_TESTING_HARNESS_REGISTERS_H_ */
