/* Tests of the model: its shapes by examples out of the text's rules, its places by calls that
 * this compiler makes. */
#include "testing/arch/riscv64_lp64d/model.h"

#include <complex.h>
#include <stdio.h>
#include <string.h>

#include "testing/oracle/model_cases.h"

/* ---- Shapes ---- */

/* Says what the integer convention does; whether an alignment matters; and what else registers of
 * both sorts take: f for a real, i for an integer, each with its size and offset. */
static const char *shape_of(const gen_type *type) {
  static const char *const forms[] = {"nothing", "integer", "words", "copy"};
  static char text[64];
  model_shape shape = model_shape_of(type);
  size_t length = (size_t)snprintf(text, sizeof text, "%s%s", forms[shape.form],
                                   shape.is_aligned ? " aligned" : "");
  for (size_t i = 0; i < shape.num_fields; i++) {
    const model_field *field = &shape.fields[i];
    length += (size_t)snprintf(text + length, sizeof text - length, " %c%d@%d",
                               field->is_real ? 'f' : 'i', field->size, field->from);
  }
  return text;
}

CTX_TEST(Shape, Scalars) {
  EXPECT_STREQ("integer", shape_of(gen_scalar(GEN_BOOL)));
  EXPECT_STREQ("integer", shape_of(gen_scalar(GEN_PTR)));
  EXPECT_STREQ("words aligned", shape_of(gen_scalar(GEN_I128)));
  EXPECT_STREQ("words f2@0", shape_of(gen_scalar(GEN_F16)));
  EXPECT_STREQ("words f4@0", shape_of(gen_scalar(GEN_F32)));
  EXPECT_STREQ("words f8@0", shape_of(gen_scalar(GEN_F64)));
  EXPECT_STREQ("words aligned", shape_of(gen_scalar(GEN_LONG_DOUBLE)));
  EXPECT_STREQ("words f4@0 f4@4", shape_of(gen_scalar(GEN_COMPLEX_F32)));
  EXPECT_STREQ("words f8@0 f8@8", shape_of(gen_scalar(GEN_COMPLEX_F64)));
  EXPECT_STREQ("copy aligned", shape_of(gen_scalar(GEN_COMPLEX_LONG_DOUBLE)));
  EXPECT_STREQ("nothing", shape_of(gen_scalar(GEN_VOID)));
}

CTX_TEST(Shape, VectorsAreAggregates) {
  gen_pool_reset(&pool);
  EXPECT_STREQ("words", shape_of(gen_scalar(GEN_V64)));
  EXPECT_STREQ("words aligned", shape_of(gen_scalar(GEN_V128)));
  EXPECT_STREQ("copy aligned", shape_of(gen_scalar(GEN_V256)));
  EXPECT_STREQ("words", shape_of(STRUCT(GEN_V64)));
}

CTX_TEST(Shape, Aggregates) {
  gen_pool_reset(&pool);
  EXPECT_STREQ("nothing", shape_of(make(GEN_STRUCT, false, 0, GEN_VOID)));
  EXPECT_STREQ("words", shape_of(STRUCT(GEN_I32, GEN_I32)));
  EXPECT_STREQ("words", shape_of(array(GEN_U8, 16)));
  EXPECT_STREQ("copy", shape_of(array(GEN_U8, 17)));
  EXPECT_STREQ("words aligned", shape_of(STRUCT(GEN_I128)));
  EXPECT_STREQ("words aligned", shape_of(ALIGNED_STRUCT(16, GEN_I64)));
  EXPECT_STREQ("words", shape_of(PACKED_STRUCT(GEN_I128)));
}

/* "A struct containing just one floating-point real", "two", "one floating-point real and one
 * integer (or bitfield), in either order". */
CTX_TEST(Shape, RealsAndAnInteger) {
  gen_pool_reset(&pool);
  EXPECT_STREQ("words f8@0", shape_of(STRUCT(GEN_F64)));
  EXPECT_STREQ("words f8@0 f4@8", shape_of(STRUCT(GEN_F64, GEN_F32)));
  EXPECT_STREQ("words f4@0 i1@4", shape_of(STRUCT(GEN_F32, GEN_BOOL)));
  EXPECT_STREQ("words i8@0 f4@8", shape_of(STRUCT(GEN_I64, GEN_F32)));
  EXPECT_STREQ("words f8@0 f8@8", shape_of(STRUCT(GEN_COMPLEX_F64)));
  EXPECT_STREQ("words", shape_of(STRUCT(GEN_COMPLEX_F32, GEN_F32)));
  EXPECT_STREQ("words", shape_of(STRUCT(GEN_F32, GEN_PTR)));
  EXPECT_STREQ("words", shape_of(STRUCT(GEN_F32, GEN_I8, GEN_I8)));
  EXPECT_STREQ("words", shape_of(array(GEN_F32, 3)));
  EXPECT_STREQ("words aligned", shape_of(STRUCT(GEN_LONG_DOUBLE)));
  EXPECT_STREQ("copy aligned", shape_of(STRUCT(GEN_F32, GEN_I128)));
  EXPECT_STREQ("copy aligned", shape_of(STRUCT(GEN_F32, GEN_LONG_DOUBLE)));
}

