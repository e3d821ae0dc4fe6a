/* A function of 132 arguments: an integer of each width, a float and a double, 22 times over. */
#ifndef CTX_TESTING_BENCH_MIXED_ARGS_H_
#define CTX_TESTING_BENCH_MIXED_ARGS_H_

#include <stdint.h>

#define MIXED_NUM_SETS 22
#define MIXED_NUM_ARGS (6 * MIXED_NUM_SETS)

/* Expands F(0), F(1), ... F(21). */
#define MIXED_FOR_SETS(F)                                                                        \
  F(0), F(1), F(2), F(3), F(4), F(5), F(6), F(7), F(8), F(9), F(10), F(11), F(12), F(13), F(14), \
      F(15), F(16), F(17), F(18), F(19), F(20), F(21)

#define MIXED_PARAMETERS(i) \
  uint8_t b##i, uint16_t w##i, uint32_t d##i, uint64_t q##i, float f##i, double g##i

/* Returns the sum of all arguments, of floating-point ones the sum of their bit patterns: what can
 * be compared exactly, and is as quick to compute as anything that uses them all. */
uint64_t mixed_sum(MIXED_FOR_SETS(MIXED_PARAMETERS));

/* One argument list. */
typedef struct mixed_set {
  uint8_t b;
  uint16_t w;
  uint32_t d;
  uint64_t q;
  float f;
  double g;
} mixed_set;

#define MIXED_ARGUMENTS_OF(sets, i) \
  (sets)[i].b, (sets)[i].w, (sets)[i].d, (sets)[i].q, (sets)[i].f, (sets)[i].g

#endif /* CTX_TESTING_BENCH_MIXED_ARGS_H_ */
