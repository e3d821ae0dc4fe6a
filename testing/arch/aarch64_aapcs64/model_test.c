/* Tests of the model: its shapes by examples out of the text's rules, its places by calls that
 * this compiler makes. */
#include "testing/arch/aarch64_aapcs64/model.h"

#include <complex.h>
#include <stdio.h>

#include "testing/oracle/model_cases.h"

/* ---- Shapes ---- */

/* Says the form; how many elements of which size; the natural alignment, if it is 16. */
static const char *shape_of(const gen_type *type) {
  static const char *const forms[] = {"nothing",     "integral",  "floating",
                                      "homogeneous", "composite", "copy"};
  static char text[64];
  model_shape shape = model_shape_of(type);
  size_t length = (size_t)snprintf(text, sizeof text, "%s", forms[shape.form]);
  if (shape.num_elements != 0) {
    length += (size_t)snprintf(text + length, sizeof text - length, " %dx%d", shape.num_elements,
                               shape.element_size);
  }
  if (shape.natural_align != 8) snprintf(text + length, sizeof text - length, " aligned");
  return text;
}

CTX_TEST(Shape, Scalars) {
  EXPECT_STREQ("integral", shape_of(gen_scalar(GEN_BOOL)));
  EXPECT_STREQ("integral", shape_of(gen_scalar(GEN_PTR)));
  EXPECT_STREQ("integral aligned", shape_of(gen_scalar(GEN_I128)));
  EXPECT_STREQ("floating 1x2", shape_of(gen_scalar(GEN_F16)));
  EXPECT_STREQ("floating 1x4", shape_of(gen_scalar(GEN_F32)));
  EXPECT_STREQ("floating 1x8", shape_of(gen_scalar(GEN_V64)));
  EXPECT_STREQ("floating 1x16 aligned", shape_of(gen_scalar(GEN_V128)));
  EXPECT_STREQ("floating 1x16 aligned", shape_of(gen_scalar(GEN_LONG_DOUBLE)));
  EXPECT_STREQ("homogeneous 2x4", shape_of(gen_scalar(GEN_COMPLEX_F32)));
  EXPECT_STREQ("homogeneous 2x8", shape_of(gen_scalar(GEN_COMPLEX_F64)));
  EXPECT_STREQ("homogeneous 2x16 aligned", shape_of(gen_scalar(GEN_COMPLEX_LONG_DOUBLE)));
}

CTX_TEST(Shape, Composites) {
  gen_pool_reset(&pool);
  EXPECT_STREQ("nothing", shape_of(make(GEN_STRUCT, false, 0, GEN_VOID)));
  EXPECT_STREQ("composite", shape_of(STRUCT(GEN_F32, GEN_I32)));
  EXPECT_STREQ("composite", shape_of(array(GEN_U8, 16)));
  EXPECT_STREQ("copy", shape_of(array(GEN_U8, 17)));
  EXPECT_STREQ("copy aligned", shape_of(STRUCT(GEN_I128, GEN_U8)));
}

CTX_TEST(Shape, HomogeneousIsOfOneBase) {
  gen_pool_reset(&pool);
  EXPECT_STREQ("homogeneous 1x8", shape_of(STRUCT(GEN_F64)));
  EXPECT_STREQ("homogeneous 3x4", shape_of(array(GEN_F32, 3)));
  EXPECT_STREQ("homogeneous 4x2", shape_of(array(GEN_F16, 4)));
  EXPECT_STREQ("homogeneous 4x16 aligned", shape_of(array(GEN_V128, 4)));
  EXPECT_STREQ("homogeneous 2x8", shape_of(STRUCT(GEN_V64, GEN_V64)));
  EXPECT_STREQ("homogeneous 3x4", shape_of(STRUCT(GEN_COMPLEX_F32, GEN_F32)));
  EXPECT_STREQ("homogeneous 2x16 aligned", shape_of(STRUCT(GEN_LONG_DOUBLE, GEN_F128)));
  EXPECT_STREQ("composite", shape_of(STRUCT(GEN_F32, GEN_F64)));
  EXPECT_STREQ("composite", shape_of(STRUCT(GEN_F64, GEN_V64)));
  EXPECT_STREQ("copy", shape_of(array(GEN_F64, 5)));
  EXPECT_STREQ("composite", shape_of(array(GEN_F16, 5)));
}

CTX_TEST(Shape, HomogeneousHasNoPadding) {
  gen_pool_reset(&pool);
  EXPECT_STREQ("composite", shape_of(ALIGNED_STRUCT(8, GEN_F32)));
  EXPECT_STREQ("homogeneous 4x4", shape_of(ALIGNED_STRUCT(16, GEN_COMPLEX_F32, GEN_COMPLEX_F32)));
  EXPECT_STREQ("homogeneous 2x4", shape_of(PACKED_STRUCT(GEN_F32, GEN_F32)));
  /* Nor has anything in it. */
  EXPECT_STREQ("composite",
               shape_of(pair(GEN_UNION, ALIGNED_STRUCT(8, GEN_F32), array(GEN_F32, 2))));
}

CTX_TEST(Shape, AUnionHasAsManyElementsAsItsLargestMember) {
  gen_pool_reset(&pool);
  EXPECT_STREQ("homogeneous 2x4",
               shape_of(pair(GEN_UNION, gen_scalar(GEN_F32), array(GEN_F32, 2))));
  EXPECT_STREQ("composite", shape_of(UNION(GEN_F32, GEN_I32)));
}

CTX_TEST(Shape, WhatHasNoBytesIsNoMember) {
  gen_pool_reset(&pool);
  const gen_type *nothing = make(GEN_STRUCT, false, 0, GEN_VOID);
  EXPECT_STREQ("homogeneous 1x4", shape_of(pair(GEN_STRUCT, nothing, gen_scalar(GEN_F32))));
}

