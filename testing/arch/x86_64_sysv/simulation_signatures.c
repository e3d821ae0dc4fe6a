#include <stddef.h>

#include "testing/simulation/body.h"
#include "testing/simulation/machine.h"

/* ---- Where results are: psABI 3.2.3 ---- */

machine_result machine_result_of(signature_id id) {
  static const machine_result results[NUM_SIGNATURES] = {
      [SIGNATURE_VOID] = {MACHINE_NOTHING, SIGNATURE_LONG_DOUBLE},
      /* The address is in rax. */
      [SIGNATURE_MEMORY] = {MACHINE_ADDRESS_AS_U64, SIGNATURE_ALIGNED_MEMORY},
      [SIGNATURE_ALIGNED_MEMORY] = {MACHINE_ADDRESS_AS_U64, SIGNATURE_MEMORY},
      /* x87 registers */
      [SIGNATURE_LONG_DOUBLE] = {MACHINE_NOTHING, SIGNATURE_COMPLEX_LONG_DOUBLE},
      [SIGNATURE_COMPLEX_LONG_DOUBLE] = {MACHINE_NOTHING, SIGNATURE_MEMORY},
      /* xmm0 and xmm1 */
      [SIGNATURE_TWO_DOUBLES] = {MACHINE_FIRST_AS_F64, SIGNATURE_LONG_DOUBLE},
      [SIGNATURE_VARIADIC] = {MACHINE_FIRST_AS_F64, SIGNATURE_COMPLEX_LONG_DOUBLE},
      /* rax and xmm0 */
      [SIGNATURE_INTEGER_AND_DOUBLE] = {MACHINE_FIRST_AS_U64_SECOND_AS_F64, SIGNATURE_TWO_DOUBLES},
      /* rax and rdx */
      [SIGNATURE_INT128] = {MACHINE_FIRST_AS_U64, SIGNATURE_MEMORY},
      /* xmm0, ymm0, zmm0 */
      [SIGNATURE_V128] = {MACHINE_FIRST_AS_F64, SIGNATURE_V256},
      [SIGNATURE_V256] = {MACHINE_FIRST_AS_F64, SIGNATURE_V512},
      [SIGNATURE_V512] = {MACHINE_FIRST_AS_F64, SIGNATURE_LONG_DOUBLE},
  };
  return results[id];
}

/* ---- Functions of vectors ---- */

/* simulation_vectors.S */
void simulation_return_v256(void);
void simulation_return_v512(void);

/* simulation_vectors.S writes the arguments in the first two vector registers here. */
signature_value simulation_vectors[2] __attribute__((__visibility__("hidden")));

/* simulation_vectors.S calls this; it returns the address of the result. */
const void *simulation_vectors_body(size_t vector_size, const void *memory)
    __attribute__((__visibility__("hidden")));
const void *simulation_vectors_body(size_t vector_size, const void *memory) {
  const void *const of_v256[] = {&simulation_vectors[0], &simulation_vectors[1], memory};
  const void *const of_v512[] = {&simulation_vectors[0], memory};
  if (vector_size == 32) {
    body_run(SIGNATURE_V256, of_v256);
  } else {
    body_run(SIGNATURE_V512, of_v512);
  }
  return body_result();
}

ctx_entry machine_vector_function(signature_id id) {
  return id == SIGNATURE_V256 ? simulation_return_v256 : simulation_return_v512;
}
