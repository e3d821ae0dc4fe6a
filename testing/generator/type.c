#include "testing/generator/type.h"

#include <string.h>

#include "testing/generator/layout.h"

/* ---- Scalars ---- */

#define ONES_8 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff
#if GEN_LONG_DOUBLE_BITS == 128
#define EXTENDED_16 ONES_8, ONES_8
#else
_Static_assert(GEN_LONG_DOUBLE_BITS == 80, "ten bytes");
#define EXTENDED_16 ONES_8, 0xff, 0xff, 0, 0, 0, 0, 0, 0
#endif

static const uint8_t all_of_it[64] = {ONES_8, ONES_8, ONES_8, ONES_8,
                                      ONES_8, ONES_8, ONES_8, ONES_8};
static const uint8_t of_long_doubles[32] = {EXTENDED_16, EXTENDED_16};

static const gen_type scalars[GEN_LAST_SCALAR + 1] = {
    [GEN_VOID] = {.kind = GEN_VOID, .align = 1, .cover = all_of_it},
#define DEFINE(k, c, s, a, shape) \
  [k] = {.kind = k,               \
         .size = s,               \
         .align = a,              \
         .cover = (shape) == GEN_EXTENDED ? of_long_doubles : all_of_it},
    GEN_FOR_EACH_SCALAR(DEFINE)
#undef DEFINE
};

static const gen_shape shapes[GEN_LAST_SCALAR + 1] = {
#define DEFINE(k, c, s, a, shape) [k] = shape,
    GEN_FOR_EACH_SCALAR(DEFINE)
#undef DEFINE
};

static const char *const c_names[GEN_LAST_SCALAR + 1] = {[GEN_VOID] = "void",
#define DEFINE(k, c, s, a, shape) [k] = c,
                                                         GEN_FOR_EACH_SCALAR(DEFINE)
#undef DEFINE
};

const gen_type *gen_scalar(gen_kind kind) { return &scalars[kind]; }
bool gen_is_aggregate(const gen_type *type) {
  return type->kind == GEN_STRUCT || type->kind == GEN_UNION;
}
bool gen_has_union(const gen_type *type) {
  bool found = type->kind == GEN_UNION;
  for (size_t i = 0; i < type->num_members && !found; i++)
    found = gen_has_union(type->members[i].type);
  return found;
}
gen_shape gen_scalar_shape(gen_kind kind) { return shapes[kind]; }
const char *gen_scalar_c_name(gen_kind kind) { return c_names[kind]; }

/* ---- Leaves ---- */

static void visit_scalar(gen_kind kind, size_t bit_offset, gen_visit_leaf *visit, void *data) {
  gen_leaf leaf = {kind, bit_offset, 8 * (size_t)scalars[kind].size, false};
  gen_kind part = kind == GEN_COMPLEX_F32           ? GEN_F32
                  : kind == GEN_COMPLEX_F64         ? GEN_F64
                  : kind == GEN_COMPLEX_LONG_DOUBLE ? GEN_LONG_DOUBLE
                                                    : kind;
  if (part != kind) {
    visit_scalar(part, bit_offset, visit, data);
    visit_scalar(part, bit_offset + leaf.bits / 2, visit, data);
    return;
  }
  if (kind == GEN_LONG_DOUBLE) leaf.bits = GEN_LONG_DOUBLE_BITS;
  visit(data, &leaf);
}

static void visit_type(const gen_type *type, size_t bit_offset, gen_visit_leaf *visit, void *data);

static void visit_member(const gen_member *member, size_t aggregate, gen_visit_leaf *visit,
                         void *data) {
  size_t at = aggregate + member->bit_offset;
  size_t count = member->form == GEN_PLAIN ? 1 : member->form == GEN_ARRAY ? member->count : 0;
  for (size_t i = 0; i < count; i++)
    visit_type(member->type, at + 8 * i * member->type->size, visit, data);
  if (member->form == GEN_BIT_FIELD) {
    visit(data, &(gen_leaf){member->type->kind, at, member->bits, true});
  }
}

static void visit_type(const gen_type *type, size_t bit_offset, gen_visit_leaf *visit, void *data) {
  if (type->kind == GEN_VOID) return;
  if (!gen_is_aggregate(type)) {
    visit_scalar(type->kind, bit_offset, visit, data);
    return;
  }
  for (size_t i = 0; i < type->num_members; i++)
    visit_member(&type->members[i], bit_offset, visit, data);
}

void gen_for_each_leaf(const gen_type *type, gen_visit_leaf *visit, void *data) {
  visit_type(type, 0, visit, data);
}

/* ---- Oddities ---- */

static void find_misaligned(void *data, const gen_leaf *leaf) {
  bool *found = data;
  if (!leaf->is_bit_field && leaf->bit_offset % (8 * (size_t)scalars[leaf->kind].align) != 0) {
    *found = true;
  }
}

static bool is_misaligned_in_union(const gen_type *type, const gen_member *member, size_t bit) {
  if (type->kind != GEN_UNION || member->form != GEN_BIT_FIELD) return false;
  size_t smallest = 8;
  while (smallest < member->bits)
    smallest *= 2;
  return bit % smallest != 0;
}

