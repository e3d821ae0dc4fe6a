#include "testing/oracle/placing.h"

#include <stdio.h>
#include <string.h>

const size_t placing_vector_bytes = 64;

/* Copies, in the order of their arguments. Their addresses are made up. */
#define COPIES UINT64_C(0x10000000)
static struct {
  const gen_value *value;
  uint64_t address;
} copies[GEN_MAX_ARGS];
static size_t num_copies;

#define RESULT UINT64_C(0x20000000)

static char complaint[128];

/* How many bytes of each of fa0 to fa7 are a value's. */
static size_t sizes[MODEL_VECTOR];

void placing_begin(oracle_capture *capture, const ctx_result_place *result) {
  memset(&capture->registers, 0, sizeof capture->registers);
  memset(sizes, 0, sizeof sizes);
  capture->num_calls = 1;
  num_copies = 0;
  if (result->where == CTX_WHERE_MEMORY) capture->registers.a0 = RESULT;
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

/* Puts bytes of a value, or of the address of its copy. */
static void put(oracle_capture *capture, const uint8_t *bytes, size_t size,
                const ctx_place *place) {
  for (size_t i = 0; i < place->num_pieces; i++)
    put_piece(capture, bytes, size, &place->pieces[i]);
  if (place->where != CTX_WHERE_MEMORY && !place->is_split) return;
  size_t from = place->is_split ? 8 : 0;
  if (place->offset + size - from > capture->num_words * 8) return; /* the verdict misses them */
  memcpy((uint8_t *)capture->words + place->offset, bytes + from, size - from);
}

/* How values are widened is not judged here: 32 bits are extended by the highest, whatever the sign
 * of their type is. */
static uint64_t extended(const gen_value *value) {
  int32_t bits;
  memcpy(&bits, value->bytes, sizeof bits);
  return (uint64_t)(int64_t)bits;
}

void placing_put(oracle_capture *capture, const gen_value *value, const ctx_place *place) {
  if (place->where == CTX_WHERE_NOWHERE) return;
  bool is_of_32 = value->type->kind == GEN_U32;
  if (!place->is_reference && !is_of_32) {
    put(capture, value->bytes, value->type->size, place);
    return;
  }
  uint64_t word = is_of_32 ? extended(value) : COPIES + place->copy;
  if (place->is_reference) {
    copies[num_copies].value = value;
    copies[num_copies++].address = word;
  }
  uint8_t bytes[sizeof word];
  memcpy(bytes, &word, sizeof word);
  put(capture, bytes, sizeof bytes, place);
}

/* Fills up with ones what the library says so of. */
static void fill_up(oracle_capture *capture, const ctx_placer *placer) {
  uint64_t *registers = &capture->registers.fa0;
  for (size_t i = 0; i < MODEL_VECTOR; i++) {
    bool is_narrow = sizes[i] < sizeof registers[i];
    if ((placer->boxed >> i & 1) != 0 && is_narrow) registers[i] |= UINT64_MAX << (8 * sizes[i]);
  }
}

/* Returns which copy lies there. */
static size_t copy_at(uint64_t address) {
  size_t i = 0;
  while (i < num_copies && copies[i].address != address)
    i++;
  return i;
}

/* Each copy is judged to be aligned as its type is, and to begin where the one before ends, or
 * behind that. */
static const char *judge_copies(const ctx_placer *placer) {
  uint64_t end = COPIES;
  size_t align = 1;
  for (size_t i = 0; i < num_copies; i++) {
    const gen_type *type = copies[i].value->type;
    if (copies[i].address % type->align != 0) return "a copy is not aligned as its type is";
    if (copies[i].address < end) return "two copies overlap";
    end = copies[i].address + type->size;
    if (type->align > align) align = type->align;
  }
  if (end > COPIES + placer->copies_size) return "the copies are longer than copies_size";
  if (align > 16 && placer->copies_align < align) return "copies_align is less than a copy's";
  return "";
}

const char *placing_end(oracle_capture *capture, const model_expectation *expected,
                        const ctx_placer *placer) {
  fill_up(capture, placer);
  capture->registers.gp = expected->registers.gp;
  capture->registers.tp = expected->registers.tp;
  if ((placer->slots_size + 15) / 16 * 2 != expected->num_words) {
    snprintf(complaint, sizeof complaint, "%zu bytes of arguments in memory: expected %zu",
             placer->slots_size, 8 * expected->num_words);
    return complaint;
  }
  capture->num_copies = 0;
  for (size_t i = 0; i < expected->num_copies; i++) {
    const oracle_copy *wanted = &expected->copies[i];
    uint64_t address =
        wanted->in_memory ? capture->words[wanted->index] : (&capture->registers.a0)[wanted->index];
    size_t found = copy_at(address);
    if (found == num_copies || copies[found].value->type->size < wanted->size) {
      snprintf(complaint, sizeof complaint, "argument %u is not passed as a copy, or elsewhere",
               (unsigned)expected->copied_argument[i]);
      return complaint;
    }
    memcpy(&capture->copied[wanted->at], copies[found].value->bytes, wanted->size);
    capture->copy_address[i] = address;
    capture->num_copies += 1;
  }
  return judge_copies(placer);
}

const char *placing_judge_result(const ctx_result_place *place, const model_return *expected) {
  bool in_memory = place->where == CTX_WHERE_MEMORY;
  if (in_memory != expected->in_memory) {
    return in_memory ? "the result is in memory" : "the result is not in memory";
  }
  size_t num = place->where == CTX_WHERE_REGISTERS ? place->num_pieces : 0;
  if (num != expected->registers.num) return "another number of registers returns the result";
  for (size_t i = 0; i < num; i++) {
    const ctx_return_piece *piece = &place->pieces[i];
    int source = CTX_RETURN_A0 + expected->registers.of[i].reg - MODEL_RETURN_A0;
    if (piece->source != source || piece->to != expected->registers.of[i].from ||
        piece->size != expected->registers.of[i].size) {
      snprintf(complaint, sizeof complaint, "part %zu of the result is elsewhere", i);
      return complaint;
    }
  }
  return "";
}
