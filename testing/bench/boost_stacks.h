/* The stacks that Boost.Context comes with, for C. */
#ifndef CTX_TESTING_BENCH_BOOST_STACKS_H_
#define CTX_TESTING_BENCH_BOOST_STACKS_H_

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum bench_boost_kind {
  BENCH_BOOST_FIXEDSIZE, /* malloc: no guard */
  BENCH_BOOST_POOLED,    /* boost::pool: no guard */
  BENCH_BOOST_PROTECTED, /* mmap and mprotect */
} bench_boost_kind;

#define BENCH_BOOST_STACK_SIZE 65536

typedef struct bench_boost_stack {
  void *end; /* the highest address */
  size_t size;
} bench_boost_stack;

/* Returns false if there is no more. */
bool bench_boost_stack_allocate(bench_boost_kind kind, bench_boost_stack *out);
void bench_boost_stack_deallocate(bench_boost_kind kind, bench_boost_stack *stack);

/* Frees the pool, and all stacks in it; the next one that is allocated makes another. */
void bench_boost_pool_drop(void);

#ifdef __cplusplus
}
#endif

#endif /* CTX_TESTING_BENCH_BOOST_STACKS_H_ */
