#include "testing/simulation/shapes.h"

#include <string.h>

#include "testing/harness/record.h"
#include "testing/simulation/machine.h"

void shape_draw(const value_shape *shape, uint64_t *random, signature_value *out) {
  for (size_t i = 0; i < shape->size; i += sizeof(uint64_t)) {
    uint64_t word = ctx_test_random(random);
    memcpy(out->bytes + i, &word, sizeof word);
  }
  for (size_t i = 0; i < shape->num_long_doubles; i++)
    machine_long_double_normalise(out->bytes + i * sizeof(long double));
}

bool shape_is_same(const value_shape *shape, const void *a, const void *b) {
  if (shape->num_long_doubles == 0) return memcmp(a, b, shape->size) == 0;
  bool is_same = true;
  for (size_t i = 0; i < shape->num_long_doubles; i++) {
    size_t at = i * sizeof(long double);
    is_same = is_same &&
              memcmp((const char *)a + at, (const char *)b + at, machine_long_double_size()) == 0;
  }
  return is_same;
}

/* Where an argument is passed by reference, a wrong entry finds no address. */
bool shape_is_as_expected(const value_shape *shape, const void *expected, const void *found) {
  if (found == NULL) return false;
  return (uintptr_t)found % shape->align == 0 && shape_is_same(shape, expected, found);
}
