#include "testing/oracle/placing.h"

#include <string.h>

const size_t placing_vector_bytes = 16;
const bool placing_extends_u32 = false;

_Static_assert((int)CTX_RETURN_X0 == (int)MODEL_RETURN_X0, "of results, as numbers");
_Static_assert((int)CTX_RETURN_Q3 == (int)MODEL_RETURN_V3, "of results, as numbers");

void placing_begin(oracle_capture *capture, const ctx_result_place *result,
                   uint64_t result_address) {
  if (result->where == CTX_WHERE_MEMORY) capture->registers.x8 = result_address;
}

void placing_put(oracle_capture *capture, const uint8_t *bytes, size_t size,
                 const ctx_place *place) {
  oracle_registers *registers = &capture->registers;
  if (place->where == CTX_WHERE_MEMORY) {
    if (place->offset + size > capture->num_words * 8) return; /* the verdict misses them */
    memcpy((uint8_t *)capture->words + place->offset, bytes, size);
    return;
  }
  for (size_t i = 0; i < place->num_pieces; i++) {
    const ctx_piece *piece = &place->pieces[i];
    size_t left = size - piece->from;
    void *to = piece->is_vector ? (void *)registers->vector[piece->index]
                                : (void *)&registers->general[piece->index];
    memcpy(to, bytes + piece->from, left < piece->size ? left : piece->size);
  }
}

void placing_end(oracle_capture *capture, const model_expectation *expected,
                 const ctx_placer *placer) {
  (void)capture;
  (void)expected;
  (void)placer;
}
