/* A case's choices come from this: a byte string, or a seed. Private to the generator. */
#ifndef CTX_TESTING_GENERATOR_SOURCE_H_
#define CTX_TESTING_GENERATOR_SOURCE_H_

#include "testing/generator/case.h"

typedef struct gen_source {
  /* A byte string. */
  const uint8_t *at;
  const uint8_t *end;
  /* Or the state of splitmix64, and what is left of its last number. */
  bool is_random;
  uint64_t state;
  uint64_t word;
  unsigned bytes_left;
} gen_source;

gen_source gen_source_of_bytes(const uint8_t *data, size_t size);
gen_source gen_source_of_seed(uint64_t seed);

/* gen_source_byte is the next one; 0 at the end of a byte string. */
uint8_t gen_source_byte(gen_source *source);

/* gen_value_fill_from is gen_value_fill, for GEN_RAW too: with as many of the source's bytes as its
 * leaves have. */
void gen_value_fill_from(const gen_value *value, gen_style style, size_t number,
                         gen_source *source);

#endif /* CTX_TESTING_GENERATOR_SOURCE_H_ */
