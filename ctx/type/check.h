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

/* CTX_TYPE_MAX_MEMBERS bounds the work of a call: so many members a walk over all of its types
 * meets at most. A walk follows an aggregate wherever it is a member, and in each element of an
 * array. Types that share others can make it a tree of any size. */
#define CTX_TYPE_MAX_MEMBERS ((size_t)1 << 20)

/* ctx_type_extent is what a walk over a type meets. */
typedef struct ctx_type_extent {
  const ctx_type *type;
  uint32_t num_members; /* in all; 0 if the type is empty: then no walk enters it */
  uint32_t depth;       /* of nested aggregates: 1 for one of scalars */
} ctx_type_extent;

/* ctx_type_checker is what the checks of one call's types share. Private. It remembers the last
 * types that are not made of scalars alone, so that a check takes the time of the descriptions, not
 * that of the tree. */
enum { CTX_TYPE_MAX_REMEMBERED = 64 };
typedef struct ctx_type_checker {
  size_t members_left; /* of CTX_TYPE_MAX_MEMBERS */
  bool is_shared;      /* types before the one in hand had members, too */
  size_t num_checked;  /* of `checked`, ever: the oldest are overwritten */
  ctx_type_extent checked[CTX_TYPE_MAX_REMEMBERED];
} ctx_type_checker;

/* ctx_type_checker_begin begins with the types of a call. No description may change before its
 * last check. */
static inline void ctx_type_checker_begin(ctx_type_checker *checker) {
  checker->members_left = CTX_TYPE_MAX_MEMBERS;
  checker->num_checked = 0;
}

/* ctx_type_check returns CTX_OK if `type` and its members are sound, otherwise
 * CTX_ERR_{NULL_ARGUMENT,BAD_TYPE,UNSUPPORTED_TYPE} with a text. All code that follows descriptions
 * relies on it: members lie within their aggregate, nesting has an end, and a walk that does not
 * enter empty types has one soon. Nothing in an empty type is more aligned than the type. */
CTX_HIDDEN ctx_status ctx_type_check(ctx_type_checker *checker, const ctx_type *type);

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

/* ctx_type_has_union returns whether a type is a union, or has one in it. REQUIRES: it is sound,
 * and what is passed of it is one vector: so each struct in it has one member, and none is empty.
 */
CTX_HIDDEN bool ctx_type_has_union(const ctx_type *type);

#endif /* CTX_TYPE_CHECK_H_ */
