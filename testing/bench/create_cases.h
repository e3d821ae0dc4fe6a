/* Making contexts, and calling functions on them; groups.c says what each is called. */
#ifndef CTX_TESTING_BENCH_CREATE_CASES_H_
#define CTX_TESTING_BENCH_CREATE_CASES_H_

#include "testing/bench/runner.h"

/* Init alone. */
bench_run bench_init_ctx_start;         /* by CTX_START */
bench_run bench_init_ctx;               /* with a signal mask given */
bench_run bench_init_ctx_inline;        /* the same, by ctx_init_inline */
bench_run bench_init_ctx_default_words; /* the same, with CTX_FLAG_FP_DEFAULT */
bench_run bench_init_ctx_reading_mask;  /* with a system call */
bench_run bench_init_boost;
bench_run bench_init_seed; /* without its system call */
bench_run bench_init_seed_reading_mask;

/* Init, entering a function without arguments, its return. */
bench_run bench_enter_call;      /* a plain call */
bench_run bench_enter_ctx_start; /* by CTX_START */
bench_run bench_enter_ctx;
bench_run bench_enter_ctx_inline; /* by ctx_init_inline and ctx_swap_inline */
bench_run bench_enter_boost;
bench_run bench_enter_seed;
bench_run bench_enter_seed_reading_mask;

/* The same with 132 arguments of six types. */
bench_run bench_mixed_call;
bench_run bench_mixed_ctx;      /* values that are prepared once */
bench_run bench_mixed_ctx_args; /* values made by CTX_ARGS each time */
bench_run bench_mixed_seed;     /* values that are prepared once; without its system call */
bench_run bench_mixed_seed_reading_mask;

#endif /* CTX_TESTING_BENCH_CREATE_CASES_H_ */
