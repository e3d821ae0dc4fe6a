#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_X86_64_SYSV_

#include <stdbool.h>

#include "ctx/arch/x86_64_sysv/classify.h"
#include "ctx/arch/x86_64_sysv/cpu.h"
#include "ctx/arch/x86_64_sysv/disputes.h"
#include "ctx/arch/x86_64_sysv/layout.h"
#include "ctx/type/check.h"
#include "ctx/type/error.h"

/* ---- Types, wherever they are passed ---- */

/* ctx_disputes has a text for each way in which a dispute can matter; null: there is none. */
typedef struct ctx_disputes {
  const char *in_registers;      /* if the whole is passed in registers */
  const char *anywhere;          /* in any case */
  const char *in_two_eightbytes; /* if the whole has up to 16 bytes */
} ctx_disputes;

/* gcc takes a bit-field in a union, which begins where the union does, for the smallest integer
 * that holds it, and wants that aligned. */
static bool ctx_bit_field_is_misaligned(const ctx_member *member, size_t offset) {
  size_t bits = 8;
  while (bits < member->bit_width)
    bits *= 2;
  return offset * 8 % bits != 0;
}

/* Each of these also merges classes, as ctx_classify_member does, and returns what it returns: so
 * each member is looked at once, however deep it lies. */
static bool ctx_disputes_find(const ctx_type *type, size_t offset, ctx_disputes *disputes,
                              uint8_t *classes);

static bool ctx_disputes_find_in_elements(const ctx_member *member, size_t at,
                                          ctx_disputes *disputes, uint8_t *classes) {
  const ctx_type *element = member->type;
  size_t count = ctx_member_count(member);
  for (size_t i = 0; i < count; i++, at += element->size) {
    if (!ctx_disputes_find(element, at, disputes, classes)) {
      /* gcc looks only at an array's first element, which fits. */
      if (i > 0) disputes->in_two_eightbytes = "an array of packed structs, the first one aligned";
      return false;
    }
    /* In a packed struct gcc looks only at the scalars of a member, which lie aligned. */
    if (at % element->align != 0) disputes->in_registers = "an over-aligned member that is packed";
  }
  return true;
}

static bool ctx_disputes_find_in_member(const ctx_type *type, const ctx_member *member, size_t at,
                                        ctx_disputes *disputes, uint8_t *classes) {
  const ctx_type *element = member->type;
  if (member->bit_width == 0 && element->size != 0 && ctx_type_is_aggregate(element)) {
    return ctx_disputes_find_in_elements(member, at, disputes, classes);
  }
  if (member->bit_width != 0) {
    if (type->kind == CTX_KIND_UNION && ctx_bit_field_is_misaligned(member, at)) {
      disputes->in_registers = "a bit-field in a union that is not aligned for it";
    }
  } else if (element->kind == CTX_KIND_F128) {
    disputes->in_registers = "__float128 in an aggregate";
  } else if (element->size == 0 && at % element->align != 0) {
    /* gcc does not look at it, since it has no scalars. What is in it is not aligned to more. */
    disputes->in_registers = "an over-aligned member that is packed";
  }
  return ctx_classify_member(member, at, classes);
}

/* Returns whether a member is an array of more than 16 bytes. clang forgets a vector that shares a
 * union with one. */
static bool ctx_is_long_array(const ctx_member *member) {
  return member->bit_width == 0 && member->type->size != 0 && ctx_member_count(member) > 1 &&
         ctx_member_count(member) * member->type->size > 16;
}

/* Merges the classes of a union's members, as ctx_classify_member does. What clang remembers of the
 * union is its members that are not long arrays. */
static bool ctx_disputes_find_in_union(const ctx_type *type, size_t offset, ctx_disputes *disputes,
                                       uint8_t *classes) {
  uint8_t remembered[CTX_MAX_EIGHTBYTES] = {CTX_CLASS_NONE};
  bool all_fit = true, remembered_fit = true, has_long_array = false;
  for (size_t i = 0; i < type->num_members; i++) {
    const ctx_member *member = &type->members[i];
    uint8_t one[CTX_MAX_EIGHTBYTES] = {CTX_CLASS_NONE};
    bool fits = ctx_disputes_find_in_member(type, member, offset, disputes, one);
    all_fit &= fits;
    ctx_class_merge_all(classes, one);
    if (ctx_is_long_array(member)) {
      has_long_array = true;
    } else {
      remembered_fit &= fits;
      ctx_class_merge_all(remembered, one);
    }
  }
  size_t first = offset / 8;
  if (has_long_array && remembered_fit && remembered[first] == CTX_CLASS_SSE &&
      remembered[first + 1] == CTX_CLASS_SSEUP) {
    disputes->anywhere = "a vector in a union with an array of more than 16 bytes";
  }
  return all_fit;
}

