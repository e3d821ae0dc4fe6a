/* Whether what the probe recorded is what a call with these arguments looks like. */
#ifndef CTX_TESTING_ENTRY_VERDICT_H_
#define CTX_TESTING_ENTRY_VERDICT_H_

#include "testing/entry/expectation.h"
#include "testing/entry/probe.h"

/* Each returns "", or what is wrong first, in a buffer that the next call overwrites.
 *
 * ABI-equal is what any C caller gives: every byte that a callee may read; the stack's alignment,
 * the direction flag, an empty x87 stack; al, if the callee may be variadic. */
const char *ctx_verdict_abi(const struct ctx_probe *probe, const struct ctx_expectation *expected);

/* Library-equal is what ctx promises beyond, bit for bit: integers are extended to 64 bits by their
 * sign, all that passes nothing is 0, al is the number of vector registers used, and rbp points to
 * a frame record {0, 0}. The record of the probe must have all slots, and one more where their
 * number is odd; the stack must still be there.
 *
 * r11 is exempt: the entry's own address may be there, since something must hold it at the call. */
const char *ctx_verdict_library(const struct ctx_probe *probe,
                                const struct ctx_expectation *expected);

#endif /* CTX_TESTING_ENTRY_VERDICT_H_ */
