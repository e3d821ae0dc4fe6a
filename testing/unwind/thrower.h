/* An exception of C++, for tests in C. */
#ifndef CTX_TESTING_UNWIND_THROWER_H_
#define CTX_TESTING_UNWIND_THROWER_H_

#include "ctx/ctx.h"

#ifdef __cplusplus
extern "C" {
#endif

void thrower_throws(void);

/* thrower_catches swaps, by the external function, and catches what that throws. */
void thrower_catches(ctx_context *from, ctx_context *to);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_TESTING_UNWIND_THROWER_H_ */
