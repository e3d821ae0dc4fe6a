/* The library must refuse some types, and may refuse others. */
#include "testing/arch/riscv64_lp64d/model.h"

static bool has_fields(const gen_type *type) {
  return gen_is_aggregate(type) && model_shape_of(type).num_fields != 0;
}

/* ---- What compilers do ---- */

/* Returns whether a member, at any depth, is an empty union, or an array of more than so many empty
 * aggregates. */
static bool has_empty(const gen_type *type, size_t num_allowed) {
  for (size_t i = 0; i < type->num_members; i++) {
    const gen_member *member = &type->members[i];
    bool is_empty = member->type->size == 0 && gen_is_aggregate(member->type);
    if (is_empty && member->type->kind == GEN_UNION) return true;
    if (is_empty && member->form == GEN_ARRAY && member->count > num_allowed) return true;
    if (has_empty(member->type, num_allowed)) return true;
  }
  return false;
}

bool model_gcc_sees_empty(const gen_type *type) { return has_fields(type) && has_empty(type, 0); }

bool model_gcc_aligns_empty(const gen_type *type) { return type->size == 0 && type->align >= 16; }

bool model_clang_sees_more_of_bit_field(const gen_type *type) {
  if (!has_fields(type)) return false;
  model_shape shape = model_shape_of(type);
  if (shape.num_fields != 2) return false;
  for (size_t i = 0; i < 2; i++) {
    const model_field *field = &shape.fields[i];
    const model_field *other = &shape.fields[1 - i];
    if (field->type_size == field->size) continue;
    size_t end = field->from + field->type_size;
    bool is_apart = other->from + other->size <= field->from || end <= other->from;
    if (!is_apart || end > type->size) return true;
  }
  return false;
}

static void find_half(void *data, const gen_leaf *leaf) {
  bool *found = data;
  *found |= leaf->kind == GEN_F16;
}

bool model_clang_14_sees_half(const gen_type *type) {
  bool found = false;
  gen_for_each_leaf(type, find_half, &found);
  return found && has_fields(type);
}

/* ---- Refusals ---- */

model_refusal model_refuse_fields(const gen_type *type) {
  if (has_fields(type) && has_empty(type, 1)) {
    return (model_refusal){MODEL_REFUSED, "an empty union, or an array of empty structs"};
  }
  if (model_clang_sees_more_of_bit_field(type)) {
    return (model_refusal){MODEL_REFUSED, "a bit-field of a type that is wider than its place"};
  }
  return (model_refusal){MODEL_ACCEPTED, ""};
}

/* These are refused on every architecture, whether its compilers differ or not. */
model_refusal model_refuse_type(const gen_type *type) {
  if ((type->oddities & GEN_ODD_ALIGN) != 0) return (model_refusal){MODEL_REFUSED, "alignment"};
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
