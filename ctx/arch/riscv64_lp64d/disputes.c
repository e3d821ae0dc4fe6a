#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_RISCV64_LP64D_

#include <stdbool.h>

#include "ctx/arch/riscv64_lp64d/classify.h"
#include "ctx/arch/riscv64_lp64d/disputes.h"
#include "ctx/type/check.h"
#include "ctx/type/error.h"

/* ---- Structs whose fields have registers of their own ---- */

/* All disputes are about these. They have one field or two, so a walk is short. */

static const char *ctx_dispute_of_fields(const ctx_type *type, size_t offset, const ctx_type *whole,
                                         const ctx_classes *classes);

/* gcc ignores no union, and no array of empty structs. There is no end to what an empty type can
 * consist of, so this looks only so far. */
enum { CTX_MAX_EMPTY_MEMBERS = 64 };

static bool ctx_is_empty_struct(const ctx_type *type, size_t *members_left) {
  if (type->kind != CTX_KIND_STRUCT || type->num_members > *members_left) return false;
  *members_left -= type->num_members;
  for (size_t i = 0; i < type->num_members; i++) {
    const ctx_member *member = &type->members[i];
    if (member->count != 1 || !ctx_is_empty_struct(member->type, members_left)) return false;
  }
  return true;
}

static bool ctx_is_ignored_by_all(const ctx_member *member) {
  size_t members_left = CTX_MAX_EMPTY_MEMBERS;
  return member->count == 1 && ctx_is_empty_struct(member->type, &members_left);
}

/* clang loads all of a bit-field's declared type, at most eight bytes, from where the bit-field
 * begins. It goes wrong if the other field lies there, or the struct ends before. */
static bool ctx_bit_field_is_too_near(const ctx_member *member, size_t at, const ctx_type *whole,
                                      const ctx_classes *classes) {
  size_t size = member->type->size < 8 ? member->type->size : 8;
  if (at + size > whole->size) return true;
  for (size_t i = 0; i < classes->num_fields; i++) {
    const ctx_field *field = &classes->fields[i];
    bool is_apart = field->from + field->size <= at || at + size <= field->from;
    if (field->class == CTX_CLASS_FLOAT && !is_apart) return true;
  }
  return false;
}

/* Returns whether `at` is where a compiler puts something of any alignment up to `align` behind the
 * byte `end`. Where it is not, there may be an unnamed bit-field, which is an integer to both. */
static bool ctx_is_next(size_t end, size_t at, size_t align) {
  for (size_t power = 1; power <= align; power *= 2) {
    if (at == (end + power - 1) / power * power) return true;
  }
  return false;
}

static const char *const ctx_text_of_padding =
    "no description says whether padding is an unnamed bit-field";

static const char *ctx_dispute_of_member(const ctx_member *member, size_t at, const ctx_type *whole,
                                         const ctx_classes *classes) {
  if (member->bit_width != 0) {
    if (member->bit_offset % 8 != 0) return ctx_text_of_padding;
    return ctx_bit_field_is_too_near(member, at, whole, classes)
               ? "compilers disagree on a bit-field whose type is wider than its place"
               : NULL;
  }
  if (member->type->size == 0) {
    return ctx_is_ignored_by_all(member)
               ? NULL
               : "compilers disagree on unions, and arrays of structs, that are empty";
  }
  size_t count = ctx_member_count(member);
  const char *dispute = NULL;
  for (size_t i = 0; i < count && dispute == NULL; i++)
    dispute = ctx_dispute_of_fields(member->type, at + i * member->type->size, whole, classes);
  return dispute;
}

static const char *ctx_dispute_of_fields(const ctx_type *type, size_t offset, const ctx_type *whole,
                                         const ctx_classes *classes) {
  if (!ctx_type_is_aggregate(type)) return NULL;
  size_t end = 0;
  for (size_t i = 0; i < type->num_members; i++) {
    const ctx_member *member = &type->members[i];
    size_t at = member->offset + member->bit_offset / 8;
    if (!ctx_is_next(end, at, type->align)) return ctx_text_of_padding;
    const char *dispute = ctx_dispute_of_member(member, offset + at, whole, classes);
    if (dispute != NULL) return dispute;
    end = member->bit_width != 0 ? at + (member->bit_width + 7) / 8
                                 : at + ctx_member_count(member) * member->type->size;
  }
  return ctx_is_next(end, type->size, type->align) ? NULL : ctx_text_of_padding;
}

/* ---- All types ---- */

/* Copies and results are aligned to so many bytes at most, as on x86-64. */
#define CTX_MAX_ALIGN 64

ctx_status ctx_dispute_type(const ctx_type *type, const ctx_classes *classes) {
  if (type->align > CTX_MAX_ALIGN) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "%s: an alignment of %zu bytes is above %d",
                         ctx_type_name(type), type->align, CTX_MAX_ALIGN);
  }
  const char *dispute =
      classes->num_fields != 0 ? ctx_dispute_of_fields(type, 0, type, classes) : NULL;
  if (dispute == NULL) return CTX_OK;
  return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "%s: %s", ctx_type_name(type), dispute);
}

ctx_status ctx_dispute_argument(const ctx_type *type, const ctx_classes *classes, ctx_naming naming,
                                const ctx_placer *before, const ctx_place *place) {
  (void)place;
  /* gcc leaves out a slot, though it passes nothing, except in va_arg. */
  if (type->size == 0 && type->align >= 16 && before->slots_size % 16 != 0) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE,
                         "%s: compilers disagree on what comes after it: it is empty, and aligned "
                         "to 16 or more in memory that is not",
                         ctx_type_name(type));
  }
  if (naming != CTX_UNNAMED) return ctx_dispute_type(type, classes);
  /* After an ellipsis no field has a register of its own. */
  ctx_classes whole = *classes;
  whole.num_fields = 0;
  return ctx_dispute_type(type, &whole);
}

ctx_status ctx_dispute_result(const ctx_type *type, const ctx_classes *classes) {
  return ctx_dispute_type(type, classes);
}

#endif
