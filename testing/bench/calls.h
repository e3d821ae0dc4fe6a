/* Functions to call, for scale. In assembly, so that every compiler calls the same ones. */
#ifndef CTX_TESTING_BENCH_CALLS_H_
#define CTX_TESTING_BENCH_CALLS_H_

/* Returns. */
void bench_call(void);

/* Saves five registers, restores them, and returns. */
void bench_call_saving_five(void);

#endif /* CTX_TESTING_BENCH_CALLS_H_ */
