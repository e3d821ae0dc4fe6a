/* Judges whether what a function found is what a call with these arguments looks like. */
#ifndef CTX_TESTING_ORACLE_VERDICT_H_
#define CTX_TESTING_ORACLE_VERDICT_H_

#include "testing/oracle/capture.h"
#include "testing/oracle/model.h"

typedef enum oracle_relation {
  /* Every C caller gives this: each bit that a callee may read; the stack's alignment, flags and
   * control words; the number that a variadic callee needs, if the callee may be one. */
  ORACLE_ABI_EQUAL,
  /* ctx promises more, bit for bit: integers are extended to 64 bits by their sign; every
   * byte of every register and slot that no value covers is 0, padding inside of structs included;
   * the frame pointer points to a frame record {0, 0}. The stack must still be there. One register
   * may have the entry's own address: something must hold it at the call. */
  ORACLE_LIBRARY_EQUAL
} oracle_relation;

enum { ORACLE_REPORT_SIZE = 4096 };

/* oracle_verdict is true if the relation holds. If not, `report` says what differs, a line for each
 * of the first differences: the argument's number and type, the register or slot, and the bytes.
 * `from` is the case that was expected; the capture has expected->num_words words. */
bool oracle_verdict(oracle_relation relation, const oracle_capture *capture,
                    const model_expectation *expected, const gen_case *from,
                    char report[ORACLE_REPORT_SIZE]);

#endif /* CTX_TESTING_ORACLE_VERDICT_H_ */
