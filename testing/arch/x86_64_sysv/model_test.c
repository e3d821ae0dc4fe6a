/* Tests of the model: its classes by examples out of the psABI's rules, its places by calls that
 * this compiler makes. */
#include "testing/arch/x86_64_sysv/model.h"

#include <complex.h>
#include <stdio.h>

#include "testing/oracle/model_cases.h"

/* ---- Classes ---- */

static const char *classes_of(const gen_type *type) {
  static char text[128];
  model_classes classes;
  model_classify(type, &classes);
  size_t length = 0;
  *text = '\0';
  for (size_t i = 0; i < classes.num; i++) {
    length += (size_t)snprintf(text + length, sizeof text - length, "%s%s", i == 0 ? "" : " ",
                               model_class_name((model_class)classes.of[i]));
    if (classes.of[0] == MODEL_MEMORY) break;
  }
  return text;
}

CTX_TEST(Classify, Scalars) {
  EXPECT_STREQ("INTEGER", classes_of(gen_scalar(GEN_BOOL)));
  EXPECT_STREQ("INTEGER", classes_of(gen_scalar(GEN_PTR)));
  EXPECT_STREQ("INTEGER INTEGER", classes_of(gen_scalar(GEN_I128)));
  EXPECT_STREQ("SSE", classes_of(gen_scalar(GEN_F16)));
  EXPECT_STREQ("SSE", classes_of(gen_scalar(GEN_F32)));
  EXPECT_STREQ("SSE", classes_of(gen_scalar(GEN_V64)));
  EXPECT_STREQ("SSE SSEUP", classes_of(gen_scalar(GEN_F128)));
  EXPECT_STREQ("SSE SSEUP", classes_of(gen_scalar(GEN_V128)));
  EXPECT_STREQ("SSE SSEUP SSEUP SSEUP", classes_of(gen_scalar(GEN_V256)));
  EXPECT_STREQ("SSE SSEUP SSEUP SSEUP SSEUP SSEUP SSEUP SSEUP", classes_of(gen_scalar(GEN_V512)));
  EXPECT_STREQ("X87 X87UP", classes_of(gen_scalar(GEN_LONG_DOUBLE)));
  EXPECT_STREQ("SSE", classes_of(gen_scalar(GEN_COMPLEX_F32)));
  EXPECT_STREQ("SSE SSE", classes_of(gen_scalar(GEN_COMPLEX_F64)));
  EXPECT_STREQ("COMPLEX_X87 COMPLEX_X87 COMPLEX_X87 COMPLEX_X87",
               classes_of(gen_scalar(GEN_COMPLEX_LONG_DOUBLE)));
}

CTX_TEST(Classify, EachEightbyteOnItsOwn) {
  gen_pool_reset(&pool);
  EXPECT_STREQ("SSE", classes_of(STRUCT(GEN_F32, GEN_F32)));
  EXPECT_STREQ("INTEGER", classes_of(STRUCT(GEN_F32, GEN_I32)));
  EXPECT_STREQ("SSE INTEGER", classes_of(STRUCT(GEN_F32, GEN_F32, GEN_I32)));
  EXPECT_STREQ("INTEGER SSE", classes_of(STRUCT(GEN_U8, GEN_F64)));
  EXPECT_STREQ("INTEGER INTEGER", classes_of(array(GEN_U8, 9)));
  EXPECT_STREQ("SSE SSE", classes_of(array(GEN_F16, 5)));
  EXPECT_STREQ("", classes_of(make(GEN_STRUCT, false, 0, GEN_VOID)));
}

CTX_TEST(Classify, StructOver16BytesGoesToMemory) {
  gen_pool_reset(&pool);
  EXPECT_STREQ("MEMORY", classes_of(array(GEN_U8, 17)));
  EXPECT_STREQ("MEMORY", classes_of(array(GEN_F64, 3)));
  EXPECT_STREQ("MEMORY", classes_of(array(GEN_U8, 65)));
  EXPECT_STREQ("MEMORY", classes_of(array(GEN_V128, 2)));
  EXPECT_STREQ("MEMORY", classes_of(ALIGNED_STRUCT(32, GEN_V128)));
}

CTX_TEST(Classify, UnlessItIsOneVector) {
  gen_pool_reset(&pool);
  EXPECT_STREQ("SSE SSEUP SSEUP SSEUP", classes_of(STRUCT(GEN_V256)));
  EXPECT_STREQ("SSE SSEUP SSEUP SSEUP", classes_of(UNION(GEN_V256, GEN_F32)));
  EXPECT_STREQ("MEMORY", classes_of(UNION(GEN_V256, GEN_I32)));
  EXPECT_STREQ("MEMORY", classes_of(pair(GEN_UNION, gen_scalar(GEN_V256), array(GEN_F64, 4))));
}

CTX_TEST(Classify, UnalignedFieldsGoToMemory) {
  gen_pool_reset(&pool);
  EXPECT_STREQ("MEMORY", classes_of(PACKED_STRUCT(GEN_U8, GEN_I16)));
  EXPECT_STREQ("INTEGER INTEGER", classes_of(PACKED_STRUCT(GEN_U64, GEN_I32)));
  const gen_member fields[] = {{.type = gen_scalar(GEN_U8)},
                               {.type = gen_scalar(GEN_U64), .form = GEN_BIT_FIELD, .bits = 60}};
  EXPECT_STREQ("INTEGER INTEGER", classes_of(gen_type_make(&pool, GEN_STRUCT, true, 0, fields, 2)));
}

