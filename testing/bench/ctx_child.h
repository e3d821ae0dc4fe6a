/* The three forms of ctx_swap have this in common as competitors. */
#ifndef CTX_TESTING_BENCH_CTX_CHILD_H_
#define CTX_TESTING_BENCH_CTX_CHILD_H_

#include <stdlib.h>

#include "ctx/ctx.h"

typedef ctx_context child;

#define CHILD_INIT(c, stack, size, function)                                \
  do {                                                                      \
    if (ctx_init(c, stack, size, function, CTX_NO_ARGS) != CTX_OK) abort(); \
  } while (0)

#endif /* CTX_TESTING_BENCH_CTX_CHILD_H_ */
