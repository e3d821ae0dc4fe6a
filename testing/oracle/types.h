/* Generated types, described to the library. */
#ifndef CTX_TESTING_ORACLE_TYPES_H_
#define CTX_TESTING_ORACLE_TYPES_H_

#include "ctx/ctx.h"
#include "testing/generator/case.h"

/* The library's descriptions of a case's types: of one case at a time, one thread at a time. */

/* oracle_types_create describes all types of the case's pool, by ctx_type_create_struct and _union;
 * before the next one, oracle_types_destroy. */
void oracle_types_create(const gen_pool *pool);
void oracle_types_destroy(void);

/* oracle_type is the description of a scalar, or of a type of that pool; null if the library has
 * refused to make it. */
const ctx_type *oracle_type(const gen_type *type);

/* oracle_type_status is CTX_OK, or why the library has refused it. */
ctx_status oracle_type_status(const gen_type *type);

/* oracle_signature_create prepares the case's call. What it answers is the library's answer, to a
 * description of a type or to the signature. */
ctx_status oracle_signature_create(const gen_case *from, ctx_signature **out);

#endif /* CTX_TESTING_ORACLE_TYPES_H_ */
