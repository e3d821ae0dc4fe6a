/* Generated values, given to the library. */
#ifndef CTX_TESTING_ORACLE_VALUES_H_
#define CTX_TESTING_ORACLE_VALUES_H_

#include "ctx/ctx.h"
#include "testing/generator/case.h"

/* oracle_is_scalar says whether the type is one of the scalars that have accessors of their own. */
bool oracle_is_scalar(const gen_type *type);

/* oracle_has_ctx_value says whether oracle_ctx_value takes the type. It takes no type that this
 * compiler lacks, and none that a ctx_value refers to in a way that only macros can: vectors of
 * more than 16 bytes, _Complex long double. values_test.c has those. */
bool oracle_has_ctx_value(const gen_type *type);

/* oracle_ctx_value makes the argument by the constructor of its kind; an aggregate's description is
 * oracle_type's (types.h). REQUIRES: the above. */
ctx_value oracle_ctx_value(const gen_value *value);

/* oracle_read_retval reads what the entry returned by the accessor of the kind, and puts it where
 * `out` is. REQUIRES: oracle_is_scalar. */
void oracle_read_retval(const ctx_context *child, gen_kind kind, void *out);

#endif /* CTX_TESTING_ORACLE_VALUES_H_ */
