#include "testing/callsites/chosen.h"

enum { MAX_MEMBERS = 4 };

/* A member that is not an aggregate; kind GEN_VOID ends a list. */
typedef struct scalar_member {
  gen_kind kind;
  unsigned count; /* of an array; 0: it is not one */
  unsigned bits;  /* of a bit-field; 0: it is not one */
} scalar_member;

/* An aggregate of scalars, or one with that as its first member, and others beside. */
typedef struct chosen_type {
  gen_kind kind; /* a scalar: this is all */
  bool packed;
  unsigned aligned;
  scalar_member members[MAX_MEMBERS];
  gen_kind around; /* GEN_VOID: nothing */
  scalar_member beside[MAX_MEMBERS];
} chosen_type;

static const chosen_type types[] = {
    /* "Post merger cleanup" of the inner one makes all of it MEMORY; all at once it would not
     * be. */
    {.kind = GEN_UNION,
     .members = {{GEN_LONG_DOUBLE, 0, 0}, {GEN_U8, 0, 0}},
     .around = GEN_UNION,
     .beside = {{GEN_U64, 2, 0}}},
    {.kind = GEN_UNION, .members = {{GEN_LONG_DOUBLE, 0, 0}, {GEN_U64, 2, 0}}},
    {.kind = GEN_UNION, .members = {{GEN_LONG_DOUBLE, 0, 0}, {GEN_F32, 0, 0}}},
    /* In registers of their own as results, but not the pair in a struct. */
    {.kind = GEN_LONG_DOUBLE},
    {.kind = GEN_COMPLEX_LONG_DOUBLE},
    {.kind = GEN_STRUCT, .members = {{GEN_LONG_DOUBLE, 0, 0}}},
    {.kind = GEN_STRUCT, .members = {{GEN_COMPLEX_LONG_DOUBLE, 0, 0}}},
    /* Both halves in registers, or none. */
    {.kind = GEN_STRUCT, .members = {{GEN_I128, 0, 0}}},
    {.kind = GEN_STRUCT, .aligned = 16, .members = {{GEN_U64, 2, 0}}},
    {.kind = GEN_STRUCT, .members = {{GEN_F64, 0, 0}, {GEN_I32, 0, 3}}},
    {.kind = GEN_STRUCT, .members = {{GEN_F32, 0, 0}, {GEN_COMPLEX_F32, 0, 0}, {GEN_I32, 0, 0}}},
    {.kind = GEN_STRUCT, .packed = true, .members = {{GEN_I64, 0, 40}, {GEN_I64, 0, 40}}},
    /* Bit-fields of 16 bytes: in one eightbyte, in both, over the boundary, in a union. */
    {.kind = GEN_STRUCT, .members = {{GEN_I128, 0, 40}}},
    {.kind = GEN_STRUCT, .members = {{GEN_F32, 0, 0}, {GEN_U128, 0, 90}}},
    {.kind = GEN_STRUCT, .members = {{GEN_I128, 0, 50}, {GEN_I128, 0, 70}}},
    {.kind = GEN_UNION, .members = {{GEN_U128, 0, 100}, {GEN_F64, 0, 0}}},
    /* The second eightbyte is padding. */
    {.kind = GEN_STRUCT, .aligned = 16, .members = {{GEN_I8, 0, 0}}},
    {.kind = GEN_STRUCT, .aligned = 16, .members = {{GEN_F32, 0, 0}}},
    /* A vector is one whole, unless it shares its place with others. */
    {.kind = GEN_UNION, .members = {{GEN_V128, 0, 0}, {GEN_I32, 0, 0}}},
    {.kind = GEN_UNION, .members = {{GEN_V128, 0, 0}, {GEN_F32, 4, 0}}},
    {.kind = GEN_STRUCT, .members = {{GEN_V64, 0, 0}, {GEN_V64, 0, 0}}},
    {.kind = GEN_STRUCT, .members = {{GEN_F32, 3, 0}}},
    /* In memory: misaligned, too large, over-aligned. */
    {.kind = GEN_STRUCT, .packed = true, .members = {{GEN_I8, 0, 0}, {GEN_I32, 0, 0}}},
    {.kind = GEN_STRUCT, .members = {{GEN_U64, 3, 0}}},
    {.kind = GEN_STRUCT, .aligned = 32, .members = {{GEN_I32, 0, 0}}},
    {.kind = GEN_STRUCT, .aligned = 64, .members = {{GEN_I32, 0, 0}}},
    /* Nowhere. */
    {.kind = GEN_STRUCT},
    {.kind = GEN_UNION, .aligned = 16},
};
enum { NUM_TYPES = sizeof types / sizeof types[0] };

static const size_t numbers_before[] = {0, 5, 7};
enum { NUM_PLACES = sizeof numbers_before / sizeof numbers_before[0] };

_Static_assert(NUM_TYPES *NUM_PLACES == CHOSEN_NUM_CASES, "as the header says");

static size_t add_members(const scalar_member *from, gen_member *to, size_t num) {
  for (size_t i = 0; i < MAX_MEMBERS && from[i].kind != GEN_VOID; i++) {
    to[num++] = (gen_member){
        .type = gen_scalar(from[i].kind),
        .form = from[i].count != 0  ? GEN_ARRAY
                : from[i].bits != 0 ? GEN_BIT_FIELD
                                    : GEN_PLAIN,
        .count = (uint16_t)from[i].count,
        .bits = (uint8_t)from[i].bits,
    };
  }
  return num;
}

static const gen_type *make_type(gen_pool *pool, const chosen_type *from) {
  gen_member members[1 + MAX_MEMBERS];
  if (from->kind != GEN_STRUCT && from->kind != GEN_UNION) return gen_scalar(from->kind);
  size_t num = add_members(from->members, members, 0);
  const gen_type *type = gen_type_make(pool, from->kind, from->packed, from->aligned, members, num);
  if (from->around == GEN_VOID) return type;
  members[0] = (gen_member){.type = type};
  num = add_members(from->beside, members, 1);
  return gen_type_make(pool, from->around, false, 0, members, num);
}

void chosen_case(size_t number, gen_case *out) {
  gen_case_clear(out);
  out->way = (unsigned)number;
  const gen_type *type = make_type(&out->pool, &types[number / NUM_PLACES]);
  for (size_t i = 0; i < numbers_before[number % NUM_PLACES]; i++)
    gen_case_add(out, gen_scalar(GEN_I64));
  gen_case_add(out, type);
  gen_case_add(out, gen_scalar(GEN_I64));
  gen_case_add(out, gen_scalar(GEN_F64));
  gen_case_add(out, type);
  gen_case_set_result(out, type);
}
