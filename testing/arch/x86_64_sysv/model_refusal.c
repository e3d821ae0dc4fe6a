/* The library must refuse some types, and may refuse others. */
#include "testing/arch/x86_64_sysv/model.h"

static void find_vector(void *data, const gen_leaf *leaf) {
  bool *found = data;
  *found |= gen_scalar_shape(leaf->kind) == GEN_VECTOR || leaf->kind == GEN_F128;
}

/* An aggregate of more than 16 bytes that has a vector, and more: clang counts members, and has
 * vectors win over arrays. Whether that makes a difference is not decided here. */
static bool shares_wide_vector(const gen_type *type) {
  bool has_vector = false;
  gen_for_each_leaf(type, find_vector, &has_vector);
  if (type->size <= 16 || !has_vector || !gen_is_aggregate(type)) return false;
  if (type->num_members > 1) return true;
  return shares_wide_vector(type->members[0].type);
}

model_refusal model_refuse_type(const gen_type *type) {
  const model_refusal accepted = {MODEL_ACCEPTED, ""};
  if (!gen_is_aggregate(type) || (type->oddities == 0 && type->size <= 16)) return accepted;
  unsigned oddities = type->oddities;
  if ((oddities & GEN_ODD_ALIGN) != 0) return (model_refusal){MODEL_REFUSED, "alignment"};
  if ((oddities & GEN_ODD_ARRAY_OF_NONE) != 0) {
    return (model_refusal){MODEL_REFUSED, "a flexible or zero-length array"};
  }
  if ((oddities & GEN_ODD_UNNAMED_BIT_FIELD) != 0) {
    return (model_refusal){MODEL_REFUSED, "an unnamed bit-field"};
  }
  if ((oddities & GEN_ODD_EMPTY_PACKED) != 0) {
    return (model_refusal){MODEL_REFUSED, "an empty type aligned to less than its member"};
  }
  model_classes classes;
  model_classify(type, &classes);
  bool in_memory = classes.num != 0 && classes.of[0] == MODEL_MEMORY;
  if (!in_memory && (oddities & GEN_ODD_F128_INSIDE) != 0) {
    return (model_refusal){MODEL_REFUSED, "__float128 in an aggregate"};
  }
  if (!in_memory && (oddities & GEN_ODD_EMPTY_FIRST) != 0) {
    return (model_refusal){MODEL_REFUSED, "nothing in the first eightbyte"};
  }
  if (!in_memory && (oddities & GEN_ODD_MISALIGNED_INSIDE) != 0) {
    return (model_refusal){MODEL_REFUSED, "an over-aligned member that is packed"};
  }
  if (!in_memory && (oddities & GEN_ODD_BIT_FIELD_IN_UNION) != 0) {
    return (model_refusal){MODEL_REFUSED, "a misaligned bit-field in a union"};
  }
  if (type->size <= 16 && (oddities & GEN_ODD_LATER_ELEMENT) != 0) {
    return (model_refusal){MODEL_MAY_BE_REFUSED, "an array whose later elements are misaligned"};
  }
  if (shares_wide_vector(type)) {
    return (model_refusal){MODEL_MAY_BE_REFUSED, "a wide vector beside other members"};
  }
  return accepted;
}
