/* The library must refuse some types, and may refuse others. */
#include "testing/arch/aarch64_aapcs64/model.h"

static void find_wide_vector(void *data, const gen_leaf *leaf) {
  bool *found = data;
  *found |= leaf->kind == GEN_V256 || leaf->kind == GEN_V512;
}

/* A bit-field of a packed struct is aligned to one byte. gcc 12 takes the alignment of its type for
 * that of a member, and begins with an even register. */
static bool has_packed_wide_bit_field(const gen_type *type) {
  if (!gen_is_aggregate(type) || !type->packed) return false;
  for (size_t i = 0; i < type->num_members; i++) {
    const gen_member *member = &type->members[i];
    if (member->form == GEN_BIT_FIELD && member->type->align >= 16) return true;
  }
  return false;
}

model_refusal model_refuse_type(const gen_type *type) {
  bool has_wide_vector = false;
  gen_for_each_leaf(type, find_wide_vector, &has_wide_vector);
  if (has_wide_vector) return (model_refusal){MODEL_REFUSED, "a vector of more than 16 bytes"};
  unsigned oddities = type->oddities;
  if ((oddities & GEN_ODD_ALIGN) != 0) return (model_refusal){MODEL_REFUSED, "alignment"};
  if ((oddities & GEN_ODD_ARRAY_OF_NONE) != 0) {
    return (model_refusal){MODEL_REFUSED, "a flexible or zero-length array"};
  }
  if ((oddities & GEN_ODD_UNNAMED_BIT_FIELD) != 0) {
    return (model_refusal){MODEL_REFUSED, "an unnamed bit-field"};
  }
  if (type->size <= 16 && has_packed_wide_bit_field(type)) {
    return (model_refusal){MODEL_REFUSED, "a bit-field of an __int128 that is packed"};
  }
  return (model_refusal){MODEL_ACCEPTED, ""};
}
