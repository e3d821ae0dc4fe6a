/* Divergences: functions in which compilers look for a parameter at different places, or at others
 * than the ABI's text says, as ABI.md lists them. An architecture's folder has the table
 * (testing/arch/<abi>/divergence.c). */
#ifndef CTX_TESTING_CALLSITES_DIVERGENCE_H_
#define CTX_TESTING_CALLSITES_DIVERGENCE_H_

#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>

#include "ctx/ctx.h"
#include "testing/oracle/probe.h"

typedef enum divergence_compiler {
  DIVERGENCE_GCC_12,
  DIVERGENCE_CLANG_14,
  DIVERGENCE_CLANG_19,
  DIVERGENCE_NUM_COMPILERS
} divergence_compiler;

typedef struct divergence_row {
  const char *types;      /* in C; T is a name of its own in each row */
  const char *parameters; /* in C */
  const char *body;       /* SEE(x) for each parameter that is looked at */
  /* The places of the eightbytes of each that is seen, as divergence_name_place names them; a star
   * is any place, that of padding. "A | B": A with -O0, B with -O2. Null: this compiler crashes, or
   * has no such type. */
  const char *places[DIVERGENCE_NUM_COMPILERS];
} divergence_row;

extern const divergence_row divergence_rows[];
extern const size_t divergence_num_rows;

/* In C, before the functions of the rows: functions for divergence_judge_calls. */
extern const char divergence_source[];
/* Options for the compilers. */
extern const char divergence_flags[];

/* divergence_lacks returns why the rows cannot be run on this processor; otherwise null. */
const char *divergence_lacks(void);

/* divergence_call calls the function with a number of its own in all bytes of each place that
 * passes anything; divergence_name_place writes the name of the place with this number. */
ctx_status divergence_call(ctx_entry function);
void divergence_name_place(uint8_t number, char out[16]);

/* divergence_judge_calls looks at calls that the compiler has compiled, in this library. */
void divergence_judge_calls(void *library, divergence_compiler by);

/* divergence_capture has the library's function of this name call the probe, which captures the
 * call. The reply is the caller's. */
static inline void divergence_capture(void *library, const char *name) {
  void (*caller)(ctx_entry) = (void (*)(ctx_entry))(uintptr_t)dlsym(library, name);
  oracle_capture_reset(0);
  caller(oracle_probe);
}

#endif /* CTX_TESTING_CALLSITES_DIVERGENCE_H_ */
