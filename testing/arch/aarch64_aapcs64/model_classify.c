/* 5.9 "Composite types", and 10.1: the machine types of C's. */
#include "testing/arch/aarch64_aapcs64/model.h"

/* ---- Alignment ---- */

/* The alignment of a member "after the application of any language alignment modifiers to that
 * member". */
static size_t member_align(const gen_type *aggregate, const gen_member *member) {
  size_t align = aggregate->packed || member->packed ? 1 : member->type->align;
  return align > member->align ? align : member->align;
}

/* "The natural alignment of a composite type is the maximum of each of the member alignments of the
 * 'top-level' members": attributes of the whole do not count. For other types it is their own. */
static size_t natural_align(const gen_type *type) {
  if (!gen_is_aggregate(type)) return type->align;
  size_t align = 1;
  for (size_t i = 0; i < type->num_members; i++) {
    size_t of_member = member_align(type, &type->members[i]);
    if (of_member > align) align = of_member;
  }
  return align;
}

/* ---- Homogeneous aggregates (5.9.5) ---- */

static model_base base_of(gen_kind kind) {
  switch (kind) {
    case GEN_F16:
      return MODEL_HALF;
    case GEN_F32:
    case GEN_COMPLEX_F32:
      return MODEL_SINGLE;
    case GEN_F64:
    case GEN_COMPLEX_F64:
      return MODEL_DOUBLE;
    case GEN_F128:
    case GEN_LONG_DOUBLE:
    case GEN_COMPLEX_LONG_DOUBLE:
      return MODEL_QUAD;
    case GEN_V64:
      return MODEL_VECTOR_64;
    case GEN_V128:
      return MODEL_VECTOR_128;
    default:
      return MODEL_NO_BASE;
  }
}

static size_t base_size(model_base base) {
  static const uint8_t sizes[] = {0, 2, 4, 8, 16, 8, 16};
  return sizes[base];
}

/* Elements of one base: "the number of uniquely addressable members". */
typedef struct elements {
  model_base base;
  size_t num;
} elements;

/* It has something else than elements of one base. */
static const elements mixed = {MODEL_NO_BASE, 1};

static elements elements_of(const gen_type *type);

/* The text does not say whether an array of no elements is a member. For gcc and clang it is, and
 * not of any base. */
static elements elements_of_member(const gen_member *member) {
  switch (member->form) {
    case GEN_PLAIN:
      return elements_of(member->type);
    case GEN_ARRAY: {
      if (member->count == 0) return mixed;
      elements one = elements_of(member->type);
      return (elements){one.base, one.num * member->count};
    }
    case GEN_FLEXIBLE:
    case GEN_BIT_FIELD:
    case GEN_UNNAMED_BIT_FIELD:
      return mixed;
  }
  __builtin_trap();
}

/* Whatever has no bytes is not a member. Otherwise "the overall size is the size of the base type
 * multiplied by the number of uniquely addressable members", of each aggregate within the whole,
 * too. */
static elements elements_of(const gen_type *type) {
  if (type->size == 0) return (elements){MODEL_NO_BASE, 0};
  if (!gen_is_aggregate(type)) {
    model_base base = base_of(type->kind);
    if (base == MODEL_NO_BASE) return mixed;
    return (elements){base, type->size / base_size(base)};
  }
  elements all = {MODEL_NO_BASE, 0};
  for (size_t i = 0; i < type->num_members; i++) {
    elements of_member = elements_of_member(&type->members[i]);
    if (of_member.num == 0) continue;
    if (of_member.base == MODEL_NO_BASE) return mixed;
    if (all.num != 0 && of_member.base != all.base) return mixed;
    all.base = of_member.base;
    if (type->kind == GEN_STRUCT) {
      all.num += of_member.num;
    } else if (of_member.num > all.num) {
      all.num = of_member.num;
    }
  }
  return type->size == all.num * base_size(all.base) ? all : mixed;
}

/* ---- Machine types ---- */

/* Complex numbers are laid out as structs of two, in Table 3. */
static bool is_complex(gen_kind kind) {
  return kind == GEN_COMPLEX_F32 || kind == GEN_COMPLEX_F64 || kind == GEN_COMPLEX_LONG_DOUBLE;
}

model_shape model_shape_of(const gen_type *type) {
  /* The stack is aligned to 16, and no more. */
  model_shape shape = {.form = MODEL_NOTHING, .natural_align = natural_align(type) < 16 ? 8 : 16};
  if (type->size == 0) return shape;
  elements all = elements_of(type);
  bool is_of_elements = all.base != MODEL_NO_BASE && all.num <= 4;
  if (is_of_elements) {
    shape.num_elements = (uint8_t)all.num;
    shape.element_size = (uint8_t)base_size(all.base);
  }
  bool is_composite = gen_is_aggregate(type) || is_complex(type->kind);
  if (is_of_elements) {
    shape.form = is_composite ? MODEL_HOMOGENEOUS : MODEL_FLOATING;
  } else if (type->size > 16) {
    shape.form = MODEL_COPY;
  } else {
    shape.form = is_composite ? MODEL_COMPOSITE : MODEL_INTEGRAL;
  }
  return shape;
}
