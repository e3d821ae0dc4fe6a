/* The generator lays types out as this compiler does, and takes any bytes; the same ones always
 * give the same case. (//testing/callsites compares layouts at large.) */
#include <complex.h>
#include <stdalign.h>
#include <string.h>

#include "testing/generator/case.h"
#include "testing/harness/harness.h"

static gen_case first;
static gen_case second;
static gen_pool pool;

/* ---- Layout ---- */

typedef struct __attribute__((packed)) packed {
  uint8_t a;
  uint64_t b;
  double c __attribute__((aligned(4)));
} packed;

typedef struct bit_fields {
  uint8_t a : 3;
  uint32_t b : 30;
  uint64_t c : 33;
  int16_t d;
  _Bool e : 1;
} bit_fields;

typedef union either {
  packed a;
  long double b;
  uint16_t c[11];
} either;

typedef struct __attribute__((aligned(64))) outer {
  uint8_t a;
  either b[2];
  float complex c;
} outer;

static const gen_type *make(gen_kind kind, bool is_packed, unsigned aligned,
                            const gen_member *members, size_t num_members) {
  return gen_type_make(&pool, kind, is_packed, aligned, members, num_members);
}

static const gen_type *make_packed(void) {
  const gen_member members[] = {{.type = gen_scalar(GEN_U8)},
                                {.type = gen_scalar(GEN_U64)},
                                {.type = gen_scalar(GEN_F64), .align = 4}};
  return make(GEN_STRUCT, true, 0, members, 3);
}

static const gen_type *make_either(void) {
  const gen_member members[] = {{.type = make_packed()},
                                {.type = gen_scalar(GEN_LONG_DOUBLE)},
                                {.type = gen_scalar(GEN_U16), .form = GEN_ARRAY, .count = 11}};
  return make(GEN_UNION, false, 0, members, 3);
}

CTX_TEST(Layout, OfPackedMembersIsTheCompilers) {
  gen_pool_reset(&pool);
  const gen_type *type = make_packed();
  EXPECT_EQ(sizeof(packed), type->size);
  EXPECT_EQ(alignof(packed), type->align);
  EXPECT_EQ(8 * offsetof(packed, b), type->members[1].bit_offset);
  EXPECT_EQ(8 * offsetof(packed, c), type->members[2].bit_offset);
}

CTX_TEST(Layout, OfNestedAggregatesIsTheCompilers) {
  gen_pool_reset(&pool);
  const gen_member members[] = {{.type = gen_scalar(GEN_U8)},
                                {.type = make_either(), .form = GEN_ARRAY, .count = 2},
                                {.type = gen_scalar(GEN_COMPLEX_F32)}};
  const gen_type *type = make(GEN_STRUCT, false, 64, members, 3);
  EXPECT_EQ(sizeof(outer), type->size);
  EXPECT_EQ(alignof(outer), type->align);
  EXPECT_EQ(8 * offsetof(outer, b), type->members[1].bit_offset);
  EXPECT_EQ(8 * offsetof(outer, c), type->members[2].bit_offset);
  EXPECT_EQ(3, type->depth);
}

/* Expects the bits that a member's assignment sets to be where the layout has them. */
static void expect_bits(const void *bytes, size_t size, const gen_member *member, size_t num_bits) {
  const uint8_t *at = bytes;
  for (size_t bit = 0; bit < 8 * size; bit++) {
    bool belongs = bit >= member->bit_offset && bit < member->bit_offset + num_bits;
    EXPECT_EQ(belongs, at[bit / 8] >> (bit % 8) & 1);
  }
}

CTX_TEST(Layout, OfBitFieldsIsTheCompilers) {
  gen_pool_reset(&pool);
  const gen_member members[] = {{.type = gen_scalar(GEN_U8), .form = GEN_BIT_FIELD, .bits = 3},
                                {.type = gen_scalar(GEN_U32), .form = GEN_BIT_FIELD, .bits = 30},
                                {.type = gen_scalar(GEN_U64), .form = GEN_BIT_FIELD, .bits = 33},
                                {.type = gen_scalar(GEN_I16)},
                                {.type = gen_scalar(GEN_BOOL), .form = GEN_BIT_FIELD, .bits = 1}};
  const gen_type *type = make(GEN_STRUCT, false, 0, members, 5);
  ASSERT_EQ(sizeof(bit_fields), type->size);
  EXPECT_EQ(alignof(bit_fields), type->align);
  union {
    bit_fields fields;
    uint8_t bytes[sizeof(bit_fields)];
  } value;
#define EXPECT_FIELD(index, name, ones, num_bits)                            \
  do {                                                                       \
    memset(&value, 0, sizeof value);                                         \
    value.fields.name = (ones);                                              \
    expect_bits(value.bytes, sizeof value, &type->members[index], num_bits); \
  } while (0)
  EXPECT_FIELD(0, a, 7, 3);
  EXPECT_FIELD(1, b, 0x3fffffff, 30);
  EXPECT_FIELD(2, c, UINT64_C(0x1ffffffff), 33);
  EXPECT_FIELD(3, d, -1, 16);
  EXPECT_FIELD(4, e, 1, 1);
}