/* struct { struct { float f[1]; } a[2]; } is the text's example. */
CTX_TEST(Shape, StructsAndArraysAreFlattened) {
  gen_pool_reset(&pool);
  const gen_member elements = {.type = array(GEN_F32, 1), .form = GEN_ARRAY, .count = 2};
  EXPECT_STREQ("words f4@0 f4@4",
               shape_of(gen_type_make(&pool, GEN_STRUCT, false, 0, &elements, 1)));
  EXPECT_STREQ("words i1@0 f8@8", shape_of(pair(GEN_STRUCT, array(GEN_U8, 1), STRUCT(GEN_F64))));
}

CTX_TEST(Shape, UnionsAreNotFlattened) {
  gen_pool_reset(&pool);
  EXPECT_STREQ("words", shape_of(UNION(GEN_F32)));
  EXPECT_STREQ("words", shape_of(pair(GEN_STRUCT, UNION(GEN_F32), gen_scalar(GEN_F32))));
}

CTX_TEST(Shape, EmptyMembersAreIgnored) {
  gen_pool_reset(&pool);
  const gen_type *nothing = make(GEN_STRUCT, false, 0, GEN_VOID);
  const gen_type *empty_union = make(GEN_UNION, false, 0, GEN_VOID);
  EXPECT_STREQ("words f4@0", shape_of(pair(GEN_STRUCT, nothing, gen_scalar(GEN_F32))));
  EXPECT_STREQ("words f4@0", shape_of(pair(GEN_STRUCT, empty_union, gen_scalar(GEN_F32))));
}

/* The text's examples, and one that is larger than two registers. */
CTX_TEST(Shape, AttributesDoNotMatter) {
  gen_pool_reset(&pool);
  EXPECT_STREQ("words i4@0 f8@4", shape_of(PACKED_STRUCT(GEN_I32, GEN_F64)));
  const gen_member members[] = {{.type = gen_scalar(GEN_F32)},
                                {.type = gen_scalar(GEN_F32), .align = 8}};
  EXPECT_STREQ("words f4@0 f4@8", shape_of(gen_type_make(&pool, GEN_STRUCT, false, 0, members, 2)));
  EXPECT_STREQ("copy aligned f8@0", shape_of(ALIGNED_STRUCT(64, GEN_F64)));
}

CTX_TEST(Shape, BitFieldsAreIntegers) {
  gen_pool_reset(&pool);
  const gen_member one[] = {{.type = gen_scalar(GEN_F32)},
                            {.type = gen_scalar(GEN_I32), .form = GEN_BIT_FIELD, .bits = 9}};
  EXPECT_STREQ("words f4@0 i2@4", shape_of(gen_type_make(&pool, GEN_STRUCT, false, 0, one, 2)));
  const gen_member of_128[] = {{.type = gen_scalar(GEN_F32)},
                               {.type = gen_scalar(GEN_I128), .form = GEN_BIT_FIELD, .bits = 20}};
  EXPECT_STREQ("words aligned f4@0 i3@4",
               shape_of(gen_type_make(&pool, GEN_STRUCT, false, 0, of_128, 2)));
}

/* ---- Places ---- */

struct mixed {
  float a;
  int32_t b;
};
struct floats {
  float a, b;
};
struct words {
  int64_t a, b;
};
struct large {
  int64_t a[3];
};
__extension__ typedef __int128 int128;

/* Makes the types of the structs above. */
static const gen_type *mixed, *floats, *words, *large;
static void begin_with_structs(void) {
  begin();
  const gen_member of_mixed[] = {{.type = gen_scalar(GEN_F32)}, {.type = gen_scalar(GEN_I32)}};
  mixed = gen_type_make(&from.pool, GEN_STRUCT, false, 0, of_mixed, 2);
  const gen_member of_floats[] = {{.type = gen_scalar(GEN_F32)}, {.type = gen_scalar(GEN_F32)}};
  floats = gen_type_make(&from.pool, GEN_STRUCT, false, 0, of_floats, 2);
  const gen_member of_words[] = {{.type = gen_scalar(GEN_I64)}, {.type = gen_scalar(GEN_I64)}};
  words = gen_type_make(&from.pool, GEN_STRUCT, false, 0, of_words, 2);
  const gen_member of_large[] = {{.type = gen_scalar(GEN_I64), .form = GEN_ARRAY, .count = 3}};
  large = gen_type_make(&from.pool, GEN_STRUCT, false, 0, of_large, 1);
}

