#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_AARCH64_AAPCS64_

#include <stdbool.h>

#include "ctx/arch/aarch64_aapcs64/classify.h"
#include "ctx/arch/aarch64_aapcs64/disputes.h"
#include "ctx/type/check.h"
#include "ctx/type/error.h"

/* ---- Types, wherever they are passed ---- */

/* Copies and results are aligned to so many bytes at most, as on x86-64. */
#define CTX_MAX_ALIGN 64

/* Returns whether a type is a vector of more than 16 bytes, or has one in it. The walk enters no
 * empty type. */
static bool ctx_has_wide_vector(const ctx_type *type) {
  if (type->size == 0) return false;
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
                         "%s: AAPCS64 has no vectors of more than 16 bytes", ctx_type_name(type));
  }
  return CTX_OK;
}

/* ---- Where they are passed ---- */

static bool ctx_has_int128_field(const ctx_type *type) {
  for (size_t i = 0; i < type->num_members; i++) {
    const ctx_member *member = &type->members[i];
    bool is_int128 = member->type->kind == CTX_KIND_I128 || member->type->kind == CTX_KIND_U128;
    if (member->bit_width != 0 && is_int128) return true;
  }
  return false;
}

/* Returns why it is not known whether the natural alignment of an aggregate is 16; null if it is
 * known, or cannot matter. The classes have the smaller one, 8. */
static const char *ctx_dispute_of_align(const ctx_type *type, const ctx_classes *classes) {
  if (!ctx_type_is_aggregate(type) || classes->align == 16) return NULL;
  if (classes->is_adjusted) return "no description says whether it or a member is aligned to 16";
  if (classes->whole == CTX_CLASS_VECTOR && classes->element_size == 16) {
    return "compilers disagree on packed structs of 16-byte elements in memory";
  }
  if (classes->whole == CTX_CLASS_INTEGER && ctx_has_int128_field(type)) {
    return "compilers disagree on packed bit-fields of 128-bit integers";
  }
  return NULL;
}

/* Returns whether an argument would be elsewhere if its natural alignment were 16. Compilers align
 * nothing that fills one general register, except gcc in va_arg. */
static bool ctx_place_depends_on_align(const ctx_type *type, const ctx_classes *classes,
                                       ctx_naming naming, const ctx_placer *before,
                                       const ctx_place *place) {
  bool is_in_one = place->where == CTX_WHERE_REGISTERS && place->num_pieces == 1;
  if (is_in_one && naming != CTX_UNNAMED) return false;
  ctx_classes strict = *classes;
  strict.align = 16;
  ctx_placer placer = *before;
  ctx_place other;
  ctx_place_next(&placer, type, &strict, naming, &other);
  if (other.where != place->where) return true;
  return place->where == CTX_WHERE_MEMORY ? other.offset != place->offset
                                          : other.pieces[0].index != place->pieces[0].index;
}

static const char *ctx_dispute_of_place(const ctx_type *type, const ctx_classes *classes,
                                        ctx_naming naming, const ctx_placer *before,
                                        const ctx_place *place) {
  if (place->is_reference || place->where == CTX_WHERE_NOWHERE) return NULL;
  bool is_in_memory = place->where == CTX_WHERE_MEMORY;
  /* The area of arguments is aligned to 16. In it va_start of gcc, and va_arg of clang, look for
   * an address that is a multiple of more. */
  if (naming != CTX_PLAIN && is_in_memory && type->align > 16) {
    return "compilers disagree on an alignment above 16 in memory if there is an ellipsis";
  }
  const char *dispute = ctx_dispute_of_align(type, classes);
  if (dispute == NULL || !ctx_place_depends_on_align(type, classes, naming, before, place)) {
    return NULL;
  }
  return dispute;
}

ctx_status ctx_dispute_argument(const ctx_type *type, const ctx_classes *classes, ctx_naming naming,
                                const ctx_placer *before, const ctx_place *place) {
  ctx_status status = ctx_dispute_type(type, classes);
  if (status != CTX_OK) return status;
  const char *dispute = ctx_dispute_of_place(type, classes, naming, before, place);
  if (dispute == NULL) return CTX_OK;
  return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "%s: %s", ctx_type_name(type), dispute);
}

ctx_status ctx_dispute_result(const ctx_type *type, const ctx_classes *classes) {
  return ctx_dispute_type(type, classes);
}

#endif
