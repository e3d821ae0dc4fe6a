#include "testing/oracle/types.h"

enum { MAX_TYPES = sizeof((gen_pool *)0)->types / sizeof((gen_pool *)0)->types[0] };

static const gen_pool *described;
static size_t num_described;
static ctx_type *descriptions[MAX_TYPES];
static ctx_status statuses[MAX_TYPES];

static const ctx_type *scalar(gen_kind kind) {
  static const ctx_type *const scalars[GEN_LAST_SCALAR + 1] = {
      [GEN_VOID] = &ctx_type_void,
      [GEN_U8] = &ctx_type_u8,
      [GEN_U16] = &ctx_type_u16,
      [GEN_U32] = &ctx_type_u32,
      [GEN_U64] = &ctx_type_u64,
      [GEN_I8] = &ctx_type_i8,
      [GEN_I16] = &ctx_type_i16,
      [GEN_I32] = &ctx_type_i32,
      [GEN_I64] = &ctx_type_i64,
      [GEN_USIZE] = &ctx_type_usize,
      [GEN_ISIZE] = &ctx_type_isize,
      [GEN_BOOL] = &ctx_type_bool,
      [GEN_PTR] = &ctx_type_ptr,
      [GEN_GUEST_PTR] = &ctx_type_guest_ptr,
      [GEN_F32] = &ctx_type_f32,
      [GEN_F64] = &ctx_type_f64,
      [GEN_I128] = &ctx_type_i128,
      [GEN_U128] = &ctx_type_u128,
      [GEN_F16] = &ctx_type_f16,
      [GEN_F128] = &ctx_type_f128,
      [GEN_LONG_DOUBLE] = &ctx_type_long_double,
      [GEN_COMPLEX_F32] = &ctx_type_complex_f32,
      [GEN_COMPLEX_F64] = &ctx_type_complex_f64,
      [GEN_COMPLEX_LONG_DOUBLE] = &ctx_type_complex_long_double,
      [GEN_V64] = &ctx_type_v64,
      [GEN_V128] = &ctx_type_v128,
      [GEN_V256] = &ctx_type_v256,
      [GEN_V512] = &ctx_type_v512,
  };
  return scalars[kind];
}

static size_t index_of(const gen_type *type) { return (size_t)(type - described->types); }

const ctx_type *oracle_type(const gen_type *type) {
  return gen_is_aggregate(type) ? descriptions[index_of(type)] : scalar(type->kind);
}

ctx_status oracle_type_status(const gen_type *type) {
  return gen_is_aggregate(type) ? statuses[index_of(type)] : CTX_OK;
}

static ctx_member describe_member(const gen_member *member) {
  ctx_member out = {.name = "m", .type = oracle_type(member->type), .count = 1};
  switch (member->form) {
    case GEN_PLAIN:
      break;
    case GEN_ARRAY:
      out.count = member->count;
      break;
    case GEN_FLEXIBLE:
      out.count = 0;
      break;
    case GEN_UNNAMED_BIT_FIELD:
      out.name = NULL;
      out.bit_width = member->bits;
      out.bit_offset = member->bit_offset;
      return out;
    case GEN_BIT_FIELD:
      out.bit_width = member->bits;
      out.bit_offset = member->bit_offset;
      return out;
  }
  out.offset = member->bit_offset / 8;
  /* A compiler would say the same; the library checks it. */
  out.size = out.count * member->type->size;
  return out;
}

static bool has_only_unnamed_bit_fields(const gen_type *type) {
  for (size_t i = 0; i < type->num_members; i++) {
    if (type->members[i].form != GEN_UNNAMED_BIT_FIELD) return false;
  }
  return true;
}

static ctx_status describe(const gen_type *type, ctx_type **out) {
  /* CTX_STRUCT has no way to name them. */
  if (has_only_unnamed_bit_fields(type)) {
    return type->kind == GEN_UNION ? ctx_type_create_union(out, type->size, type->align, NULL, 0)
                                   : ctx_type_create_struct(out, type->size, type->align, NULL, 0);
  }
  ctx_member members[GEN_MAX_MEMBERS];
  for (size_t i = 0; i < type->num_members; i++) {
    ctx_status status = oracle_type_status(type->members[i].type);
    if (status != CTX_OK) return status;
    members[i] = describe_member(&type->members[i]);
  }
  if (type->kind == GEN_UNION) {
    return ctx_type_create_union(out, type->size, type->align, members, type->num_members);
  }
  return ctx_type_create_struct(out, type->size, type->align, members, type->num_members);
}

void oracle_types_create(const gen_pool *pool) {
  described = pool;
  for (num_described = 0; num_described < pool->num_types; num_described++) {
    descriptions[num_described] = NULL;
    statuses[num_described] = describe(&pool->types[num_described], &descriptions[num_described]);
  }
}

void oracle_types_destroy(void) {
  /* A type that has others as members goes first. */
  while (num_described != 0)
    ctx_type_destroy(descriptions[--num_described]);
}
