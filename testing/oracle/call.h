/* A case, called through the library and judged: both directions. */
#ifndef CTX_TESTING_ORACLE_CALL_H_
#define CTX_TESTING_ORACLE_CALL_H_

#include "testing/generator/case.h"

/* Says how a context is made, entered and left: bits of gen_case.way. */
typedef enum oracle_way {
  ORACLE_WITH_ACTIVATION = 1, /* a callback that overwrites every register it may */
  ORACLE_WITH_BACKSTOP = 2,   /* the same */
  ORACLE_INLINE = 4,          /* ctx_init_inline; by values only */
  ORACLE_BY_SIGNATURE = 8,    /* ctx_init_signature; otherwise, where that can be, by ctx_values */
  ORACLE_RESULT_GIVEN = 16,   /* memory for a result in memory, if by signature */
  ORACLE_END_SHIFTED = 32,    /* the stack's end is aligned to 16 or 32 bytes, and no more */
  ORACLE_OWN_MASK = 64,       /* no signal mask given: init asks the system, which takes longest */
  ORACLE_NUM_WAYS = 128       /* combinations */
} oracle_way;

/* oracle_options is for cases of all types that this processor has. */
gen_options oracle_options(size_t max_args);

/* oracle_make_acceptable replaces arguments that the library has to refuse for the place where they
 * would go, or together with others, so that the rest of the case is not lost. (GEN_ALLOW_REFUSED
 * is about types.) */
void oracle_make_acceptable(gen_case *from);

/* oracle_call initialises a context that holds garbage on a stack that holds garbage, to call the
 * probe with the case's arguments; swaps to it with garbage in all registers; and returns "" if the
 * probe found the arguments, library-equal and so ABI-equal, if the result that it returned came
 * back, and nothing else was written; or if the library refused what it has to refuse. Otherwise it
 * returns what is wrong, in a buffer that the next call overwrites. One thread at a time. */
const char *oracle_call(const gen_case *from);

/* oracle_way_of is a way for case number `number` of many, so that ways alternate, but not in step
 * with a sequence's arguments, which its number says. Never ORACLE_OWN_MASK: a system call is what
 * takes longest. */
unsigned oracle_way_of(uint64_t number);

/* oracle_call_all_ways does it in all ways, whatever from->way is, until something is wrong. */
const char *oracle_call_all_ways(gen_case *from);

#endif /* CTX_TESTING_ORACLE_CALL_H_ */
