/* These keep the measured code in the shape that it is written in, for every competitor alike. */
#ifndef CTX_TESTING_BENCH_CODE_SHAPE_H_
#define CTX_TESTING_BENCH_CODE_SHAPE_H_

/* A function that is neither inlined nor specialised for its callers. */
#ifdef __clang__
#define BENCH_NOINLINE __attribute__((noinline))
#else
#define BENCH_NOINLINE __attribute__((noinline, noipa))
#endif

/* Stands after the last call of a function. Otherwise the compiler makes that a jump, and there is
 * no return left to measure. */
#define BENCH_NOT_A_TAIL_CALL() __asm__ volatile("")

/* All that was stored counts as read: no store is dropped for a later one, or moved out of a
 * loop. */
#define BENCH_STORES_ARE_READ() __asm__ volatile("" ::: "memory")

/* Unrolls, so that the loop is not what is measured. */
#define BENCH_EIGHT_TIMES(statement)                                                \
  do {                                                                              \
    statement statement statement statement statement statement statement statement \
  } while (0)

#endif /* CTX_TESTING_BENCH_CODE_SHAPE_H_ */
