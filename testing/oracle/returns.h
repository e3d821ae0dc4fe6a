/* A result, as a callee leaves it in registers, or in memory. */
#ifndef CTX_TESTING_ORACLE_RETURNS_H_
#define CTX_TESTING_ORACLE_RETURNS_H_

#include "testing/oracle/model.h"
#include "testing/oracle/probe.h"

/* oracle_reply_with makes the probe return the case's result where `where` says, and garbage in
 * whatever else a callee may leave it in: other registers, parts of registers, padding. The garbage
 * depends on all that the case passes and returns, and is different in each word. A result in
 * memory is written if rdi is within [low, high], which leave room for it. */
void oracle_reply_with(const gen_case *from, const model_return *where, uint64_t low,
                       uint64_t high);

/* oracle_result_equals compares what was read with what was returned, padding apart. */
bool oracle_result_equals(const gen_value *result, const void *read);

#endif /* CTX_TESTING_ORACLE_RETURNS_H_ */
