#include <stddef.h>

#include "testing/simulation/machine.h"

/* ---- Where results are: AAPCS64 6.9 ---- */

/* A context whose signature has a result in memory, or in more than q0, keeps q0 to q3. So there is
 * none only where a result of that size is to be in memory. */
machine_result machine_result_of(signature_id id) {
  static const machine_result results[NUM_SIGNATURES] = {
      [SIGNATURE_VOID] = {MACHINE_NOTHING, SIGNATURE_MEMORY},
      /* The address is not returned. */
      [SIGNATURE_MEMORY] = {MACHINE_IN_MEMORY, SIGNATURE_ALIGNED_MEMORY},
      [SIGNATURE_ALIGNED_MEMORY] = {MACHINE_IN_MEMORY, SIGNATURE_MEMORY},
      /* q0 */
      [SIGNATURE_LONG_DOUBLE] = {MACHINE_FIRST_AS_F64, SIGNATURE_COMPLEX_LONG_DOUBLE},
      [SIGNATURE_V128] = {MACHINE_FIRST_AS_F64, SIGNATURE_TWO_DOUBLES},
      /* q0 and q1 */
      [SIGNATURE_COMPLEX_LONG_DOUBLE] = {MACHINE_FIRST_AS_F64, SIGNATURE_MEMORY},
      [SIGNATURE_TWO_DOUBLES] = {MACHINE_FIRST_AS_F64, SIGNATURE_ALIGNED_MEMORY},
      [SIGNATURE_VARIADIC] = {MACHINE_FIRST_AS_F64, SIGNATURE_MEMORY},
      /* x0 and x1 */
      [SIGNATURE_INTEGER_AND_DOUBLE] = {MACHINE_FIRST_AS_U64, SIGNATURE_TWO_DOUBLES},
      [SIGNATURE_INT128] = {MACHINE_FIRST_AS_U64, SIGNATURE_MEMORY},
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