static bool ctx_disputes_find_in_struct(const ctx_type *type, size_t offset, ctx_disputes *disputes,
                                        uint8_t *classes) {
  bool all_fit = true;
  for (size_t i = 0; i < type->num_members; i++) {
    const ctx_member *member = &type->members[i];
    size_t at = offset + member->offset;
    all_fit &= ctx_disputes_find_in_member(type, member, at, disputes, classes);
  }
  /* A struct of more than 16 bytes is in a register only as one vector. clang wants it to be
   * alone. */
  if (type->size > 16 && type->num_members > 1) {
    disputes->in_registers = "a struct of a vector of more than 16 bytes and an empty member";
  }
  return all_fit;
}

static bool ctx_disputes_find(const ctx_type *type, size_t offset, ctx_disputes *disputes,
                              uint8_t *classes) {
  uint8_t own[CTX_MAX_EIGHTBYTES] = {CTX_CLASS_NONE};
  bool all_fit = type->kind == CTX_KIND_UNION
                     ? ctx_disputes_find_in_union(type, offset, disputes, own)
                     : ctx_disputes_find_in_struct(type, offset, disputes, own);
  return all_fit && ctx_classify_merge(type, offset, own, classes);
}

static const char *ctx_dispute_of_type(const ctx_type *type, const ctx_classes *classes) {
  if (type->size > CTX_MAX_EIGHTBYTES * 8) return NULL;
  ctx_disputes disputes = {NULL, NULL, NULL};
  uint8_t again[CTX_MAX_EIGHTBYTES] = {CTX_CLASS_NONE};
  ctx_disputes_find(type, 0, &disputes, again);
  bool in_registers = classes->eightbyte[0] != CTX_CLASS_MEMORY;
  if (classes->num != 0 && classes->eightbyte[0] == CTX_CLASS_NONE) {
    disputes.in_registers = "padding that has no member before it"; /* an unnamed bit-field */
  }
  if (disputes.anywhere != NULL) return disputes.anywhere;
  if (in_registers && disputes.in_registers != NULL) return disputes.in_registers;
  return type->size <= 16 ? disputes.in_two_eightbytes : NULL;
}

ctx_status ctx_dispute_type(const ctx_type *type, const ctx_classes *classes) {
  if (type->align > CTX_SIZE_ZMM) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "%s: an alignment of %zu bytes is above 64",
                         ctx_type_name(type), type->align);
  }
  const char *dispute = ctx_dispute_of_type(type, classes);
  if (dispute == NULL) return CTX_OK;
  return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "%s: compilers disagree on %s",
                       ctx_type_name(type), dispute);
}

/* ---- Where they are passed ---- */

static ctx_status ctx_dispute_processor(const ctx_type *type, const ctx_classes *classes) {
  size_t size = ctx_classes_vector_size(classes);
  if (size <= ctx_cpu_vector_size()) return CTX_OK;
  return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "%s: this processor has no registers of %zu bytes",
                       ctx_type_name(type), size);
}

/* A 128-bit integer is two eightbytes that are passed as a struct of two (3.2.3, "Classification").
 * But clang before 18 splits it between r9 and memory, and does not align it there. */
static bool ctx_splits_int128(const ctx_type *type, const ctx_placer *before) {
  if (type->kind != CTX_KIND_I128 && type->kind != CTX_KIND_U128) return false;
  if (before->num_gp + 2 <= CTX_NUM_GP_REGISTERS) return false;
  return before->num_gp < CTX_NUM_GP_REGISTERS || before->memory_size % 16 != 0;
}

static const char *ctx_dispute_of_place(const ctx_type *type, const ctx_classes *classes,
                                        ctx_naming naming, const ctx_placer *before) {
  bool is_wide_vector = ctx_classes_vector_size(classes) > CTX_SIZE_XMM;
  if (naming == CTX_NAMED && is_wide_vector) {
    return "where a named vector of more than 16 bytes goes if there is an ellipsis";
  }
  if (naming == CTX_UNNAMED && is_wide_vector && ctx_type_has_union(type)) {
    return "where a union of a vector of more than 16 bytes goes after an ellipsis";
  }
  if (ctx_splits_int128(type, before)) {
    return "where it goes when one general register is left, or memory that is not aligned for it";
  }
  return NULL;
}

ctx_status ctx_dispute_argument(const ctx_type *type, const ctx_classes *classes, ctx_naming naming,
                                const ctx_placer *before, const ctx_place *place) {
  ctx_status status = ctx_dispute_type(type, classes);
  if (status != CTX_OK) return status;
  const char *dispute = ctx_dispute_of_place(type, classes, naming, before);
  if (dispute != NULL) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "%s: compilers disagree on %s",
                         ctx_type_name(type), dispute);
  }
  return place->where == CTX_WHERE_REGISTERS ? ctx_dispute_processor(type, classes) : CTX_OK;
}

ctx_status ctx_dispute_result(const ctx_type *type, const ctx_classes *classes) {
  ctx_status status = ctx_dispute_type(type, classes);
  return status == CTX_OK ? ctx_dispute_processor(type, classes) : status;
}

#endif