CTX_TEST(Shape, NaturalAlignmentIsThatOfMembers) {
  gen_pool_reset(&pool);
  EXPECT_STREQ("composite", shape_of(ALIGNED_STRUCT(16, GEN_I64)));
  EXPECT_STREQ("composite aligned", shape_of(STRUCT(GEN_I128)));
  EXPECT_STREQ("composite", shape_of(PACKED_STRUCT(GEN_I128)));
  const gen_member member = {.type = gen_scalar(GEN_I64), .align = 16};
  EXPECT_STREQ("composite aligned",
               shape_of(gen_type_make(&pool, GEN_STRUCT, false, 0, &member, 1)));
  const gen_member field = {.type = gen_scalar(GEN_I128), .form = GEN_BIT_FIELD, .bits = 3};
  EXPECT_STREQ("composite aligned",
               shape_of(gen_type_make(&pool, GEN_STRUCT, false, 0, &field, 1)));
}

/* ---- Places ---- */

struct mixed {
  float a;
  float b;
  int32_t c;
};
struct three {
  double a[3];
};
struct large {
  int64_t a[3];
};
__extension__ typedef __int128 int128;

CTX_TEST(Model, PlacesAggregatesAsThisCompilerDoes) {
  begin();
  const gen_type *mixed = make(GEN_STRUCT, false, 0, GEN_F32, GEN_F32, GEN_I32, GEN_VOID);
  const gen_member three[] = {{.type = gen_scalar(GEN_F64), .form = GEN_ARRAY, .count = 3}};
  const gen_type *hfa = gen_type_make(&from.pool, GEN_STRUCT, false, 0, three, 1);
  const gen_member large[] = {{.type = gen_scalar(GEN_I64), .form = GEN_ARRAY, .count = 3}};
  const gen_type *copied = gen_type_make(&from.pool, GEN_STRUCT, false, 0, large, 1);
  add(GEN_I8);                /* x0 */
  add(GEN_I128);              /* x2, x3 */
  gen_case_add(&from, mixed); /* x4, x5 */
  gen_case_add(&from, copied);
  gen_case_add(&from, hfa); /* v0 to v2 */
  add(GEN_LONG_DOUBLE);     /* v3 */
  add(GEN_COMPLEX_F64);     /* v4, v5 */
  gen_case_add(&from, hfa); /* memory, and no vector register is used any more */
  add(GEN_F32);
  gen_case_add(&from, mixed); /* memory, though one register is left */
  gen_case_add(&from, copied);
  add(GEN_LONG_DOUBLE); /* aligned */
  add(GEN_I8);
  int8_t a0, a12;
  int128 a1;
  struct mixed a2, a9;
  struct large a3, a10;
  struct three a4, a7;
  long double a5, a11;
  double complex a6;
  float a8;
  void *const at[] = {&a0, &a1, &a2, &a3, &a4, &a5, &a6, &a7, &a8, &a9, &a10, &a11, &a12};
  for (size_t i = 0; i < sizeof at / sizeof at[0]; i++)
    copy(i, at[i]);
  expect();
  EXPECT_EQ(2, expected.num_copies);
  typedef void callee(int8_t, int128, struct mixed, struct large, struct three, long double,
                      double complex, struct three, float, struct mixed, struct large, long double,
                      int8_t);
  callee *volatile probe = (callee *)oracle_probe;
  probe(a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12);
  expect_abi_equal();
}

/* ---- Results ---- */

/* Names the registers, and how many bytes each returns: one part follows the other. */
static const char *places_of(const gen_type *type) {
  static const char *const names[] = {"x0", "x1", "v0", "v1", "v2", "v3"};
  static char text[128];
  model_return where;
  model_expect_return(type, &where);
  if (where.in_memory) return "memory";
  size_t length = 0;
  *text = '\0';
  for (size_t i = 0; i < where.registers.num; i++) {
    length += (size_t)snprintf(text + length, sizeof text - length, "%s%s:%d", i == 0 ? "" : " ",
                               names[where.registers.of[i].reg], where.registers.of[i].size);
    EXPECT_EQ(i == 0 ? 0 : where.registers.of[i - 1].from + where.registers.of[i - 1].size,
              where.registers.of[i].from);
  }
  return text;
}

CTX_TEST(Model, ReturnsInTheRegistersOfTheText) {
  gen_pool_reset(&pool);
  EXPECT_STREQ("", places_of(gen_scalar(GEN_VOID)));
  EXPECT_STREQ("x0:1", places_of(gen_scalar(GEN_U8)));
  EXPECT_STREQ("x0:8 x1:8", places_of(gen_scalar(GEN_U128)));
  EXPECT_STREQ("v0:4 v1:4", places_of(gen_scalar(GEN_COMPLEX_F32)));
  EXPECT_STREQ("v0:16", places_of(gen_scalar(GEN_LONG_DOUBLE)));
  EXPECT_STREQ("v0:16 v1:16", places_of(gen_scalar(GEN_COMPLEX_LONG_DOUBLE)));
  EXPECT_STREQ("v0:8 v1:8 v2:8 v3:8", places_of(array(GEN_F64, 4)));
  EXPECT_STREQ("memory", places_of(array(GEN_F64, 5)));
  EXPECT_STREQ("x0:8 x1:8", places_of(STRUCT(GEN_F64, GEN_I64)));
  EXPECT_STREQ("x0:8 x1:4", places_of(STRUCT(GEN_F32, GEN_F32, GEN_I32)));
  EXPECT_STREQ("memory", places_of(array(GEN_I64, 3)));
}
