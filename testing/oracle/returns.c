#include "testing/oracle/returns.h"

#include <string.h>

/* Cases of more arguments are not about results. */
enum { MAX_ARGS_MIXED = 4 };

/* Where the probe takes that eightbyte from; of an x87 register: its ten bytes. */
static uint8_t *place_of(model_return_register reg, size_t word) {
  switch (reg) {
    case MODEL_RETURN_NONE:
      return NULL;
    case MODEL_RETURN_RAX:
      return (uint8_t *)&oracle_to_reply.rax;
    case MODEL_RETURN_RDX:
      return (uint8_t *)&oracle_to_reply.rdx;
    case MODEL_RETURN_XMM0:
      return (uint8_t *)&oracle_to_reply.vector[0][word];
    case MODEL_RETURN_XMM1:
      return (uint8_t *)&oracle_to_reply.vector[1][word];
    case MODEL_RETURN_ST0:
      return oracle_to_reply.st[0];
    case MODEL_RETURN_ST1:
      return oracle_to_reply.st[1];
  }
  __builtin_trap();
}

static bool is_x87(model_return_register reg) {
  return reg == MODEL_RETURN_ST0 || reg == MODEL_RETURN_ST1;
}

/* ---- Garbage ---- */

static uint64_t mixed(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
  return hash ^ (hash >> 29);
}

/* The first word of a value is enough to tell cases apart. */
static uint64_t mixed_value(uint64_t hash, const gen_value *value) {
  uint64_t word = 0;
  size_t size = value->type->size;
  if (size != 0) memcpy(&word, value->bytes, size < sizeof word ? size : sizeof word);
  return mixed(hash, word);
}

static uint64_t hash_of(const gen_case *from) {
  uint64_t hash = mixed(mixed(1, from->way), from->num_args);
  hash = mixed_value(hash, &from->result);
  for (size_t i = 0; i < from->num_args && i < MAX_ARGS_MIXED; ++i)
    hash = mixed_value(hash, &from->args[i]);
  return hash;
}

static void fill_with_garbage(const gen_case *from) {
  uint64_t hash = hash_of(from);
  oracle_reply_poison();
  for (size_t i = 0; i < 2 * ORACLE_VECTOR_WORDS; ++i)
    oracle_to_reply.vector[i / ORACLE_VECTOR_WORDS][i % ORACLE_VECTOR_WORDS] = hash =
        mixed(hash, i);
  oracle_to_reply.rax = hash = mixed(hash, 0);
  oracle_to_reply.rdx = hash = mixed(hash, 0);
}

/* ---- The reply ---- */

void oracle_reply_with(const gen_case *from, const model_return *where, uint64_t low,
                       uint64_t high) {
  const gen_value *result = &from->result;
  fill_with_garbage(from);
  if (where->in_memory) {
    oracle_to_reply.memory = result->bytes;
    oracle_to_reply.memory_size = result->type->size;
    oracle_to_reply.memory_low = low;
    oracle_to_reply.memory_high = high;
    return;
  }
  for (size_t i = 0; i < where->num; ++i) {
    model_return_register reg = (model_return_register)where->of[i].reg;
    uint8_t *place = place_of(reg, where->of[i].word);
    if (place == NULL) continue;
    size_t left = result->type->size - 8 * i;
    size_t size = is_x87(reg) ? 10 : left < 8 ? left : 8;
    memcpy(place, result->bytes + 8 * i, size);
    if (is_x87(reg)) oracle_to_reply.num_st += 1;
  }
}

bool oracle_result_equals(const gen_value *result, const void *read) {
  const uint8_t *bytes = read;
  for (size_t i = 0; i < result->type->size; ++i) {
    if (((bytes[i] ^ result->bytes[i]) & result->type->cover[i]) != 0) return false;
  }
  return true;
}
