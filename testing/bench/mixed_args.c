#include "testing/bench/mixed_args.h"

#include <string.h>

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
