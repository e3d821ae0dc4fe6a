/* Bytes of values, as the architectures' models look at them. */
#ifndef CTX_TESTING_ORACLE_EIGHTBYTE_H_
#define CTX_TESTING_ORACLE_EIGHTBYTE_H_

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "testing/generator/case.h"

/* Up to eight bytes of a value, without the bytes that are padding. */
typedef struct eightbyte {
  uint64_t word;
  uint64_t care; /* bits that are not padding */
} eightbyte;

static inline uint64_t eightbyte_load(const uint8_t *bytes, size_t size) {
  uint64_t word = 0;
  if (size >= 8) {
    memcpy(&word, bytes, 8);
    return word;
  }
  for (size_t i = 0; i < size; i++)
    word |= (uint64_t)bytes[i] << (8 * i);
  return word;
}

/* The bytes that have a bit set in `care`. */
static inline uint64_t eightbyte_whole_bytes(uint64_t care) {
  if (care == UINT64_MAX) return care;
  uint64_t bytes = 0;
  for (unsigned i = 0; i < 64; i += 8) {
    if ((care >> i & 0xff) != 0) bytes |= UINT64_C(0xff) << i;
  }
  return bytes;
}

/* eightbyte_from takes `size` bytes, or eight if that is more. */
static inline eightbyte eightbyte_from(const gen_value *value, size_t from, size_t size) {
  eightbyte out = {eightbyte_load(value->bytes + from, size),
                   eightbyte_load(value->type->cover + from, size)};
  out.word &= eightbyte_whole_bytes(out.care);
  return out;
}

static inline eightbyte eightbyte_of(const gen_value *value, size_t index) {
  return eightbyte_from(value, 8 * index, value->type->size - 8 * index);
}

#endif /* CTX_TESTING_ORACLE_EIGHTBYTE_H_ */
