#include "ctx/type/check.h"

#include "ctx/type.h"
#include "ctx/type/error.h"
#include "ctx/type/scalars.h"

/* A check looks at so many members at most: types that share others can be a tree of any size. */
#define CTX_TYPE_MAX_MEMBERS ((size_t)1 << 20)

/* ctx_type_bounds is what is left of CTX_TYPE_MAX_DEPTH and CTX_TYPE_MAX_MEMBERS. */
typedef struct ctx_type_bounds {
  unsigned depth;
  size_t members;
} ctx_type_bounds;

static ctx_status ctx_type_check_at(const ctx_type *type, ctx_type_bounds *bounds);

static ctx_status ctx_check_bit_field(const ctx_type *type, const ctx_member *member) {
  const ctx_type *unit = member->type;
  bool is_int128 = unit->kind == CTX_KIND_I128 || unit->kind == CTX_KIND_U128;
  if ((unit->kind == CTX_KIND_NONE || unit->kind > CTX_KIND_BOOL) && !is_int128) {
    return ctx_type_fail(CTX_ERR_BAD_TYPE, "a bit-field's type must be an integer or bool");
  }
  size_t bits = unit->kind == CTX_KIND_BOOL ? 1 : unit->size * 8;
  if (member->bit_width > bits) {
    return ctx_type_fail(CTX_ERR_BAD_TYPE, "a bit-field of %zu bits is wider than its type",
                         member->bit_width);
  }
  if (member->count != 1) return ctx_type_fail(CTX_ERR_BAD_TYPE, "bit-fields make no arrays");
  if (member->name == NULL) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "compilers disagree on unnamed bit-fields");
  }
  size_t room = (type->size - member->offset) * 8; /* the offset has been checked */
  if (member->bit_offset > room || member->bit_width > room - member->bit_offset) {
    return ctx_type_fail(CTX_ERR_BAD_TYPE, "it lies outside of the aggregate's %zu bytes",
                         type->size);
  }
  return CTX_OK;
}

/* Checks size and place of an array. A member that is not an array is an array of one. */
static ctx_status ctx_check_extent(const ctx_type *type, const ctx_member *member) {
  const ctx_type *element = member->type;
  if (member->count == 0 ||
      (member->count == CTX_COUNT_BY_SIZE_ && member->size == 0 && element->size != 0)) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE,
                         "compilers disagree on flexible and zero-length arrays");
  }
  if (member->count == CTX_COUNT_BY_SIZE_) {
    if (element->size == 0 ? member->size != 0 : member->size % element->size != 0) {
      return ctx_type_fail(CTX_ERR_BAD_TYPE, "%zu bytes are not an array of elements of %zu bytes",
                           member->size, element->size);
    }
  } else if (member->size != 0 &&
             (member->size % member->count != 0 || member->size / member->count != element->size)) {
    return ctx_type_fail(CTX_ERR_BAD_TYPE, "it has %zu bytes, its description says %zu times %zu",
                         member->size, member->count, element->size);
  }
  size_t room = type->size - member->offset;
  if (element->size != 0 && ctx_member_count(member) > room / element->size) {
    return ctx_type_fail(CTX_ERR_BAD_TYPE, "it reaches beyond the aggregate's %zu bytes",
                         type->size);
  }
  return CTX_OK;
}

/* *end is where the previous member ends, in bits, and then where this one does. A struct's members
 * do not overlap. */
