#include "testing/bench/mixed_args.h"

#include <string.h>

#include "testing/bench/runner.h"

static inline uint64_t bits_of_float(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline uint64_t bits_of_double(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

/* A sum per type: one sum of all would be a chain of 132 additions to wait for. */
#define ADD_SET(i) \
  (b += b##i, w += w##i, d += d##i, q += q##i, f += bits_of_float(f##i), g += bits_of_double(g##i))

uint64_t mixed_sum(MIXED_FOR_SETS(MIXED_PARAMETERS)) {
  uint64_t b = 0, w = 0, d = 0, q = 0, f = 0, g = 0;
  MIXED_FOR_SETS(ADD_SET);
  return b + w + d + q + f + g;
}

uint64_t mixed_sum_of_12(MIXED_FOR_TWO_SETS(MIXED_PARAMETERS)) {
  uint64_t b = 0, w = 0, d = 0, q = 0, f = 0, g = 0;
  MIXED_FOR_TWO_SETS(ADD_SET);
  return b + w + d + q + f + g;
}

uint64_t mixed_sum_of_4(uint64_t q, double g, uint32_t d, float f) {
  return q + bits_of_double(g) + d + bits_of_float(f);
}

uint64_t mixed_sum_of_none(void) {
  static uint64_t num_calls;
  return num_calls++;
}

uint64_t mixed_sum_of_pair(mixed_pair pair) { return bits_of_double(pair.g) + pair.q; }

const mixed_set *mixed_sets(void) {
  static mixed_set *sets;
  if (sets != NULL) return sets;
  sets = bench_allocate(MIXED_NUM_SETS * sizeof *sets);
  for (unsigned i = 0; i < MIXED_NUM_SETS; i++) {
    sets[i].b = (uint8_t)(0xff - i);
    sets[i].w = (uint16_t)(0xffff - 3 * i);
    sets[i].d = 0xffffffff - 5 * i;
    sets[i].q = UINT64_C(0x123456789abcdef) * (i + 1);
    sets[i].f = -1.5f * (float)(i + 1);
    sets[i].g = 1e100 / (i + 1);
  }
  return sets;
}

uint64_t mixed_expected(size_t num_sets) {
  const mixed_set *sets = mixed_sets();
  uint64_t sum = 0;
  for (size_t i = 0; i < num_sets; i++) {
    sum += sets[i].b + sets[i].w + (uint64_t)sets[i].d + sets[i].q + bits_of_float(sets[i].f) +
           bits_of_double(sets[i].g);
  }
  return sum;
}
