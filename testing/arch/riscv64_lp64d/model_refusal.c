/* The library must refuse some types, and may refuse others. */
#include "testing/arch/riscv64_lp64d/model.h"

static void find_wide_vector(void *data, const gen_leaf *leaf) {
  bool *found = data;
  *found |= leaf->kind == GEN_V256 || leaf->kind == GEN_V512;
}

static void find_half(void *data, const gen_leaf *leaf) {
  bool *found = data;
  *found |= leaf->kind == GEN_F16;
}

bool model_has_half(const gen_type *type) {
  bool found = false;
  gen_for_each_leaf(type, find_half, &found);
  return found;
}

bool model_has_empty_union_or_array(const gen_type *type) {
  for (size_t i = 0; i < type->num_members; i++) {
    const gen_member *member = &type->members[i];
    bool is_empty = member->type->size == 0 && gen_is_aggregate(member->type);
    bool is_union_or_array = member->type->kind == GEN_UNION || member->form == GEN_ARRAY;
    if (is_empty && is_union_or_array) return true;
    if (model_has_empty_union_or_array(member->type)) return true;
  }
  return false;
}

model_refusal model_refuse_type(const gen_type *type) {
  bool has_wide_vector = false;
  gen_for_each_leaf(type, find_wide_vector, &has_wide_vector);
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
  if (has_wide_vector) return (model_refusal){MODEL_MAY_BE_REFUSED, "a vector above 16 bytes"};
  bool is_flattened = gen_is_aggregate(type) && model_shape_of(type).num_fields != 0;
  if (is_flattened && model_has_empty_union_or_array(type)) {
    return (model_refusal){MODEL_MAY_BE_REFUSED, "an empty union, or an array of empty structs"};
  }
  if (is_flattened && model_has_half(type)) {
    return (model_refusal){MODEL_MAY_BE_REFUSED, "a _Float16 in a struct that is flattened"};
  }
  return (model_refusal){MODEL_ACCEPTED, ""};
}
