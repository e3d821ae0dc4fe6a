/* The library's places of a call's arguments and result, held against the model's. Nothing is
 * called: so the calling convention of one architecture is judged on any other, where all of this
 * is compiled with that architecture's CTX_ARCH_AS_... (ctx/arch/arch.h), and millions of
 * signatures take seconds. */
#ifndef CTX_TESTING_ORACLE_PLACING_H_
#define CTX_TESTING_ORACLE_PLACING_H_

#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(place.h)
#include "testing/oracle/model.h"

/* placing_options is for cases of all types that the architecture's vector registers can hold. */
gen_options placing_options(size_t max_args, unsigned allow);

/* placing_judge returns "" if the library refuses what it has to refuse, and otherwise places
 * everything where the model has it. Otherwise it returns what is wrong, in a buffer that the next
 * call overwrites. One thread at a time. */
const char *placing_judge(const gen_case *from);

/* ---- The architecture's part (testing/arch/<abi>/placing.c) ---- */

/* The bytes of the widest vector register that every processor has. */
extern const size_t placing_vector_bytes;

/* Whether an unsigned number of 32 bits is extended by its highest bit. */
extern const bool placing_extends_u32;

/* The next functions make the capture of a call: what a callee would find if every value lay where
 * the library places it, and nothing anywhere else.
 *
 * placing_begin makes the capture of a call of no arguments, whose registers are all 0, with that
 * result. If that is in memory, its address is `result_address`. */
void placing_begin(oracle_capture *capture, const ctx_result_place *result,
                   uint64_t result_address);

/* placing_put adds an argument's bytes, or those of the address of its copy. */
void placing_put(oracle_capture *capture, const uint8_t *bytes, size_t size,
                 const ctx_place *place);

/* placing_end fills in what no argument says. */
void placing_end(oracle_capture *capture, const model_expectation *expected,
                 const ctx_placer *placer);

#endif /* CTX_TESTING_ORACLE_PLACING_H_ */
