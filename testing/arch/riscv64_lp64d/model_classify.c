/* "For the purposes of this section, 'struct' refers to a C struct with its hierarchy flattened"
 * (Hardware Floating-Point Calling Convention). */
#include "testing/arch/riscv64_lp64d/model.h"

enum { XLEN_BYTES = 8, FLEN_BYTES = 8 };

/* ---- Flattening ---- */

/* The fields so far. What can't be passed in floating-point registers ends the search. */
typedef struct flattened {
  bool is_hopeless;
  size_t num;
  model_field fields[MODEL_MAX_FIELDS];
} flattened;

static void add(flattened *to, bool is_real, size_t from, size_t size, size_t type_size) {
  if (to->num == MODEL_MAX_FIELDS || size > (is_real ? FLEN_BYTES : XLEN_BYTES)) {
    to->is_hopeless = true;
    return;
  }
  if (type_size > XLEN_BYTES) type_size = XLEN_BYTES;
  to->fields[to->num++] = (model_field){is_real, (uint8_t)size, (uint8_t)type_size, (uint16_t)from};
}

static void add_field(flattened *to, bool is_real, size_t from, size_t size) {
  add(to, is_real, from, size, size);
}

/* Complex numbers count as structs of two reals. */
static void flatten_scalar(flattened *to, const gen_type *type, size_t from) {
  switch (type->kind) {
    case GEN_F16:
    case GEN_F32:
    case GEN_F64:
    case GEN_F128:
    case GEN_LONG_DOUBLE:
      add_field(to, true, from, type->size);
      return;
    case GEN_COMPLEX_F32:
    case GEN_COMPLEX_F64:
    case GEN_COMPLEX_LONG_DOUBLE:
      add_field(to, true, from, type->size / 2);
      add_field(to, true, from + type->size / 2, type->size / 2);
      return;
    case GEN_PTR: /* neither a real nor an integer */
    case GEN_V64: /* "Fixed-length vectors are treated as aggregates": of bytes */
    case GEN_V128:
    case GEN_V256:
    case GEN_V512:
      to->is_hopeless = true;
      return;
    default:
      add_field(to, false, from, type->size);
  }
}

static void flatten(flattened *to, const gen_type *type, size_t from);

static void flatten_member(flattened *to, const gen_member *member, size_t from) {
  size_t begin = from + member->bit_offset / 8;
  switch (member->form) {
    case GEN_PLAIN:
      flatten(to, member->type, begin);
      return;
    case GEN_ARRAY:
      for (size_t i = 0; i < member->count && !to->is_hopeless; i++)
        flatten(to, member->type, begin + i * member->type->size);
      return;
    case GEN_BIT_FIELD: {
      size_t end = from + (member->bit_offset + member->bits + 7) / 8;
      add(to, false, begin, end - begin, member->type->size);
      return;
    }
    case GEN_FLEXIBLE:
    case GEN_UNNAMED_BIT_FIELD: /* of width 0: others are refused */
      return;
  }
  __builtin_trap();
}

/* "Fields containing empty structs or unions are ignored while flattening", and "Unions are never
 * flattened". Alignment and packing do not matter. */
static void flatten(flattened *to, const gen_type *type, size_t from) {
  if (type->size == 0) return;
  if (!gen_is_aggregate(type)) {
    flatten_scalar(to, type, from);
    return;
  }
  if (type->kind == GEN_UNION) {
    to->is_hopeless = true;
    return;
  }
  for (size_t i = 0; i < type->num_members && !to->is_hopeless; i++)
    flatten_member(to, &type->members[i], from);
}

/* ---- The shape ---- */

static model_form form_of(const gen_type *type) {
  if (type->size == 0) return MODEL_NOTHING;
  if (type->size > 2 * XLEN_BYTES) return MODEL_COPY;
  if (gen_is_aggregate(type)) return MODEL_WORDS;
  switch (gen_scalar_shape(type->kind)) {
    case GEN_UNSIGNED:
    case GEN_SIGNED:
    case GEN_BOOLEAN:
      return type->size <= XLEN_BYTES ? MODEL_INTEGER : MODEL_WORDS;
    default:
      return MODEL_WORDS;
  }
}

model_shape model_shape_of(const gen_type *type) {
  model_shape shape = {.form = form_of(type), .is_aligned = type->align >= 2 * XLEN_BYTES};
  flattened fields = {0};
  flatten(&fields, type, 0);
  bool has_real = false;
  for (size_t i = 0; i < fields.num; i++)
    has_real |= fields.fields[i].is_real;
  if (fields.is_hopeless || !has_real) return shape;
  shape.num_fields = fields.num;
  for (size_t i = 0; i < fields.num; i++)
    shape.fields[i] = fields.fields[i];
  return shape;
}