static void add_type(const gen_type *type) { ASSERT_TRUE(gen_case_add(&from, type)); }

CTX_TEST(Model, PlacesAggregatesAsThisCompilerDoes) {
  begin_with_structs();
  add_type(mixed);      /* fa0, a0 */
  add(GEN_I128);        /* a1, a2: not aligned */
  add_type(large);      /* a3: its address */
  add(GEN_COMPLEX_F64); /* fa1, fa2 */
  add_type(floats);     /* fa3, fa4 */
  add(GEN_LONG_DOUBLE); /* a4, a5 */
  add(GEN_F64);         /* fa5 */
  add(GEN_F64);         /* fa6 */
  add_type(floats);     /* a6, as one register is not enough */
  add_type(words);      /* a7, slot 0 */
  add_type(mixed);      /* slot 1, though fa7 is left */
  add(GEN_F32);         /* fa7 */
  add(GEN_I32);         /* slot 2 */
  add(GEN_I128);        /* slots 4, 5: aligned */
  add_type(large);      /* slot 6: its address */
  add(GEN_F32);         /* slot 7 */
  struct mixed a0, a10;
  int128 a1, a13;
  struct large a2, a14;
  double complex a3;
  struct floats a4, a8;
  long double a5;
  double a6, a7;
  struct words a9;
  float a11, a15;
  int32_t a12;
  void *const at[] = {&a0, &a1, &a2,  &a3,  &a4,  &a5,  &a6,  &a7,
                      &a8, &a9, &a10, &a11, &a12, &a13, &a14, &a15};
  for (size_t i = 0; i < sizeof at / sizeof at[0]; i++)
    copy(i, at[i]);
  expect();
  EXPECT_EQ(2, expected.num_copies);
  EXPECT_EQ(8, expected.num_words);
  typedef void callee(struct mixed, int128, struct large, double complex, struct floats,
                      long double, double, double, struct floats, struct words, struct mixed, float,
                      int32_t, int128, struct large, float);
  callee *volatile probe = (callee *)oracle_probe;
  probe(a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15);
  expect_abi_equal();
}

/* No floating-point registers after the ellipsis; pairs begin in an even register there; and once
 * one is on the stack, so is all that follows. */
CTX_TEST(Model, PlacesVariadicArgumentsAsThisCompilerDoes) {
  begin_with_structs();
  add(GEN_F64); /* fa0 */
  add(GEN_I32); /* a0 */
  from.num_fixed = 2;
  add(GEN_LONG_DOUBLE); /* a2, a3 */
  add(GEN_F64);         /* a4 */
  add_type(floats);     /* a5 */
  add(GEN_U32);         /* a6 */
  add(GEN_I128);        /* slots 0, 1 */
  add(GEN_I32);         /* slot 2 */
  add_type(mixed);      /* slot 3 */
  double a0, a3;
  int32_t a1, a7;
  long double a2;
  struct floats a4;
  uint32_t a5;
  int128 a6;
  struct mixed a8;
  void *const at[] = {&a0, &a1, &a2, &a3, &a4, &a5, &a6, &a7, &a8};
  for (size_t i = 0; i < sizeof at / sizeof at[0]; i++)
    copy(i, at[i]);
  expect();
  EXPECT_EQ(4, expected.num_words);
  typedef void callee(double, int32_t, ...);
  callee *volatile probe = (callee *)oracle_probe;
  probe(a0, a1, a2, a3, a4, a5, a6, a7, a8);
  expect_abi_equal();
}

/* ---- Results ---- */

/* Names the registers, and how many bytes each returns, from which one on. */
static const char *places_of(const gen_type *type) {
  static const char *const names[] = {"a0", "a1", "fa0", "fa1"};
  static char text[128];
  model_return where;
  model_expect_return(type, &where);
  EXPECT_EQ(!where.in_memory, model_return_is_kept(&where));
  if (where.in_memory) return "memory";
  size_t length = 0;
  *text = '\0';
  for (size_t i = 0; i < where.registers.num; i++) {
    length += (size_t)snprintf(text + length, sizeof text - length, "%s%s:%d@%d", i == 0 ? "" : " ",
                               names[where.registers.of[i].reg], where.registers.of[i].size,
                               where.registers.of[i].from);
  }
  return text;
}

