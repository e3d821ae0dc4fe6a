/* The primary judge: where each argument and each result must be, written from the text of the
 * System V psABI 1.0 for x86-64, sections 3.2.2 "The Stack Frame" and 3.2.3 "Parameter Passing",
 * and sharing no code with ctx/, which it judges. Numbers in comments are the text's own. */
#ifndef CTX_TESTING_ORACLE_MODEL_H_
#define CTX_TESTING_ORACLE_MODEL_H_

#include "testing/generator/case.h"
#include "testing/oracle/capture.h"

enum { MODEL_GENERAL = 6, MODEL_VECTOR = 8 };

/* ---- Classification ---- */

/* 3.2.3, "Classes". */
typedef enum model_class {
  MODEL_NO_CLASS,
  MODEL_INTEGER,
  MODEL_SSE,
  MODEL_SSEUP,
  MODEL_X87,
  MODEL_X87UP,
  MODEL_COMPLEX_X87,
  MODEL_MEMORY
} model_class;

enum { MODEL_MAX_EIGHTBYTES = 8 };

/* One class for each eightbyte; a type in memory has MODEL_MEMORY in the first. num is 0 for a type
 * of size 0, and at most 8. */
typedef struct model_classes {
  size_t num;
  uint8_t of[MODEL_MAX_EIGHTBYTES];
} model_classes;

void model_classify(const gen_type *type, model_classes *out);

const char *model_class_name(model_class class);

/* ---- Refusals ---- */

/* Compilers do not agree on everything, and C has no way to pass some of it: what the library has
 * to answer with CTX_ERR_UNSUPPORTED_TYPE. */
typedef enum model_answer {
  MODEL_ACCEPTED,
  MODEL_MAY_BE_REFUSED, /* it is for the library to see whether compilers differ; if it accepts it,
                         * it must be right */
  MODEL_REFUSED
} model_answer;

typedef struct model_refusal {
  model_answer verdict;
  const char *why;
} model_refusal;

model_refusal model_refuse_type(const gen_type *type);

/* ---- Arguments ---- */

/* Who is in a register: eightbyte `eightbyte` of argument `argument`; see below for others. */
typedef struct model_owner {
  uint16_t argument;
  uint16_t eightbyte;
} model_owner;
enum { MODEL_NOBODY = 0xffff, MODEL_HIDDEN_POINTER = 0xfffe };

/* What a callee must find. Of each word, `care` has the bits that the ABI demands; in the others
 * ctx promises what is in the word: the extension of an integer to 64 bits; the bits around a
 * bit-field, in the bytes that it has a bit of; else 0. */
typedef struct model_expectation {
  uint64_t general[MODEL_GENERAL]; /* rdi, rsi, rdx, rcx, r8, r9 */
  uint64_t general_care[MODEL_GENERAL];
  model_owner general_owner[MODEL_GENERAL];
  size_t num_general;

  uint64_t vector[MODEL_VECTOR][ORACLE_VECTOR_WORDS]; /* zmm0 to zmm7 */
  uint64_t vector_care[MODEL_VECTOR][ORACLE_VECTOR_WORDS];
  model_owner vector_owner[MODEL_VECTOR];
  size_t num_vector;

  size_t num_words;   /* of the stack, from rsp + 8 up; even */
  size_t stack_align; /* of rsp + 8: 16 or, for an argument's sake, 32 or 64 */
  uint64_t words[ORACLE_MAX_STACK_WORDS];
  uint64_t words_care[ORACLE_MAX_STACK_WORDS];
  /* The word where an argument begins that is in memory; SIZE_MAX for others. */
  size_t first_word[GEN_MAX_ARGS];

  model_refusal refusal;   /* of the whole call */
  size_t refused_argument; /* the first that is MODEL_REFUSED; SIZE_MAX: none */

  /* The result is in memory: rdi is its address, which is the caller's choice, and not compared. */
  bool has_hidden_pointer;
  bool may_be_variadic; /* the callee; then al counts vector registers */

  /* Filled in by model_expect_state: the control words that are to be in force (status bits are not
   * looked at), and the callee's own address. */
  uint32_t mxcsr;
  uint16_t x87_control;
  uint64_t entry;
} model_expectation;

/* model_expect says where the arguments go. The callee may be variadic whatever the case says, as
 * ctx treats all entries. False if they are more than ORACLE_MAX_STACK_WORDS. */
bool model_expect(const gen_case *from, model_expectation *out);

/* model_expect_state says what is no argument: the callee is called with the control words that
 * this thread has now. */
void model_expect_state(model_expectation *out, void (*entry)(void));

/* model_is_wide_vector tells whether these are the classes of one vector of more than 16 bytes, or
 * of an aggregate that is passed as one. */
bool model_is_wide_vector(const model_classes *classes);

/* ---- Results ---- */

/* Where eightbyte i of a result is returned. */
typedef enum model_return_register {
  MODEL_RETURN_NONE, /* padding */
  MODEL_RETURN_RAX,
  MODEL_RETURN_RDX,
  MODEL_RETURN_XMM0, /* with its upper parts */
  MODEL_RETURN_XMM1,
  MODEL_RETURN_ST0, /* for ten bytes from this eightbyte on */
  MODEL_RETURN_ST1
} model_return_register;

typedef struct model_return {
  bool in_memory; /* a hidden pointer comes in rdi, and goes out in rax */
  size_t num;     /* of eightbytes, if not */
  struct {
    uint8_t reg;  /* model_return_register */
    uint8_t word; /* of the vector register */
  } of[MODEL_MAX_EIGHTBYTES];
} model_return;

void model_expect_return(const gen_type *type, model_return *out);

#endif /* CTX_TESTING_ORACLE_MODEL_H_ */
