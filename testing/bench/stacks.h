/* Stacks without contexts; groups.c says what each case is called. All stacks are of 64 KiB. An
 * operation is one stack, taken and given back, the word at its end written to; exceptions say
 * so. */
#ifndef CTX_TESTING_BENCH_STACKS_H_
#define CTX_TESTING_BENCH_STACKS_H_

#include "testing/bench/runner.h"

/* The stack that was given back before. */
bench_run bench_stack_pool;
bench_run bench_stack_pool_deep; /* written to 20 KiB from the end, and so trimmed */
bench_run bench_stack_boost_pooled;
bench_run bench_stack_malloc; /* Boost's fixedsize_stack */

/* A mapping each. */
bench_run bench_stack_map;
bench_run bench_stack_boost_protected;

/* One from a pool that has never had it; not given back. BENCH_NUM_FRESH at a time. */
#define BENCH_NUM_FRESH 8192
void bench_fresh_pool(uint64_t num_stacks);
void bench_fresh_split_pool(uint64_t num_stacks); /* its guards are pages without access */
bench_run bench_fresh_take;                       /* not written to */
bench_run bench_fresh_touch;
void bench_fresh_drop(void);

#endif /* CTX_TESTING_BENCH_STACKS_H_ */