CTX_TEST(Model, ReturnsInTheRegistersOfTheText) {
  gen_pool_reset(&pool);
  EXPECT_STREQ("", places_of(gen_scalar(GEN_VOID)));
  EXPECT_STREQ("a0:1@0", places_of(gen_scalar(GEN_U8)));
  EXPECT_STREQ("a0:8@0 a1:8@8", places_of(gen_scalar(GEN_U128)));
  EXPECT_STREQ("fa0:4@0", places_of(gen_scalar(GEN_F32)));
  EXPECT_STREQ("fa0:4@0 fa1:4@4", places_of(gen_scalar(GEN_COMPLEX_F32)));
  EXPECT_STREQ("a0:8@0 a1:8@8", places_of(gen_scalar(GEN_LONG_DOUBLE)));
  EXPECT_STREQ("memory", places_of(gen_scalar(GEN_COMPLEX_LONG_DOUBLE)));
  EXPECT_STREQ("fa0:8@0 fa1:8@8", places_of(array(GEN_F64, 2)));
  EXPECT_STREQ("memory", places_of(array(GEN_F64, 3)));
  EXPECT_STREQ("fa0:8@0 a0:8@8", places_of(STRUCT(GEN_F64, GEN_I64)));
  EXPECT_STREQ("a0:1@0 fa0:4@4", places_of(STRUCT(GEN_I8, GEN_F32)));
  EXPECT_STREQ("a0:8@0 a1:4@8", places_of(STRUCT(GEN_F32, GEN_F32, GEN_I32)));
  EXPECT_STREQ("a0:4@0", places_of(UNION(GEN_F32, GEN_I32)));
  EXPECT_STREQ("fa0:8@0", places_of(ALIGNED_STRUCT(64, GEN_F64)));
}

/* ---- What is more than the compiler's calls tell ---- */

static uint64_t first_of_general(gen_kind kind, uint64_t bits) {
  begin();
  add(kind);
  memcpy(from.args[0].bytes, &bits, gen_scalar(kind)->size);
  model_expect(&from, &expected);
  EXPECT_EQ(kind == GEN_GUEST_PTR ? UINT32_MAX : UINT64_MAX, expected.registers.general_care[0]);
  return expected.registers.general[0];
}

/* "Widened according to the sign of their type up to 32 bits, then sign-extended". */
CTX_TEST(Model, WidensIntegers) {
  EXPECT_EQ(0xff, first_of_general(GEN_U8, 0xff));
  EXPECT_EQ(UINT64_MAX, first_of_general(GEN_I8, 0xff));
  EXPECT_EQ(0xffff, first_of_general(GEN_U16, 0xffff));
  EXPECT_EQ(UINT64_C(0xffffffff80000000), first_of_general(GEN_U32, 0x80000000));
  EXPECT_EQ(UINT64_C(0xffffffff80000000), first_of_general(GEN_I32, 0x80000000));
  EXPECT_EQ(0x7fffffff, first_of_general(GEN_U32, 0x7fffffff));
  EXPECT_EQ(0x80000000, first_of_general(GEN_GUEST_PTR, 0x80000000));
}

CTX_TEST(Model, FillsUpRegistersOfNarrowReals) {
  begin();
  add(GEN_F32);
  add(GEN_F16);
  memcpy(from.args[0].bytes, &(uint32_t){0x12345678}, 4);
  memcpy(from.args[1].bytes, &(uint16_t){0x1234}, 2);
  model_expect(&from, &expected);
  EXPECT_EQ(UINT64_C(0xffffffff12345678), expected.registers.floating[0]);
  EXPECT_EQ(UINT64_C(0xffffffffffff1234), expected.registers.floating[1]);
  EXPECT_EQ(UINT64_MAX, expected.registers.floating_care[0]);
}

/* "With the upper bits undefined." */
CTX_TEST(Model, DoesNotFillUpFloatsElsewhere) {
  begin();
  for (int i = 0; i < 9; i++)
    add(GEN_F32);
  model_expect(&from, &expected);
  EXPECT_EQ(UINT32_MAX, expected.registers.general_care[0]);
  EXPECT_EQ(0, expected.registers.general[0] >> 32);
}

/* The address of a result in memory is the first argument. */
CTX_TEST(Model, PutsTheResultsAddressFirst) {
  begin();
  gen_case_set_result(&from, gen_scalar(GEN_COMPLEX_LONG_DOUBLE));
  add(GEN_U64);
  model_expect(&from, &expected);
  EXPECT_TRUE(expected.has_hidden_pointer && expected.registers.general_is_address[0]);
  EXPECT_EQ(0, expected.registers.general_care[0]);
  EXPECT_EQ(UINT64_MAX, expected.registers.general_care[1]);
}