CTX_TEST(Layout, CoverLeavesOutPadding) {
  gen_pool_reset(&pool);
  const gen_member members[] = {{.type = gen_scalar(GEN_U8)},
                                {.type = gen_scalar(GEN_LONG_DOUBLE)},
                                {.type = gen_scalar(GEN_U16), .form = GEN_BIT_FIELD, .bits = 9}};
  const gen_type *type = make(GEN_STRUCT, false, 0, members, 3);
  uint8_t cover[48] = {[0] = 0xff, [32] = 0xff, [33] = 0x01};
  memset(cover + 16, 0xff, GEN_LONG_DOUBLE_BITS / 8);
  ASSERT_EQ(sizeof cover, type->size);
  EXPECT_MEMEQ(cover, type->cover, sizeof cover);
}

CTX_TEST(Layout, WhatIsTooLargeIsNotMade) {
  gen_pool_reset(&pool);
  const gen_member members[] = {
      {.type = gen_scalar(GEN_U8), .form = GEN_ARRAY, .count = GEN_MAX_TYPE_SIZE + 1}};
  EXPECT_TRUE(make(GEN_STRUCT, false, 0, members, 1) == NULL);
}

/* ---- Cases ---- */

static const gen_options everything = {
    .max_args = 1000, .max_vector = 64, .allow = GEN_ALLOW_ALL | GEN_ALLOW_REFUSED};

static bool is_same_type(const gen_type *a, const gen_type *b) {
  char text_of_a[4096], text_of_b[4096];
  gen_type_describe(a, text_of_a, sizeof text_of_a);
  gen_type_describe(b, text_of_b, sizeof text_of_b);
  return strcmp(text_of_a, text_of_b) == 0 && a->size == b->size && a->align == b->align;
}

static void expect_same_value(const gen_value *a, const gen_value *b) {
  ASSERT_TRUE(is_same_type(a->type, b->type));
  if (a->type->size != 0) EXPECT_MEMEQ(a->bytes, b->bytes, a->type->size);
}

static void expect_same_case(void) {
  EXPECT_EQ(first.way, second.way);
  EXPECT_EQ(first.num_fixed, second.num_fixed);
  ASSERT_EQ(first.num_args, second.num_args);
  expect_same_value(&first.result, &second.result);
  for (size_t i = 0; i < first.num_args; i++)
    expect_same_value(&first.args[i], &second.args[i]);
}

static void expect_valid_value(const gen_value *value) {
  const gen_type *type = value->type;
  EXPECT_TRUE(type->size <= GEN_MAX_TYPE_SIZE);
  EXPECT_EQ(0, type->size % type->align);
  EXPECT_TRUE(type->depth <= GEN_MAX_DEPTH);
  if (type->size != 0)
    EXPECT_EQ(0, (uintptr_t)value->bytes % (type->align < 64 ? type->align : 64));
}

static void expect_valid_case(const gen_case *from, const gen_options *options) {
  EXPECT_TRUE(from->num_args <= options->max_args);
  EXPECT_TRUE(from->num_fixed <= from->num_args || from->num_fixed == GEN_NOT_VARIADIC);
  expect_valid_value(&from->result);
  for (size_t i = 0; i < from->num_args; i++)
    expect_valid_value(&from->args[i]);
}

CTX_TEST(Generator, AnyBytesAreACaseAndAlwaysTheSame) {
  uint64_t state = 1;
  for (int i = 0; i < 3000; i++) {
    uint8_t bytes[600];
    size_t size = ctx_test_random(&state) % sizeof bytes;
    for (size_t j = 0; j < size; j++)
      bytes[j] = (uint8_t)ctx_test_random(&state);
    gen_case_from_bytes(&first, &everything, bytes, size);
    memset(&second, 0x77, offsetof(gen_case, pool) + 65536);
    gen_case_from_bytes(&second, &everything, bytes, size);
    expect_valid_case(&first, &everything);
    expect_same_case();
  }
}

