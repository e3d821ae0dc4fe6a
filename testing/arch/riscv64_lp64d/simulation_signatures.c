#include <stddef.h>

#include "testing/simulation/machine.h"

/* ---- Where results are: RISC-V Calling Conventions ---- */

/* A context keeps all registers that return anything. So a result is missing only where one of
 * another size is in memory, or none. */
machine_result machine_result_of(signature_id id) {
  static const machine_result results[NUM_SIGNATURES] = {
      [SIGNATURE_VOID] = {MACHINE_NOTHING, SIGNATURE_MEMORY},
      /* The address need not be returned. */
      [SIGNATURE_MEMORY] = {MACHINE_IN_MEMORY, SIGNATURE_ALIGNED_MEMORY},
      [SIGNATURE_ALIGNED_MEMORY] = {MACHINE_IN_MEMORY, SIGNATURE_MEMORY},
      [SIGNATURE_COMPLEX_LONG_DOUBLE] = {MACHINE_IN_MEMORY, SIGNATURE_MEMORY},
      /* fa0 and fa1 */
      [SIGNATURE_TWO_DOUBLES] = {MACHINE_FIRST_AS_F64, SIGNATURE_ALIGNED_MEMORY},
      [SIGNATURE_VARIADIC] = {MACHINE_FIRST_AS_F64, SIGNATURE_MEMORY},
      /* a0 and fa0 */
      [SIGNATURE_INTEGER_AND_DOUBLE] = {MACHINE_FIRST_AS_U64_SECOND_AS_F64,
                                        SIGNATURE_COMPLEX_LONG_DOUBLE},
      /* a0 and a1 */
      [SIGNATURE_LONG_DOUBLE] = {MACHINE_FIRST_AS_U64, SIGNATURE_COMPLEX_LONG_DOUBLE},
      [SIGNATURE_INT128] = {MACHINE_FIRST_AS_U64, SIGNATURE_MEMORY},
      [SIGNATURE_V128] = {MACHINE_FIRST_AS_U64, SIGNATURE_ALIGNED_MEMORY},
      /* There are none. */
      [SIGNATURE_V256] = {MACHINE_NOTHING, SIGNATURE_MEMORY},
      [SIGNATURE_V512] = {MACHINE_NOTHING, SIGNATURE_MEMORY},
  };
  return results[id];
}

/* ---- Functions of vectors ---- */

static void trap(void) { __builtin_trap(); }

/* No signature has such vectors, so nobody calls it. */
ctx_entry machine_vector_function(signature_id id) {
  (void)id;
  return trap;
}
