/* Numbers of contexts that are measured. */
#ifndef CTX_TESTING_BENCH_SIZES_H_
#define CTX_TESTING_BENCH_SIZES_H_

#include <stddef.h>

#define BENCH_MAX_CONTEXTS 1000000

/* Two in each power of ten. */
static const size_t bench_sizes[] = {2,    10,    30,    100,    300,    1000,
                                     3000, 10000, 30000, 100000, 300000, 1000000};
#define BENCH_NUM_SIZES (sizeof bench_sizes / sizeof *bench_sizes)

/* Returns how many of them are no more than max_contexts. */
static inline size_t bench_sizes_up_to(size_t max_contexts) {
  size_t num = 0;
  while (num < BENCH_NUM_SIZES && bench_sizes[num] <= max_contexts)
    num++;
  return num;
}

#endif /* CTX_TESTING_BENCH_SIZES_H_ */