/* All bytes are alike: nesting goes as deep as it may, and sizes as high. */
CTX_TEST(Generator, AnyByteRepeatedIsACase) {
  static uint8_t bytes[100000];
  for (unsigned byte = 0; byte < 256; byte++) {
    memset(bytes, (int)byte, sizeof bytes);
    gen_case_from_bytes(&first, &everything, bytes, sizeof bytes);
    expect_valid_case(&first, &everything);
  }
  gen_case_from_bytes(&first, &everything, NULL, 0);
  EXPECT_EQ(0, first.num_args);
}

CTX_TEST(Generator, SeedsGiveAsManyArgumentsAsAskedFor) {
  for (uint64_t seed = 0; seed < 300; seed++) {
    size_t num_args = (size_t)(seed * 7 % 1001);
    gen_case_from_seed(&first, &everything, seed, num_args);
    gen_case_from_seed(&second, &everything, seed, num_args);
    EXPECT_EQ(num_args, first.num_args);
    expect_valid_case(&first, &everything);
    expect_same_case();
  }
}

CTX_TEST(Generator, LeavesOutWhatIsNotAllowed) {
  const gen_options scalars = {.max_args = 64, .max_vector = 64};
  for (uint64_t seed = 0; seed < 1000; seed++) {
    gen_case_from_seed(&first, &scalars, seed, 64);
    EXPECT_EQ(GEN_VOID, first.result.type->kind);
    EXPECT_EQ(GEN_NOT_VARIADIC, first.num_fixed);
    for (size_t i = 0; i < first.num_args; i++)
      EXPECT_TRUE((int)first.args[i].type->kind <= GEN_LAST_VALUE_SCALAR);
  }
  gen_options accepted = everything;
  accepted.allow = GEN_ALLOW_ALL;
  accepted.max_vector = 16;
  for (uint64_t seed = 0; seed < 3000; seed++) {
    gen_case_from_seed(&first, &accepted, seed, 10);
    for (size_t i = 0; i < first.num_args; i++) {
      EXPECT_EQ(0, first.args[i].type->oddities);
      EXPECT_NE(GEN_V256, first.args[i].type->kind);
      EXPECT_NE(GEN_V512, first.args[i].type->kind);
    }
  }
}

/* These have occurred, of results or of arguments. */
typedef struct sightings {
  bool kinds[GEN_NUM_KINDS];
  bool forms[GEN_UNNAMED_BIT_FIELD + 1];
  bool depths[GEN_MAX_DEPTH + 1];
  bool styles[GEN_NUM_STYLES]; /* of u64; GEN_RAW: what no other style would give */
  unsigned oddities;
  bool packs, aligns, is_empty, is_large;
  bool packs_member, aligns_member, has_long_array, has_bit_field_of_16_bytes;
} sightings;

static gen_style style_of(const gen_value *value, size_t number) {
  for (int style = 0; style < GEN_RAW; style++) {
    uint64_t word;
    const gen_value same = {value->type, (uint8_t *)&word};
    gen_value_fill(&same, (gen_style)style, number);
    if (memcmp(value->bytes, &word, sizeof word) == 0) return (gen_style)style;
  }
  return GEN_RAW;
}

static void look_at_member(const gen_member *member, sightings *seen) {
  bool is_of_16_bytes = member->type->kind == GEN_I128 || member->type->kind == GEN_U128;
  seen->forms[member->form] = true;
  seen->packs_member |= member->packed;
  seen->aligns_member |= member->align != 0;
  seen->has_long_array |= member->form == GEN_ARRAY && member->count > 8;
  seen->has_bit_field_of_16_bytes |=
      is_of_16_bytes && member->form == GEN_BIT_FIELD && member->bits > 64;
}

static void look_at(const gen_value *value, size_t number, sightings *seen) {
  const gen_type *type = value->type;
  seen->kinds[type->kind] = true;
  seen->depths[type->depth] = true;
  seen->oddities |= type->oddities;
  seen->packs |= type->packed;
  seen->aligns |= type->aligned != 0;
  seen->is_empty |= gen_is_aggregate(type) && type->size == 0;
  seen->is_large |= type->size > 200;
  if (type->kind == GEN_U64) seen->styles[style_of(value, number)] = true;
  for (size_t i = 0; i < type->num_members; i++)
    look_at_member(&type->members[i], seen);
}

#define EXPECT_ALL_OF(table)                                        \
  do {                                                              \
    for (size_t i = 0; i < sizeof(table) / sizeof((table)[0]); i++) \
      EXPECT_TRUE((table)[i]);                                      \
  } while (0)

