#include "testing/generator/source.h"

gen_source gen_source_of_bytes(const uint8_t *data, size_t size) {
  return (gen_source){.at = data, .end = size == 0 ? data : data + size};
}

gen_source gen_source_of_seed(uint64_t seed) {
  return (gen_source){.is_random = true, .state = seed};
}

/* splitmix64, written out so that the generator stands alone. */
static uint64_t next_word(uint64_t *state) {
  *state += UINT64_C(0x9e3779b97f4a7c15);
  uint64_t z = *state;
  z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
  return z ^ (z >> 31);
}

uint8_t gen_source_byte(gen_source *source) {
  if (!source->is_random) return source->at < source->end ? *source->at++ : 0;
  if (source->bytes_left == 0) {
    source->word = next_word(&source->state);
    source->bytes_left = 8;
  }
  uint8_t byte = (uint8_t)source->word;
  source->word >>= 8;
  source->bytes_left -= 1;
  return byte;
}
