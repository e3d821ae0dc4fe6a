#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_AARCH64_AAPCS64_

#include <stdbool.h>

#include "ctx/arch/aarch64_aapcs64/classify.h"
#include "ctx/arch/aarch64_aapcs64/disputes.h"
#include "ctx/type/check.h"
#include "ctx/type/error.h"

/* Copies and results are aligned to so many bytes at most, as on x86-64. */
#define CTX_MAX_ALIGN 64

/* ---- Types, wherever they are passed ---- */

/* Returns whether a type is a vector of more than 16 bytes, or has one in it. */
static bool ctx_has_wide_vector(const ctx_type *type) {
  bool found = type->kind == CTX_KIND_V256 || type->kind == CTX_KIND_V512;
  for (size_t i = 0; i < type->num_members && !found; i++)
    found = ctx_has_wide_vector(type->members[i].type);
  return found;
}

ctx_status ctx_dispute_type(const ctx_type *type, const ctx_classes *classes) {
  (void)classes;
  if (type->align > CTX_MAX_ALIGN) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "%s: an alignment of %zu bytes is above %d",
                         ctx_type_name(type), type->align, CTX_MAX_ALIGN);
  }
  if (ctx_has_wide_vector(type)) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE,
                         "%s: compilers disagree on vectors of more than 16 bytes",
                         ctx_type_name(type));
  }
  return CTX_OK;
}

/* ---- Where they are passed ---- */

/* Returns whether an argument would be elsewhere if its natural alignment were 16. */
static bool ctx_place_depends_on_align(const ctx_type *type, const ctx_classes *classes,
                                       ctx_naming naming, const ctx_placer *before,
                                       const ctx_place *place) {
  ctx_classes strict = *classes;
  strict.align = 16;
  ctx_placer placer = *before;
  ctx_place other;
  ctx_place_next(&placer, type, &strict, naming, &other);
  return other.where != place->where || other.offset != place->offset ||
         (place->num_pieces != 0 && other.pieces[0].index != place->pieces[0].index);
}

/* Returns whether a bit-field is of a type that is aligned to 16, and the whole to less, so that
 * the whole is packed. gcc 12 takes the alignment of that type for a member's, and clang does not.
 * In a single register there is no difference. */
static bool ctx_has_packed_wide_bit_field(const ctx_type *type, const ctx_place *place) {
  bool found = false;
  if (place->where == CTX_WHERE_REGISTERS && type->size <= 8) return false;
  for (size_t i = 0; i < type->num_members && type->align < 16; i++)
    found |= type->members[i].bit_width != 0 && type->members[i].type->align >= 16;
  return found;
}

ctx_status ctx_dispute_argument(const ctx_type *type, const ctx_classes *classes, ctx_naming naming,
                                const ctx_placer *before, const ctx_place *place) {
  ctx_status status = ctx_dispute_type(type, classes);
  if (status != CTX_OK) return status;
  if (classes->is_adjusted && !place->is_reference &&
      ctx_place_depends_on_align(type, classes, naming, before, place)) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE,
                         "%s: here it goes elsewhere if a member, not the whole, is aligned to 16",
                         ctx_type_name(type));
  }
  if (ctx_has_packed_wide_bit_field(type, place) && !place->is_reference &&
      ctx_place_depends_on_align(type, classes, naming, before, place)) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE,
                         "%s: here compilers disagree on a bit-field of 16 bytes that is packed",
                         ctx_type_name(type));
  }
  return CTX_OK;
}

ctx_status ctx_dispute_result(const ctx_type *type, const ctx_classes *classes) {
  return ctx_dispute_type(type, classes);
}

#endif