static ctx_status ctx_check_member(const ctx_type *type, const ctx_member *member,
                                   ctx_type_bounds *bounds, size_t *end) {
  if (member->type == NULL) {
    return ctx_type_fail(CTX_ERR_NULL_ARGUMENT, "its type is null");
  }
  size_t members_before = bounds->members;
  ctx_status status = ctx_type_check_at(member->type, bounds);
  if (status != CTX_OK) return status;
  if (member->type->kind == CTX_KIND_VOID) {
    return ctx_type_fail(CTX_ERR_BAD_TYPE, "a member cannot be void");
  }
  if (member->offset > type->size) {
    return ctx_type_fail(CTX_ERR_BAD_TYPE, "it lies outside of the aggregate's %zu bytes",
                         type->size);
  }
  bool is_bit_field = member->bit_width != 0;
  if (!is_bit_field && member->bit_offset != 0) {
    return ctx_type_fail(CTX_ERR_BAD_TYPE, "a bit-field has no width");
  }
  status = is_bit_field ? ctx_check_bit_field(type, member) : ctx_check_extent(type, member);
  if (status != CTX_OK) return status;
  /* A walk follows an element's members once for each element of an array. An element without
   * members counts as one, except a solid scalar, whose array is walked as a whole. */
  size_t count = is_bit_field || member->type->size == 0 ? 1 : ctx_member_count(member);
  size_t each = members_before - bounds->members;
  if (each == 0 && !ctx_type_is_solid(member->type)) each = 1;
  if (each != 0 && count - 1 > bounds->members / each) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "it has more than %zu members in all",
                         CTX_TYPE_MAX_MEMBERS);
  }
  bounds->members -= (count - 1) * each;
  size_t start = member->offset * 8 + (is_bit_field ? member->bit_offset : 0);
  size_t bits =
      is_bit_field ? member->bit_width : ctx_member_count(member) * member->type->size * 8;
  if (type->kind == CTX_KIND_UNION && start != 0) {
    return ctx_type_fail(CTX_ERR_BAD_TYPE, "members of a union begin where it begins");
  }
  if (type->kind == CTX_KIND_STRUCT && start < *end) {
    return ctx_type_fail(CTX_ERR_BAD_TYPE, "it overlaps the member before, or is out of order");
  }
  *end = start + bits;
  return CTX_OK;
}

static ctx_status ctx_check_aggregate(const ctx_type *type, ctx_type_bounds *bounds) {
  if (type->size > CTX_TYPE_MAX_SIZE) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "%zu bytes are too large to be passed by value",
                         type->size);
  }
  if (type->align == 0 || (type->align & (type->align - 1)) != 0) {
    return ctx_type_fail(CTX_ERR_BAD_TYPE, "an alignment of %zu is not a power of two",
                         type->align);
  }
  if (type->size % type->align != 0) {
    return ctx_type_fail(CTX_ERR_BAD_TYPE, "a size of %zu is not a multiple of the alignment, %zu",
                         type->size, type->align);
  }
  if (type->members == NULL && type->num_members != 0) {
    return ctx_type_fail(CTX_ERR_NULL_ARGUMENT, "its members are null");
  }
  size_t end = 0;
  for (size_t i = 0; i < type->num_members; i++) {
    if (bounds->members == 0) {
      return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "it has more than %zu members in all",
                           CTX_TYPE_MAX_MEMBERS);
    }
    bounds->members--;
    ctx_status status = ctx_check_member(type, &type->members[i], bounds, &end);
    if (status != CTX_OK) {
      const char *name = type->members[i].name;
      if (name == NULL) return ctx_type_fail_in(status, "member %zu", i);
      return ctx_type_fail_in(status, "member '%s'", name);
    }
  }
  return CTX_OK;
}

static ctx_status ctx_type_check_at(const ctx_type *type, ctx_type_bounds *bounds) {
  if (!ctx_type_is_aggregate(type)) {
    const ctx_type *scalar = ctx_type_scalar(type->kind);
    if (scalar != NULL && type->size == scalar->size && type->align == scalar->align &&
        type->num_members == 0) {
      return CTX_OK;
    }
    return ctx_type_fail(CTX_ERR_BAD_TYPE, "it describes no type");
  }
  if (bounds->depth == 0) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "aggregates are nested more than %d deep",
                         CTX_TYPE_MAX_DEPTH);
  }
  bounds->depth--;
  ctx_status status = ctx_check_aggregate(type, bounds);
  bounds->depth++;
  if (status != CTX_OK && type->name != NULL) return ctx_type_fail_in(status, "%s", type->name);
  return status;
}

ctx_status ctx_type_check(const ctx_type *type) {
  ctx_type_bounds bounds = {CTX_TYPE_MAX_DEPTH, CTX_TYPE_MAX_MEMBERS};
  return ctx_type_check_at(type, &bounds);
}

bool ctx_type_has_union(const ctx_type *type) {
  bool found = type->kind == CTX_KIND_UNION;
  for (size_t i = 0; i < type->num_members && !found && ctx_type_is_aggregate(type); i++)
    found = ctx_type_has_union(type->members[i].type);
  return found;
}
