/* Checks that a description is sound, on any architecture. */
#ifndef CTX_TYPE_CHECK_H_
#define CTX_TYPE_CHECK_H_

#include <stdbool.h>
#include <stdint.h>

#include "ctx/internal/attributes.h"
#include "ctx/type.h"
#include "ctx/type/error.h"

/* CTX_TYPE_MAX_SIZE is the largest type, in bytes: offsets in frames are 32-bit numbers. */
#define CTX_TYPE_MAX_SIZE ((size_t)1 << 30)

/* CTX_TYPE_MAX_DEPTH bounds how deep aggregates nest, and so recursion. C promises 63 levels (C11,
 * 5.2.4.1). */
#define CTX_TYPE_MAX_DEPTH 63

/* CTX_TYPE_MAX_ARGS is the most arguments: so many scalars take no more than CTX_TYPE_MAX_SIZE. */
#define CTX_TYPE_MAX_ARGS (CTX_TYPE_MAX_SIZE / sizeof(uint64_t))

/* ctx_type_check_count returns CTX_OK, or CTX_ERR_UNSUPPORTED_TYPE with a text for more. */
static inline ctx_status ctx_type_check_count(size_t num_args) {
  if (num_args <= CTX_TYPE_MAX_ARGS) return CTX_OK;
  return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "%zu arguments are too many", num_args);
}

/* ctx_type_check returns CTX_OK if `type` and its members are sound, otherwise
 * CTX_ERR_{NULL_ARGUMENT,BAD_TYPE,UNSUPPORTED_TYPE} with a text. All code that follows descriptions
 * relies on it: members lie within their aggregate, and nesting has an end. */
CTX_HIDDEN ctx_status ctx_type_check(const ctx_type *type);

static inline bool ctx_type_is_aggregate(const ctx_type *type) {
  return type->kind == CTX_KIND_STRUCT || type->kind == CTX_KIND_UNION;
}

/* ctx_type_is_solid returns whether a type is a scalar without padding. Arrays of it have none,
 * either. */
static inline bool ctx_type_is_solid(const ctx_type *type) {
  bool has_long_double =
      type->kind == CTX_KIND_LONG_DOUBLE || type->kind == CTX_KIND_COMPLEX_LONG_DOUBLE;
  return !ctx_type_is_aggregate(type) &&
         (!has_long_double || CTX_LONG_DOUBLE_VALUE_SIZE_ == sizeof(long double));
}

static inline const char *ctx_type_name(const ctx_type *type) {
  return type->name != NULL ? type->name : "a type without a name";
}

/* ctx_member_count returns the number of elements of a member. REQUIRES: it is sound. */
static inline size_t ctx_member_count(const ctx_member *member) {
  if (member->count != CTX_COUNT_BY_SIZE_) return member->count;
  return member->type->size != 0 ? member->size / member->type->size : 1;
}

/* ctx_type_has_union returns whether a type is a union, or has one in it. REQUIRES: it is sound. */
CTX_HIDDEN bool ctx_type_has_union(const ctx_type *type);

#endif /* CTX_TYPE_CHECK_H_ */
