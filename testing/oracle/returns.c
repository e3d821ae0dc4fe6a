#include "testing/oracle/returns.h"

#include <string.h>

/* Cases of more arguments are not about results. */
enum { MAX_ARGS_MIXED = 4 };

/* ---- Garbage ---- */

/* The first word of a value is enough to tell cases apart. */
static uint64_t mixed_value(uint64_t hash, const gen_value *value) {
  uint64_t word = 0;
  size_t size = value->type->size;
  if (size != 0) memcpy(&word, value->bytes, size < sizeof word ? size : sizeof word);
  return oracle_mixed(hash, word);
}

static uint64_t hash_of(const gen_case *from) {
  uint64_t hash = oracle_mixed(oracle_mixed(1, from->way), from->num_args);
  hash = mixed_value(hash, &from->result);
  for (size_t i = 0; i < from->num_args && i < MAX_ARGS_MIXED; i++)
    hash = mixed_value(hash, &from->args[i]);
  return hash;
}

/* ---- The reply ---- */

void oracle_reply_with(const gen_case *from, const model_return *where, uint64_t low,
                       uint64_t high) {
  const gen_value *result = &from->result;
  oracle_reply_poison();
  oracle_reply_garbage(hash_of(from));
  if (where->in_memory) {
    oracle_to_reply.memory = result->bytes;
    oracle_to_reply.memory_size = result->type->size;
    oracle_to_reply.memory_low = low;
    oracle_to_reply.memory_high = high;
    return;
  }
  oracle_reply_in_registers(result, where);
}

bool oracle_result_equals(const gen_value *result, const void *read) {
  const uint8_t *bytes = read;
  for (size_t i = 0; i < result->type->size; i++) {
    if (((bytes[i] ^ result->bytes[i]) & result->type->cover[i]) != 0) return false;
  }
  return true;
}
