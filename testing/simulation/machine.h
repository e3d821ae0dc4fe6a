/* The simulation needs this of an architecture: testing/arch/<its folder>/simulation_*.{c,S} have
 * it, except switches. */
#ifndef CTX_TESTING_SIMULATION_MACHINE_H_
#define CTX_TESTING_SIMULATION_MACHINE_H_

#include "ctx/ctx.h"
#include "testing/simulation/model.h"
#include "testing/simulation/signatures.h"

enum { MACHINE_TEXT_SIZE = 1024 }; /* bytes, the terminating zero included */

/* ---- Control words of floating point ---- */

/* A process starts with these. */
model_fp machine_fp_default(void);

/* A seed stands for these: any of the control bits. */
model_fp machine_fp_of_seed(uint64_t seed);

model_fp machine_fp_in_force(void);
void machine_fp_load(model_fp fp);

/* Declares them by ctx_declare_fp_control. */
void machine_fp_declare(ctx_context *context, model_fp fp);

/* The names and the values of the words. */
const char *machine_fp_text(model_fp fp, char text[MACHINE_TEXT_SIZE]);

/* Returns the words of `registers` after a call, and makes them those of before: the model says
 * which words there should be, since others may have been declared meanwhile. */
struct ctx_test_registers;
model_fp machine_fp_accept(struct ctx_test_registers *registers);

/* ---- Switches (switch.c) ---- */

typedef ctx_context *machine_switch_function(ctx_context *from, ctx_context *to);

typedef struct machine_switched {
  uint64_t resumer; /* returned by the function */
  model_fp fp;      /* in force when it returned */
  /* A line for each register that it should have kept and did not; "" if there is none. */
  char complaint[MACHINE_TEXT_SIZE];
} machine_switched;

/* machine_switch calls function(from, to) from assembly, with a value drawn from the seed in each
 * register that a call keeps. It calls `begin` immediately before that, and `end` immediately
 * after. It returns with the control words that it was called with. */
void machine_switch(machine_switched *out, machine_switch_function *function, ctx_context *from,
                    ctx_context *to, uint64_t seed, void (*begin)(void), void (*end)(void));

/* machine_waits returns for whom a context waits, as unwinders see it; null: for nobody. */
const ctx_context *machine_waits(const ctx_context *context);

/* ---- Signals ---- */

/* machine_trap raises SIGTRAP here. If it `spoils` registers, some of those that every function
 * finds in a certain state are in another one: who leaves the handler has to put them right. */
void machine_trap(bool spoils);

/* ---- Values ---- */

/* Returns how many bytes of a long double have a meaning: the first ones. The others are
 * padding. */
size_t machine_long_double_size(void);

/* Makes of any bytes a long double such as operations give. */
void machine_long_double_normalise(uint8_t *bytes);

/* ---- Signatures ---- */

/* ctx_retval_u64 and ctx_retval_f64 read this of a result, without a signature. */
typedef enum machine_untyped {
  MACHINE_NOTHING,
  MACHINE_FIRST_AS_U64,
  MACHINE_FIRST_AS_F64,
  MACHINE_FIRST_AS_U64_SECOND_AS_F64,
  MACHINE_ADDRESS_AS_U64, /* of a result in memory */
  MACHINE_IN_MEMORY       /* whose address is not returned: nothing is read */
} machine_untyped;

typedef struct machine_result {
  machine_untyped untyped;
  signature_id wrong; /* its result is where a function of this signature leaves none */
} machine_result;

machine_result machine_result_of(signature_id id);

/* machine_vector_function returns the function of SIGNATURE_V256 or SIGNATURE_V512, as
 * functions.h has those of the others: v256 f(v256, v128, long double), and
 * v512 f(v512, aligned_in_memory). It is only called where ctx has such a signature. */
ctx_entry machine_vector_function(signature_id id);

#endif /* CTX_TESTING_SIMULATION_MACHINE_H_ */
