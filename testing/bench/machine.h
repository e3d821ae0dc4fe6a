/* The machine on which the numbers were measured. */
#ifndef CTX_TESTING_BENCH_MACHINE_H_
#define CTX_TESTING_BENCH_MACHINE_H_

#ifdef __clang__
#define BENCH_COMPILER "clang " __clang_version__
#else
#define BENCH_COMPILER "gcc " __VERSION__
#endif

/* Returns what the processor calls itself. */
const char *bench_processor(void);

/* "Linux 6.18" */
const char *bench_kernel(void);

#endif /* CTX_TESTING_BENCH_MACHINE_H_ */
