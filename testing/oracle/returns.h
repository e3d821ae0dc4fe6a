/* A result, as a callee leaves it in registers or in memory. */
#ifndef CTX_TESTING_ORACLE_RETURNS_H_
#define CTX_TESTING_ORACLE_RETURNS_H_

#include "testing/oracle/model.h"
#include "testing/oracle/probe.h"

/* oracle_reply_with makes the probe return the case's result where `where` says, and garbage in
 * whatever else a callee may leave it in: other registers, parts of registers, padding. The garbage
 * depends on all that the case passes and returns, and is different in each word. A result in
 * memory is written if its address is within [low, high], which leave room for it. */
void oracle_reply_with(const gen_case *from, const model_return *where, uint64_t low,
                       uint64_t high);

/* oracle_result_equals compares what was read with what was returned, padding apart. */
bool oracle_result_equals(const gen_value *result, const void *read);

/* oracle_mixed is a hash of both. */
static inline uint64_t oracle_mixed(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
  return hash ^ (hash >> 29);
}

/* ---- The architecture's part (testing/arch/<abi>/returns.c) ---- */

/* oracle_reply_garbage puts garbage that is made of `hash` in every register of the reply. */
void oracle_reply_garbage(uint64_t hash);

/* oracle_reply_in_registers puts a result there that is not in memory. */
void oracle_reply_in_registers(const gen_value *result, const model_return *where);

/* oracle_first_returned is what the probe has returned in the first general register of results:
 * where the result is in memory and the ABI says so, its address. */
uint64_t oracle_first_returned(const model_return *where);

/* oracle_judge_kept returns "" if the context, which oracle_swap has swapped to, has kept what the
 * probe returned in all registers of results that a context has fields for; and if nothing was left
 * in other registers that must be empty. Otherwise it returns what is wrong. */
const char *oracle_judge_kept(const ctx_context *context, const model_return *where);

#endif /* CTX_TESTING_ORACLE_RETURNS_H_ */