CTX_TEST(Classify, SseupThatFollowsNoSseBecomesSse) {
  gen_pool_reset(&pool);
  EXPECT_STREQ("INTEGER SSE", classes_of(UNION(GEN_V128, GEN_I64)));
  EXPECT_STREQ("SSE SSE", classes_of(pair(GEN_UNION, gen_scalar(GEN_V128), array(GEN_F32, 4))));
}

CTX_TEST(Classify, X87InAggregates) {
  gen_pool_reset(&pool);
  EXPECT_STREQ("X87 X87UP", classes_of(STRUCT(GEN_LONG_DOUBLE)));
  EXPECT_STREQ("MEMORY", classes_of(UNION(GEN_LONG_DOUBLE, GEN_I32)));
  EXPECT_STREQ("MEMORY", classes_of(UNION(GEN_LONG_DOUBLE, GEN_F32)));
  EXPECT_STREQ("MEMORY", classes_of(STRUCT(GEN_COMPLEX_LONG_DOUBLE)));
}

/* Flat, the words of the struct would make integers of X87UP. */
CTX_TEST(Classify, CleansUpEachAggregateOnItsOwn) {
  gen_pool_reset(&pool);
  const gen_type *inner = UNION(GEN_LONG_DOUBLE, GEN_I32);
  EXPECT_STREQ("MEMORY", classes_of(pair(GEN_UNION, inner, array(GEN_I64, 2))));
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
union either {
  long double a;
  double b[2];
};
__extension__ typedef __int128 int128;

CTX_TEST(Model, PlacesAggregatesAsThisCompilerDoes) {
  begin();
  const gen_type *mixed = make(GEN_STRUCT, false, 0, GEN_F32, GEN_F32, GEN_I32, GEN_VOID);
  const gen_member three[] = {{.type = gen_scalar(GEN_F64), .form = GEN_ARRAY, .count = 3}};
  const gen_member either[] = {{.type = gen_scalar(GEN_LONG_DOUBLE)},
                               {.type = gen_scalar(GEN_F64), .form = GEN_ARRAY, .count = 2}};
  gen_case_add(&from, mixed);
  gen_case_add(&from, gen_type_make(&from.pool, GEN_STRUCT, false, 0, three, 1));
  add(GEN_LONG_DOUBLE);
  add(GEN_COMPLEX_F64);
  add(GEN_I128);
  gen_case_add(&from, gen_type_make(&from.pool, GEN_UNION, false, 0, either, 2));
  add(GEN_I64);
  add(GEN_I64);
  gen_case_add(&from, mixed); /* the last general register */
  gen_case_add(&from, mixed); /* none is left */
  add(GEN_F32);
  struct mixed a0, a8, a9;
  struct three a1;
  long double a2;
  double complex a3;
  int128 a4;
  union either a5;
  int64_t a6, a7;
  float a10;
  void *const at[] = {&a0, &a1, &a2, &a3, &a4, &a5, &a6, &a7, &a8, &a9, &a10};
  for (size_t i = 0; i < sizeof at / sizeof at[0]; i++)
    copy(i, at[i]);
  expect();
  typedef void callee(struct mixed, struct three, long double, double complex, int128, union either,
                      int64_t, int64_t, struct mixed, struct mixed, float, ...);
  callee *volatile probe = (callee *)oracle_probe;
  probe(a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10);
  expect_abi_equal();
}

/* ---- Results ---- */

static const char *places_of(const gen_type *type) {
  static const char *const names[] = {"-", "rax", "rdx", "xmm0", "xmm1", "st0", "st1"};
  static char text[128];
  model_return where;
  model_expect_return(type, &where);
  if (where.in_memory) return "memory";
  size_t length = 0;
  *text = '\0';
  for (size_t i = 0; i < where.registers.num; i++) {
    length += (size_t)snprintf(text + length, sizeof text - length, "%s%s", i == 0 ? "" : " ",
                               names[where.registers.of[i].reg]);
    if (where.registers.of[i].word != 0) {
      length +=
          (size_t)snprintf(text + length, sizeof text - length, "+%d", where.registers.of[i].word);
    }
  }
  return text;
}

CTX_TEST(Model, ReturnsInTheRegistersOfTheText) {
  gen_pool_reset(&pool);
  EXPECT_STREQ("", places_of(gen_scalar(GEN_VOID)));
  EXPECT_STREQ("rax", places_of(gen_scalar(GEN_U8)));
  EXPECT_STREQ("rax rdx", places_of(gen_scalar(GEN_U128)));
  EXPECT_STREQ("xmm0", places_of(gen_scalar(GEN_COMPLEX_F32)));
  EXPECT_STREQ("xmm0 xmm1", places_of(gen_scalar(GEN_COMPLEX_F64)));
  EXPECT_STREQ("xmm0 xmm0+1 xmm0+2 xmm0+3", places_of(gen_scalar(GEN_V256)));
  EXPECT_STREQ("st0 -", places_of(gen_scalar(GEN_LONG_DOUBLE)));
  EXPECT_STREQ("st0 - st1 -", places_of(gen_scalar(GEN_COMPLEX_LONG_DOUBLE)));
  EXPECT_STREQ("xmm0 rax", places_of(STRUCT(GEN_F64, GEN_I64)));
  EXPECT_STREQ("rax xmm0", places_of(STRUCT(GEN_I64, GEN_F64)));
  EXPECT_STREQ("rax rdx", places_of(STRUCT(GEN_I64, GEN_I8)));
  EXPECT_STREQ("xmm0 xmm1", places_of(STRUCT(GEN_F32, GEN_F64)));
  EXPECT_STREQ("memory", places_of(array(GEN_I64, 3)));
  EXPECT_STREQ("memory", places_of(STRUCT(GEN_COMPLEX_LONG_DOUBLE)));
}
