/* The primary judge: where each argument and each result must be, written from the text of the ABI,
 * and sharing no code with ctx/, which it judges. It is the architecture's: testing/arch/<abi>/ has
 * its code, and names the text. */
#ifndef CTX_TESTING_ORACLE_MODEL_H_
#define CTX_TESTING_ORACLE_MODEL_H_

#include "testing/generator/case.h"
#include "testing/oracle/capture.h"
#include "testing/oracle/owner.h"

/* ---- Refusals ---- */

/* Compilers do not agree on everything, and C has no way to pass some of it. The library has to
 * answer that with CTX_ERR_UNSUPPORTED_TYPE. */
typedef enum model_answer {
  MODEL_ACCEPTED,
  MODEL_MAY_BE_REFUSED, /* it is for the library to see whether compilers differ; if it accepts it,
                         * it must be right */
  MODEL_REFUSED,
  MODEL_UNDECIDED /* no description says which of two types it is, and they are passed differently:
                   * whatever the library answers is right, and is not judged further */
} model_answer;

typedef struct model_refusal {
  model_answer verdict;
  const char *why;
} model_refusal;

/* ---- Arguments ---- */

/* Everything that a callee must find. Of each word, `care` has the bits that the ABI demands; in
 * the others ctx promises what is in the word: the extension of an integer to 64 bits; the bits
 * around a bit-field, in the bytes that it has a bit of; otherwise 0. */
typedef struct model_expectation {
  model_registers registers; /* the architecture's */

  size_t num_words;   /* of the stack, from the first argument in memory up; even */
  size_t stack_align; /* of that place: 16 or, for an argument's sake, 32 or 64 */
  uint64_t words[ORACLE_MAX_STACK_WORDS];
  uint64_t words_care[ORACLE_MAX_STACK_WORDS];
  /* The word where an argument begins that is in memory; SIZE_MAX for others. */
  size_t first_word[GEN_MAX_ARGS];

  /* The arguments that are passed as the address of a copy, in their order. The address is not
   * compared, and the register or word that has it is 0 here. */
  size_t num_copies;
  oracle_copy copies[ORACLE_MAX_COPIES];
  uint16_t copied_argument[ORACLE_MAX_COPIES];

  model_refusal refusal;   /* of the whole call */
  size_t refused_argument; /* the first that is MODEL_REFUSED or _UNDECIDED; SIZE_MAX: none */

  /* The result is in memory: its address is passed and not compared, since the caller chooses
   * it. */
  bool has_hidden_pointer;
  bool may_be_variadic; /* the callee */

  uint64_t entry; /* filled in by model_expect_state: the callee's own address */
} model_expectation;

/* model_expect says where the arguments go. The callee may be variadic whatever the case says, as
 * ctx treats all entries. False if they are more than a capture has room for. */
bool model_expect(const gen_case *from, model_expectation *out);

/* model_expect_state says what is not an argument: the callee is called with the control words of
 * floating point that this thread has now. */
void model_expect_state(model_expectation *out, void (*entry)(void));

/* ---- Results ---- */

typedef struct model_return {
  bool in_memory; /* the caller passes its address */
  model_return_registers registers;
} model_return;

void model_expect_return(const gen_type *type, model_return *out);

/* model_return_is_kept says whether a context keeps such a result, if no signature speaks of it. */
bool model_return_is_kept(const model_return *where);

#endif /* CTX_TESTING_ORACLE_MODEL_H_ */
