#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_RISCV64_LP64D_

#include <string.h>

#include "ctx/arch/riscv64_lp64d/classify.h"
#include "ctx/type/check.h"

/* ---- Flattening ("Hardware Floating-point Calling Convention") ---- */

/* ctx_flat is the fields of a struct without its hierarchy, as far as it has been walked. */
typedef struct ctx_flat {
  size_t num;
  ctx_field fields[CTX_MAX_FIELDS];
} ctx_flat;

static bool ctx_flatten(const ctx_type *type, size_t offset, ctx_flat *flat);

static bool ctx_add_field(ctx_class class, size_t offset, size_t size, ctx_flat *flat) {
  if (flat->num == CTX_MAX_FIELDS) return false;
  flat->fields[flat->num++] =
      (ctx_field){.class = (uint8_t) class, .size = (uint8_t)size, .from = (uint32_t)offset};
  return true;
}

/* A complex number is a struct of two. A pointer is not an integer, to both compilers. */
static bool ctx_flatten_scalar(const ctx_type *type, size_t offset, ctx_flat *flat) {
  switch (type->kind) {
    case CTX_KIND_F16:
    case CTX_KIND_F32:
    case CTX_KIND_F64:
      return ctx_add_field(CTX_CLASS_FLOAT, offset, type->size, flat);
    case CTX_KIND_COMPLEX_F32:
    case CTX_KIND_COMPLEX_F64:
      return ctx_add_field(CTX_CLASS_FLOAT, offset, type->size / 2, flat) &&
             ctx_add_field(CTX_CLASS_FLOAT, offset + type->size / 2, type->size / 2, flat);
    case CTX_KIND_PTR:
      return false;
    default:
      return ctx_class_of_word(type->kind) == CTX_CLASS_INTEGER &&
             ctx_add_field(CTX_CLASS_INTEGER, offset, type->size, flat);
  }
}

/* A bit-field counts as an integer of as many bits. Its bytes are passed as they lie there. */
static bool ctx_flatten_bit_field(const ctx_member *member, size_t at, ctx_flat *flat) {
  size_t first = member->bit_offset / 8;
  size_t last = (member->bit_offset + member->bit_width - 1) / 8;
  size_t size = last - first + 1;
  return size <= 8 && ctx_add_field(CTX_CLASS_INTEGER, at + first, size, flat);
}

static bool ctx_flatten_member(const ctx_member *member, size_t offset, ctx_flat *flat) {
  size_t at = offset + member->offset;
  if (member->bit_width != 0) return ctx_flatten_bit_field(member, at, flat);
  if (member->type->size == 0) return true;
  size_t count = ctx_member_count(member);
  if (count > CTX_MAX_FIELDS) return false; /* each element has a field, or does not flatten */
  for (size_t i = 0; i < count; i++) {
    if (!ctx_flatten(member->type, at + i * member->type->size, flat)) return false;
  }
  return true;
}

/* Adds the fields of a type that is not empty. False: it has more than two, or one that no register
 * takes alone. A union does not flatten. */
static bool ctx_flatten(const ctx_type *type, size_t offset, ctx_flat *flat) {
  if (!ctx_type_is_aggregate(type)) return ctx_flatten_scalar(type, offset, flat);
  if (type->kind == CTX_KIND_UNION) return false;
  for (size_t i = 0; i < type->num_members; i++) {
    if (!ctx_flatten_member(&type->members[i], offset, flat)) return false;
  }
  return true;
}

/* Returns whether fields have registers of their own: at least one is a floating-point number. */
static bool ctx_flat_has_float(const ctx_flat *flat) {
  bool found = false;
  for (size_t i = 0; i < flat->num; i++)
    found |= flat->fields[i].class == CTX_CLASS_FLOAT;
  return found;
}

/* ---- All types ---- */

void ctx_classify(const ctx_type *type, ctx_classes *out) {
  memset(out, 0, sizeof *out);
  out->align = type->align >= 16 ? 16 : 8;
  if (type->size == 0) return; /* CTX_CLASS_NONE */
  ctx_flat flat = {.num = 0};
  if (ctx_flatten(type, 0, &flat) && ctx_flat_has_float(&flat)) {
    out->num_fields = flat.num;
    memcpy(out->fields, flat.fields, sizeof flat.fields);
  }
  out->whole = type->size <= 16 ? CTX_CLASS_INTEGER : CTX_CLASS_REFERENCE;
  out->num = type->size <= 8 || type->size > 16 ? 1 : 2;
}

#endif
