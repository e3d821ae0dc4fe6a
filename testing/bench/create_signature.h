/* Calls of functions whose types are known at run time only: prepared signatures beside libffi. One
 * operation is one call, from the values' addresses to the result in memory. */
#ifndef CTX_TESTING_BENCH_CREATE_SIGNATURE_H_
#define CTX_TESTING_BENCH_CREATE_SIGNATURE_H_

#include "testing/bench/runner.h"

#define BENCH_SIGNATURE_CASES(function)                                                      \
  bench_run bench_signature_##function##_call;                                               \
  /* On a stack of its own: ctx_init_signature with a mask, ctx_swap, ctx_retval_get. */     \
  bench_run bench_signature_##function##_ctx;                                                \
  bench_run bench_signature_##function##_ctx_default_words; /* with CTX_FLAG_FP_DEFAULT */   \
  /* ffi_call, on the caller's stack; and as the entry of a context, on the stack that ctx's \
   * calls run on. */                                                                        \
  bench_run bench_signature_##function##_ffi;                                                \
  bench_run bench_signature_##function##_ffi_in_ctx

BENCH_SIGNATURE_CASES(none);
BENCH_SIGNATURE_CASES(four);
BENCH_SIGNATURE_CASES(twelve);
BENCH_SIGNATURE_CASES(many);
BENCH_SIGNATURE_CASES(pair);

#endif /* CTX_TESTING_BENCH_CREATE_SIGNATURE_H_ */
