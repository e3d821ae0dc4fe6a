/* A verdict in the making. The registers are the architecture's to judge; the stack and the report
 * are not. */
#ifndef CTX_TESTING_ORACLE_JUDGEMENT_H_
#define CTX_TESTING_ORACLE_JUDGEMENT_H_

#include "testing/oracle/verdict.h"

typedef struct judgement {
  oracle_relation relation;
  const oracle_capture *capture;
  const model_expectation *expected;
  const gen_case *from;
  char *at;
  size_t left;
  size_t num_lines; /* also those that are not written any more */
} judgement;

/* ---- The report (report.c) ---- */

/* report_print adds to the line that report_end_line ends; report_line is both. */
__attribute__((__format__(__printf__, 2, 3))) void report_print(judgement *j, const char *format,
                                                                ...);
void report_end_line(judgement *j);
__attribute__((__format__(__printf__, 2, 3))) void report_line(judgement *j, const char *format,
                                                               ...);

/* report_word adds a line on eight bytes: `where` they are, who is there, and what. */
void report_word(judgement *j, const char *where, model_owner owner, uint64_t expected,
                 uint64_t found, uint64_t care);

/* judgement_care is which bits of a word count: for the library's promise all of them. */
uint64_t judgement_care(const judgement *j, uint64_t care);
bool judgement_differs(uint64_t expected, uint64_t found, uint64_t care);

/* ---- What the architecture judges (testing/arch/<abi>/verdict.c) ---- */

/* judge_state judges the state that holds at every call, whatever it passes. */
void judge_state(judgement *j);

/* judge_registers judges the registers that pass arguments, and all that belongs to them. */
void judge_registers(judgement *j);

/* judge_other_registers is for ORACLE_LIBRARY_EQUAL: the registers that pass nothing, the entry's
 * address, and the end of the chain of frame pointers. */
void judge_other_registers(judgement *j);

/* judge_has_no_complaint is true if judge_registers, for ORACLE_LIBRARY_EQUAL, would find nothing;
 * it is as fast as it can be. */
bool judge_has_no_complaint(const judgement *j);

/* judge_name_slot says where a slot is: "slot 3, at sp + 24". */
void judge_name_slot(size_t slot, char out[64]);

#endif /* CTX_TESTING_ORACLE_JUDGEMENT_H_ */
