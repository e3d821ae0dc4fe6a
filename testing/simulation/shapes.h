/* Values of any type as bytes: how they are drawn, and when two of them are the same. */
#ifndef CTX_TESTING_SIMULATION_SHAPES_H_
#define CTX_TESTING_SIMULATION_SHAPES_H_

#include "ctx/ctx.h"
#include "testing/simulation/signatures.h"

typedef struct value_shape {
  const ctx_type *type;
  size_t size;
  size_t align;
  size_t num_long_doubles; /* it consists of so many; 0: it has no padding */
} value_shape;

#define SHAPE_OF(c_type, described) \
  { &(described), sizeof(c_type), _Alignof(c_type), 0 }
#define SHAPE_OF_LONG_DOUBLE \
  { &ctx_type_long_double, sizeof(long double), _Alignof(long double), 1 }
#define SHAPE_OF_COMPLEX_LONG_DOUBLE \
  { &ctx_type_complex_long_double, 2 * sizeof(long double), _Alignof(long double), 2 }

/* A value drawn from *random, a state of ctx_test_random. */
void shape_draw(const value_shape *shape, uint64_t *random, signature_value *out);

/* The same except for padding. */
bool shape_is_same(const value_shape *shape, const void *a, const void *b);

/* `found` is the same as `expected`, and aligned. */
bool shape_is_as_expected(const value_shape *shape, const void *expected, const void *found);

#endif /* CTX_TESTING_SIMULATION_SHAPES_H_ */
