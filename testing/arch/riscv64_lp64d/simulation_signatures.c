#include <string.h>

#include "testing/simulation/body.h"
#include "testing/simulation/machine.h"
#include "testing/simulation/types.h"

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
      [SIGNATURE_V256] = {MACHINE_IN_MEMORY, SIGNATURE_MEMORY},
      [SIGNATURE_V512] = {MACHINE_IN_MEMORY, SIGNATURE_COMPLEX_LONG_DOUBLE},
  };
  return results[id];
}

/* ---- Functions of vectors ---- */

static v256 return_v256(v256 a, v128 b, long double c) {
  const void *const args[] = {&a, &b, &c};
  body_run(SIGNATURE_V256, args);
  v256 result;
  memcpy(&result, body_result(), sizeof result);
  return result;
}

static v512 return_v512(v512 a, aligned_in_memory b) {
  const void *const args[] = {&a, &b};
  body_run(SIGNATURE_V512, args);
  v512 result;
  memcpy(&result, body_result(), sizeof result);
  return result;
}

ctx_entry machine_vector_function(signature_id id) {
  return id == SIGNATURE_V256 ? (ctx_entry)return_v256 : (ctx_entry)return_v512;
}
