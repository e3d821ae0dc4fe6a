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

/* The next functions make the capture of a call: what a callee would find if every value lay where
 * the library places it, and nothing anywhere else.
 *
 * placing_begin makes the capture of a call of no arguments, with that result. */
void placing_begin(oracle_capture *capture, const ctx_result_place *result);

/* placing_put adds an argument. */
void placing_put(oracle_capture *capture, const gen_value *value, const ctx_place *place);

/* placing_end is called when all arguments are there. It finds the copies that the model expects,
 * and returns "", or what is wrong. */
const char *placing_end(oracle_capture *capture, const model_expectation *expected,
                        const ctx_placer *placer);

/* placing_judge_result returns "" if the result's place is the model's. */
const char *placing_judge_result(const ctx_result_place *place, const model_return *expected);

#endif /* CTX_TESTING_ORACLE_PLACING_H_ */
