#include "ctx/type/check.h"

#include "ctx/type.h"
#include "ctx/type/error.h"
#include "ctx/type/scalars.h"

static ctx_status ctx_type_check_at(ctx_type_checker *checker, const ctx_type *type,
                                    unsigned levels, ctx_type_extent *out);

/* ---- Members ---- */

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

/* Counts members that a walk will meet. */
static ctx_status ctx_check_count(ctx_type_checker *checker, size_t count, size_t each) {
  if (each == 0 || count <= checker->members_left / each) {
    checker->members_left -= count * each;
    return CTX_OK;
  }
  return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "%s more than %zu members in all",
                       checker->is_shared ? "with the types before, there are" : "it has",
                       CTX_TYPE_MAX_MEMBERS);
}

/* Adds what a walk meets in a member, whose element was measured, to the extent of the aggregate.
 * An element without members counts as one, except a solid scalar, whose array is walked as a
 * whole. The first element has been counted. */
static ctx_status ctx_check_elements(ctx_type_checker *checker, const ctx_member *member,
                                     const ctx_type_extent *element, ctx_type_extent *extent) {
  bool is_array = member->bit_width == 0 && member->type->size != 0;
  size_t num_more = is_array ? ctx_member_count(member) - 1 : 0;
  size_t each = element->num_members;
  if (each == 0 && !ctx_type_is_solid(member->type)) each = 1;
  ctx_status status = ctx_check_count(checker, num_more, each);
  if (status != CTX_OK) return status;
  extent->num_members += (uint32_t)(1 + element->num_members + num_more * each);
  if (element->depth >= extent->depth) extent->depth = element->depth + 1;
  return CTX_OK;
}

/* Checks a member of `type`, and adds what a walk meets in it to the extent of the type. *end is
 * where the previous member ends, in bits, and then where this one does. A struct's members do not
 * overlap. The aggregates in the member may nest `levels` deep. */
static ctx_status ctx_check_member(ctx_type_checker *checker, const ctx_type *type,
                                   const ctx_member *member, unsigned levels,
                                   ctx_type_extent *extent, size_t *end) {
  if (member->type == NULL) {
    return ctx_type_fail(CTX_ERR_NULL_ARGUMENT, "its type is null");
  }
  ctx_type_extent element;
  ctx_status status = ctx_type_check_at(checker, member->type, levels, &element);
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
  status = ctx_check_elements(checker, member, &element, extent);
  if (status != CTX_OK) return status;
  /* All members of an empty type lie where it lies. So where it is aligned, they all are. */
  if (type->size == 0 && member->type->align > type->align) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE,
                         "it is aligned to more than the empty type around it");
  }
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

/* ---- Aggregates ---- */

static ctx_status ctx_check_whole(const ctx_type *type) {
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
  return CTX_OK;
}

/* Returns whether a type is empty, or some member has bytes of it. Otherwise its bytes are those of
 * unnamed bit-fields, which a description may leave out. */
static bool ctx_has_members_for_its_bytes(const ctx_type *type) {
  bool found = type->size == 0;
  for (size_t i = 0; i < type->num_members && !found; i++)
    found = type->members[i].bit_width != 0 || type->members[i].type->size != 0;
  return found;
}

static ctx_status ctx_check_aggregate(ctx_type_checker *checker, const ctx_type *type,
                                      unsigned levels, ctx_type_extent *out) {
  ctx_status status = ctx_check_whole(type);
  if (status != CTX_OK) return status;
  *out = (ctx_type_extent){type, 0, 1};
  size_t end = 0;
  for (size_t i = 0; i < type->num_members; i++) {
    status = ctx_check_count(checker, 1, 1);
    if (status != CTX_OK) return status;
    status = ctx_check_member(checker, type, &type->members[i], levels, out, &end);
    if (status != CTX_OK) {
      const char *name = type->members[i].name;
      if (name == NULL) return ctx_type_fail_in(status, "member %zu", i);
      return ctx_type_fail_in(status, "member '%s'", name);
    }
  }
  if (!ctx_has_members_for_its_bytes(type)) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE,
                         "compilers disagree on unnamed bit-fields, and it has nothing else");
  }
  if (type->size == 0) out->num_members = 0;
  return CTX_OK;
}

/* Returns the extent of a type that was checked; null if it was not, or is forgotten. The last is
 * the first to be looked at: types that share others have them near. */
static const ctx_type_extent *ctx_type_remembered(const ctx_type_checker *checker,
                                                  const ctx_type *type) {
  size_t num = checker->num_checked;
  for (size_t age = 1; age <= num && age <= CTX_TYPE_MAX_REMEMBERED; age++) {
    const ctx_type_extent *checked = &checker->checked[(num - age) % CTX_TYPE_MAX_REMEMBERED];
    if (checked->type == type) return checked;
  }
  return NULL;
}

/* One that is nested too deep here is followed to where it is. */
static ctx_status ctx_type_check_nested(ctx_type_checker *checker, const ctx_type *type,
                                        unsigned levels, ctx_type_extent *out) {
  if (levels == 0) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "aggregates are nested more than %d deep",
                         CTX_TYPE_MAX_DEPTH);
  }
  const ctx_type_extent *checked = ctx_type_remembered(checker, type);
  if (checked != NULL && checked->depth <= levels) {
    *out = *checked;
    return ctx_check_count(checker, 1, out->num_members);
  }
  ctx_status status = ctx_check_aggregate(checker, type, levels - 1, out);
  /* Aggregates of scalars are checked as fast as they are looked up. */
  if (status == CTX_OK && out->depth > 1) {
    checker->checked[checker->num_checked++ % CTX_TYPE_MAX_REMEMBERED] = *out;
  }
  return status;
}

static ctx_status ctx_type_check_at(ctx_type_checker *checker, const ctx_type *type,
                                    unsigned levels, ctx_type_extent *out) {
  if (ctx_type_is_aggregate(type)) {
    ctx_status status = ctx_type_check_nested(checker, type, levels, out);
    if (status != CTX_OK && type->name != NULL) return ctx_type_fail_in(status, "%s", type->name);
    return status;
  }
  *out = (ctx_type_extent){type, 0, 0};
  const ctx_type *scalar = ctx_type_scalar(type->kind);
  if (scalar != NULL && type->size == scalar->size && type->align == scalar->align &&
      type->num_members == 0) {
    return CTX_OK;
  }
  return ctx_type_fail(CTX_ERR_BAD_TYPE, "it describes no type");
}

ctx_status ctx_type_check(ctx_type_checker *checker, const ctx_type *type) {
  ctx_type_extent extent;
  checker->is_shared = checker->members_left != CTX_TYPE_MAX_MEMBERS;
  return ctx_type_check_at(checker, type, CTX_TYPE_MAX_DEPTH, &extent);
}

bool ctx_type_has_union(const ctx_type *type) {
  bool found = type->kind == CTX_KIND_UNION;
  for (size_t i = 0; i < type->num_members && !found && ctx_type_is_aggregate(type); i++)
    found = ctx_type_has_union(type->members[i].type);
  return found;
}
