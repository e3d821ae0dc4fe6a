/* A second judge: libffi, for what it gets right. */
#ifndef CTX_TESTING_ORACLE_LIBFFI_H_
#define CTX_TESTING_ORACLE_LIBFFI_H_

#include "testing/generator/case.h"

/* Cases may have this (gen_options.allow) for this judge, beside scalars. They have no aggregates
 * (libffi up to 3.4.6 overwrites a vector register where one begins in the last general one and
 * goes on in a vector register), no 16-byte integers and no vectors (it has none), and nothing
 * variadic (it wants promoted types, which makes no difference in where they go). */
enum { ORACLE_LIBFFI_ALLOW = GEN_ALLOW_LONG_DOUBLE | GEN_ALLOW_COMPLEX | GEN_ALLOW_RESULT };

/* oracle_libffi_call calls the probe through libffi, and returns "" if what the probe found is
 * ABI-equal to what the model expects, and the result came back. Otherwise it returns what is
 * wrong, in a buffer that the next call overwrites. One thread at a time. REQUIRES: the case has no
 * more. */
const char *oracle_libffi_call(const gen_case *from);

#endif /* CTX_TESTING_ORACLE_LIBFFI_H_ */