static void expect_everything_but_void(sightings *seen) {
  seen->kinds[GEN_VOID] = true;
  EXPECT_ALL_OF(seen->kinds);
  EXPECT_ALL_OF(seen->forms);
  EXPECT_ALL_OF(seen->depths);
  EXPECT_ALL_OF(seen->styles);
  EXPECT_EQ(511, seen->oddities);
  EXPECT_TRUE(seen->packs && seen->aligns && seen->is_empty && seen->is_large);
  EXPECT_TRUE(seen->packs_member && seen->aligns_member);
  EXPECT_TRUE(seen->has_long_array && seen->has_bit_field_of_16_bytes);
}

/* Every kind, form, attribute and style does occur, of results and of arguments. */
CTX_TEST(Generator, MakesEverythingThereIs) {
  static sightings of_results, of_arguments;
  bool all_are_fixed = false, none_is_fixed = false, many_are_fixed = false, has_ellipsis = false;
  for (uint64_t seed = 0; seed < 60000; seed++) {
    gen_case_from_seed(&first, &everything, seed, seed % 50 == 0 ? 100 : 3);
    if (first.num_fixed != GEN_NOT_VARIADIC) {
      all_are_fixed |= first.num_fixed == first.num_args;
      none_is_fixed |= first.num_fixed == 0;
      many_are_fixed |= first.num_fixed > 15 && first.num_fixed < first.num_args;
      has_ellipsis |= first.num_fixed != 0 && first.num_fixed < first.num_args;
    }
    look_at(&first.result, GEN_MAX_ARGS, &of_results);
    for (size_t i = 0; i < first.num_args; i++)
      look_at(&first.args[i], i, &of_arguments);
  }
  EXPECT_TRUE(of_results.kinds[GEN_VOID]);
  expect_everything_but_void(&of_results);
  EXPECT_FALSE(of_arguments.kinds[GEN_VOID]);
  expect_everything_but_void(&of_arguments);
  EXPECT_TRUE(all_are_fixed && none_is_fixed && many_are_fixed && has_ellipsis);
}

CTX_TEST(Generator, SequencesAreAllDifferent) {
  static const gen_kind kinds[] = {GEN_U64, GEN_F64, GEN_I8};
  bool seen[27] = {false};
  for (uint64_t i = 0; i < 27; i++) {
    gen_case_from_sequence(&first, kinds, 3, 3, i);
    ASSERT_EQ(3, first.num_args);
    unsigned number = 0;
    for (size_t j = 0; j < 3; j++) {
      gen_kind kind = first.args[j].type->kind;
      number = 3 * number + (kind == GEN_U64 ? 0u : kind == GEN_F64 ? 1u : 2u);
    }
    EXPECT_FALSE(seen[number]);
    seen[number] = true;
  }
}

/* ---- Values ---- */

static void expect_value(gen_kind kind, gen_style style, uint64_t expected) {
  uint64_t word = 0;
  const gen_value value = {gen_scalar(kind), (uint8_t *)&word};
  gen_value_fill(&value, style, 1);
  EXPECT_EQ(expected, word);
}

CTX_TEST(Value, StylesAreWhatTheyAreCalled) {
  expect_value(GEN_U32, GEN_GRAFFITI, 0xa8a7a6a5);
  expect_value(GEN_BOOL, GEN_GRAFFITI, 1);
  expect_value(GEN_I8, GEN_LEAST, 0x80);
  expect_value(GEN_I16, GEN_GREATEST, 0x7fff);
  expect_value(GEN_BOOL, GEN_ONES, 1);
  expect_value(GEN_F32, GEN_LEAST, 0x80000000);
  expect_value(GEN_F32, GEN_GREATEST, 0x7f7fffff);
  expect_value(GEN_F64, GEN_GREATEST, UINT64_C(0x7fefffffffffffff));
  expect_value(GEN_F64, GEN_DENORMAL, 1);
  expect_value(GEN_F64, GEN_INFINITY, UINT64_C(0xfff0000000000000));
  expect_value(GEN_F64, GEN_QUIET_NAN, UINT64_C(0x7fff000000000006));
  expect_value(GEN_F32, GEN_SIGNALLING_NAN, 0x7f80001f);
  expect_value(GEN_F16, GEN_GREATEST, 0x7bff);
}

CTX_TEST(Value, PaddingHoldsGarbage) {
  gen_case_clear(&first);
  gen_case_add(&first, gen_scalar(GEN_LONG_DOUBLE));
  gen_value_fill(&first.args[0], GEN_ZEROS, 0);
  for (size_t i = 0; i < 16; i++)
    EXPECT_EQ(i >= GEN_LONG_DOUBLE_BITS / 8, first.args[0].bytes[i] != 0);
}
