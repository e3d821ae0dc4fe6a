/* The library must refuse some types, and may refuse others. */
#include "testing/arch/aarch64_aapcs64/model.h"

static void find_wide_vector(void *data, const gen_leaf *leaf) {
  bool *found = data;
  *found |= leaf->kind == GEN_V256 || leaf->kind == GEN_V512;
}

/* The strictest alignment of a member's own type, or of a bit-field's: this much a description says
 * of members. */
static size_t align_of_members(const gen_type *type, bool of_bit_fields) {
  size_t align = 1;
  for (size_t i = 0; i < type->num_members; i++) {
    const gen_member *member = &type->members[i];
    bool is_bit_field = member->form == GEN_BIT_FIELD || member->form == GEN_UNNAMED_BIT_FIELD;
    if (of_bit_fields && !is_bit_field) continue;
    if (member->type->align > align) align = member->type->align;
  }
  return align;
}

model_refusal model_refuse_alignment(const gen_type *type, bool is_natural_16) {
  if (gen_is_aggregate(type)) {
    bool has_strict_member = align_of_members(type, false) >= 16;
    if (type->align >= 16 && !has_strict_member) {
      return (model_refusal){MODEL_REFUSED, "an alignment that is the whole's, or a member's"};
    }
    if (type->align >= 16 && !is_natural_16) {
      return (model_refusal){MODEL_UNDECIDED, "a strict member that is packed"};
    }
    if (type->align < 16 && align_of_members(type, true) >= 16) {
      return (model_refusal){MODEL_REFUSED, "a bit-field of an __int128 that is packed"};
    }
  }
  return (model_refusal){MODEL_ACCEPTED, ""};
}

model_refusal model_refuse_type(const gen_type *type) {
  bool has_wide_vector = false;
  gen_for_each_leaf(type, find_wide_vector, &has_wide_vector);
  if (has_wide_vector) return (model_refusal){MODEL_REFUSED, "a vector of more than 16 bytes"};
  if ((type->oddities & GEN_ODD_ALIGN) != 0) return (model_refusal){MODEL_REFUSED, "alignment"};
  /* These are refused on every architecture, whether its compilers differ or not. */
  if ((type->oddities & GEN_ODD_ARRAY_OF_NONE) != 0) {
    return (model_refusal){MODEL_REFUSED, "a flexible or zero-length array"};
  }
  if ((type->oddities & GEN_ODD_UNNAMED_BIT_FIELD) != 0) {
    return (model_refusal){MODEL_REFUSED, "an unnamed bit-field"};
  }
  if ((type->oddities & GEN_ODD_EMPTY_PACKED) != 0) {
    return (model_refusal){MODEL_REFUSED, "an empty type aligned to less than its member"};
  }
  return (model_refusal){MODEL_ACCEPTED, ""};
}
