#include "tools/explain/type.h"

type *type_of_scalar(arena *memory, const ctx_type *scalar) {
  type *t = arena_alloc(memory, sizeof *t);
  *t = (type){.form = TYPE_SCALAR,
              .is_complete = true,
              .size = scalar->size,
              .align = scalar->align,
              .main_variant = t,
              .scalar = scalar,
              .weight = 1};
  return t;
}

type *type_of_void(arena *memory) {
  type *t = arena_alloc(memory, sizeof *t);
  *t = (type){.form = TYPE_VOID, .main_variant = t};
  return t;
}

type *type_of_array(arena *memory, const type *element, size_t count, const char **out_message) {
  enum { LONG_ARRAY = 64 };
  if (element->size != 0 && count > TYPE_MAX_SIZE / element->size) {
    *out_message = "the array is larger than the address space";
  } else if (element->align != 0 && element->size % element->align != 0) {
    *out_message = "elements whose size is not a multiple of their alignment make no array";
  } else if (element->depth >= TYPE_MAX_DEPTH) {
    *out_message = "types are nested too deeply";
  } else {
    type *t = arena_alloc(memory, sizeof *t);
    bool is_plain = element->form == TYPE_SCALAR;
    size_t factor = is_plain || count == 0 ? 1 : count < LONG_ARRAY ? count : LONG_ARRAY;
    *t = (type){.form = TYPE_ARRAY,
                .is_complete = true,
                .size = element->size * count,
                .align = element->align,
                .main_variant = t,
                .target = element,
                .count = count,
                .depth = element->depth + 1,
                .weight = element->weight * factor};
    if (t->weight <= TYPE_MAX_WEIGHT) return t;
    *out_message = "there are too many members";
  }
  return NULL;
}

type *type_aligned(arena *memory, const type *t, size_t align) {
  type *copy = arena_alloc(memory, sizeof *copy);
  *copy = *t;
  copy->align = align;
  return copy;
}

type *type_transparent(arena *memory, const type *t) {
  type *copy = type_aligned(memory, t, t->align);
  copy->is_transparent = true;
  return copy;
}

bool type_is_same(const type *a, const type *b) {
  if (a->form != b->form || a->align != b->align) return false;
  switch (a->form) {
    case TYPE_SCALAR:
      return a->scalar == b->scalar;
    case TYPE_ARRAY:
      return a->count == b->count && type_is_same(a->target, b->target);
    case TYPE_FUNCTION: {
      const parameter *x = a->parameters, *y = b->parameters;
      for (; x != NULL && y != NULL && type_is_same(x->type, y->type); x = x->next)
        y = y->next;
      return x == NULL && y == NULL && a->is_variadic == b->is_variadic &&
             type_is_same(a->target, b->target);
    }
    case TYPE_VOID:
      return true;
    default:
      return a->main_variant == b->main_variant;
  }
}

type *type_of_pair(arena *memory, const type *element) {
  type *t = arena_alloc(memory, sizeof *t);
  member *members = arena_alloc(memory, 2 * sizeof *members);
  members[0] = (member){.next = &members[1], .name = "real", .type = element};
  members[1] = (member){.name = "imaginary", .type = element, .bit_offset = 8 * element->size};
  *t = (type){.form = TYPE_STRUCT,
              .is_complete = true,
              .size = 2 * element->size,
              .align = element->align,
              .main_variant = t,
              .members = members,
              .depth = element->depth + 1,
              .weight = 3};
  return t;
}

bool type_is_integer(const type *t) {
  if (t->form != TYPE_SCALAR) return false;
  switch (t->scalar->kind) {
    case CTX_KIND_U8:
    case CTX_KIND_U16:
    case CTX_KIND_U32:
    case CTX_KIND_U64:
    case CTX_KIND_BOOL:
    case CTX_KIND_U128:
      return true;
    default:
      return type_is_signed(t);
  }
}

bool type_is_signed(const type *t) {
  if (t->form != TYPE_SCALAR) return false;
  switch (t->scalar->kind) {
    case CTX_KIND_I8:
    case CTX_KIND_I16:
    case CTX_KIND_I32:
    case CTX_KIND_I64:
    case CTX_KIND_I128:
      return true;
    default:
      return false;
  }
}

const type *type_promoted(arena *memory, const type *t) {
  if (t->form != TYPE_SCALAR) return t;
  if (t->scalar->kind == CTX_KIND_F32) return type_of_scalar(memory, &ctx_type_f64);
  /* All values of the narrow integers are values of int. */
  if (type_is_integer(t) && t->size < sizeof(int)) return type_of_scalar(memory, &ctx_type_i32);
  return t;
}
