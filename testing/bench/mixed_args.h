/* Functions of many arguments: an integer of each width, a float and a double, over and over. A few
 * have less. */
#ifndef CTX_TESTING_BENCH_MIXED_ARGS_H_
#define CTX_TESTING_BENCH_MIXED_ARGS_H_

#include <stddef.h>
#include <stdint.h>

#define MIXED_NUM_SETS 22
#define MIXED_NUM_ARGS (6 * MIXED_NUM_SETS)

/* Expands F(0), F(1), ... F(21). */
#define MIXED_FOR_SETS(F)                                                                        \
  F(0), F(1), F(2), F(3), F(4), F(5), F(6), F(7), F(8), F(9), F(10), F(11), F(12), F(13), F(14), \
      F(15), F(16), F(17), F(18), F(19), F(20), F(21)

#define MIXED_FOR_TWO_SETS(F) F(0), F(1)

#define MIXED_PARAMETERS(i) \
  uint8_t b##i, uint16_t w##i, uint32_t d##i, uint64_t q##i, float f##i, double g##i

/* Returns the sum of all arguments, of floating-point ones the sum of their bit patterns: what can
 * be compared exactly, and is as quick to compute as anything that uses them all. */
uint64_t mixed_sum(MIXED_FOR_SETS(MIXED_PARAMETERS));
uint64_t mixed_sum_of_12(MIXED_FOR_TWO_SETS(MIXED_PARAMETERS));
uint64_t mixed_sum_of_4(uint64_t q, double g, uint32_t d, float f);
uint64_t mixed_sum_of_none(void); /* counts its calls */

/* 16 bytes, which pass in a vector register and in a general one. */
typedef struct mixed_pair {
  double g;
  uint64_t q;
} mixed_pair;
uint64_t mixed_sum_of_pair(mixed_pair pair);

/* One argument list. */
typedef struct mixed_set {
  uint8_t b;
  uint16_t w;
  uint32_t d;
  uint64_t q;
  float f;
  double g;
} mixed_set;

/* MIXED_NUM_SETS of them. In memory that the compiler knows nothing about, as arguments usually
 * are: constants would be stored without being loaded first. */
const mixed_set *mixed_sets(void);

/* Returns the sum of so many of them. */
uint64_t mixed_expected(size_t num_sets);

#define MIXED_ARGUMENTS_OF(sets, i) \
  (sets)[i].b, (sets)[i].w, (sets)[i].d, (sets)[i].q, (sets)[i].f, (sets)[i].g

#endif /* CTX_TESTING_BENCH_MIXED_ARGS_H_ */