static bool has_misaligned_scalar(const gen_type *type, size_t bit_offset) {
  bool found = false;
  visit_type(type, bit_offset, find_misaligned, &found);
  return found;
}

static bool has_misaligned_later_element(const gen_member *member, size_t at) {
  if (member->form != GEN_ARRAY || has_misaligned_scalar(member->type, at)) return false;
  for (size_t i = 1; i < member->count; i++) {
    if (has_misaligned_scalar(member->type, at + 8 * i * member->type->size)) return true;
  }
  return false;
}

/* Returns the oddities of the type as it lies at that bit of what is passed. */
static unsigned oddities_inside(const gen_type *type, size_t bit_offset) {
  unsigned found = 0;
  if (bit_offset % (8 * (size_t)type->align) != 0 && !has_misaligned_scalar(type, bit_offset)) {
    found |= GEN_ODD_MISALIGNED_INSIDE;
  }
  for (size_t i = 0; i < type->num_members; i++) {
    const gen_member *member = &type->members[i];
    if (member->form == GEN_UNNAMED_BIT_FIELD) found |= GEN_ODD_UNNAMED_BIT_FIELD;
    if (member->form == GEN_FLEXIBLE) found |= GEN_ODD_ARRAY_OF_NONE;
    if (member->form == GEN_ARRAY && member->count == 0) found |= GEN_ODD_ARRAY_OF_NONE;
    if (type->size == 0 && member->type->align > type->align) found |= GEN_ODD_EMPTY_PACKED;
    if (member->type->kind == GEN_F128) found |= GEN_ODD_F128_INSIDE;
    size_t at = bit_offset + member->bit_offset;
    if (is_misaligned_in_union(type, member, at)) found |= GEN_ODD_BIT_FIELD_IN_UNION;
    if (has_misaligned_later_element(member, at)) found |= GEN_ODD_LATER_ELEMENT;
    size_t count = member->form == GEN_ARRAY ? member->count : 1;
    for (size_t j = 0; j < count && gen_is_aggregate(member->type); j++)
      found |= oddities_inside(member->type, at + 8 * j * member->type->size);
  }
  return found;
}

static bool any_bit(const uint8_t *bytes, size_t size) {
  for (size_t i = 0; i < size; i++) {
    if (bytes[i] != 0) return true;
  }
  return false;
}

static unsigned oddities_of(const gen_type *type) {
  unsigned found = oddities_inside(type, 0);
  /* Of a type of size 0 nothing is passed, whatever is in it. */
  if (type->size == 0) found &= ~(unsigned)GEN_ODD_MISALIGNED_INSIDE;
  if (type->align > GEN_MAX_ALIGN) found |= GEN_ODD_ALIGN;
  if (type->size > 8 && type->size <= 16 && !any_bit(type->cover, 8) &&
      any_bit(type->cover + 8, type->size - 8)) {
    found |= GEN_ODD_EMPTY_FIRST;
  }
  return found;
}

/* ---- Aggregates ---- */

void gen_pool_reset(gen_pool *pool) {
  pool->num_types = 0;
  pool->num_members = 0;
  pool->num_bytes = 0;
}

static void cover_leaf(void *data, const gen_leaf *leaf) {
  uint8_t *cover = data;
  for (size_t bit = leaf->bit_offset; bit < leaf->bit_offset + leaf->bits;) {
    if (bit % 8 == 0 && leaf->bit_offset + leaf->bits - bit >= 8) {
      cover[bit / 8] = 0xff;
      bit += 8;
    } else {
      cover[bit / 8] |= (uint8_t)(1u << (bit % 8));
      bit += 1;
    }
  }
}

const gen_type *gen_type_make(gen_pool *pool, gen_kind kind, bool packed, unsigned aligned,
                              const gen_member *members, size_t num_members) {
  if (pool->num_types == sizeof pool->types / sizeof pool->types[0]) return NULL;
  if (num_members > sizeof pool->members / sizeof pool->members[0] - pool->num_members) return NULL;
  gen_member *own_members = &pool->members[pool->num_members];
  gen_layout layout;
  gen_layout_begin(&layout, kind, packed, aligned);
  uint8_t depth = 1;
  for (size_t i = 0; i < num_members; i++) {
    own_members[i] = members[i];
    gen_layout_add(&layout, &own_members[i]);
    if (members[i].type->depth >= depth) depth = (uint8_t)(members[i].type->depth + 1);
  }
  uint64_t size = gen_layout_size(&layout);
  if (size > GEN_MAX_TYPE_SIZE || size > sizeof pool->bytes - pool->num_bytes) return NULL;

  uint8_t *cover = &pool->bytes[pool->num_bytes];
  gen_type *type = &pool->types[pool->num_types];
  *type = (gen_type){.kind = kind,
                     .packed = packed,
                     .aligned = (uint8_t)aligned,
                     .num_members = (uint16_t)num_members,
                     .members = own_members,
                     .depth = depth,
                     .size = (uint32_t)size,
                     .align = layout.align,
                     .cover = cover};
  memset(cover, 0, size);
  gen_for_each_leaf(type, cover_leaf, cover);
  type->oddities = (uint16_t)oddities_of(type);
  pool->num_types += 1;
  pool->num_members += num_members;
  pool->num_bytes += size;
  return type;
}
