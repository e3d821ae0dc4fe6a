#include "testing/oracle/placing.h"

#include <string.h>

const size_t placing_vector_bytes = 64;
const bool placing_extends_u32 = true;

_Static_assert((int)CTX_RETURN_A0 == (int)MODEL_RETURN_A0, "of results, as numbers");
_Static_assert((int)CTX_RETURN_FA1 == (int)MODEL_RETURN_FA1, "of results, as numbers");

/* How many bytes of each of fa0 to fa7 are a value's. */
static size_t sizes[MODEL_VECTOR];

void placing_begin(oracle_capture *capture, const ctx_result_place *result,
                   uint64_t result_address) {
  memset(sizes, 0, sizeof sizes);
  if (result->where == CTX_WHERE_MEMORY) capture->registers.a0 = result_address;
}

static void put_piece(oracle_capture *capture, const uint8_t *bytes, size_t size,
                      const ctx_piece *piece) {
  oracle_registers *registers = &capture->registers;
  uint64_t *to = piece->is_float ? &registers->fa0 : &registers->a0;
  size_t left = size - piece->from;
  size_t num_bytes = left < piece->size ? left : piece->size;
  memcpy(&to[piece->index], bytes + piece->from, num_bytes);
  if (piece->is_float) sizes[piece->index] = num_bytes;
}

void placing_put(oracle_capture *capture, const uint8_t *bytes, size_t size,
                 const ctx_place *place) {
  for (size_t i = 0; i < place->num_pieces; i++)
    put_piece(capture, bytes, size, &place->pieces[i]);
  if (place->where != CTX_WHERE_MEMORY && !place->is_split) return;
  size_t from = place->is_split ? 8 : 0;
  if (place->offset + size - from > capture->num_words * 8) return; /* the verdict misses them */
  memcpy((uint8_t *)capture->words + place->offset, bytes + from, size - from);
}

/* Fills up with ones what the library says so of. */
static void fill_up(oracle_capture *capture, const ctx_placer *placer) {
  uint64_t *registers = &capture->registers.fa0;
  for (size_t i = 0; i < MODEL_VECTOR; i++) {
    bool is_narrow = sizes[i] < sizeof registers[i];
    if ((placer->boxed >> i & 1) != 0 && is_narrow) registers[i] |= UINT64_MAX << (8 * sizes[i]);
  }
}

void placing_end(oracle_capture *capture, const model_expectation *expected,
                 const ctx_placer *placer) {
  fill_up(capture, placer);
  capture->registers.gp = expected->registers.gp;
  capture->registers.tp = expected->registers.tp;
}
