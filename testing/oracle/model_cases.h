/* Types, and calls that this compiler makes: for the tests of an architecture's model, each of
 * which includes this once. (//testing/callsites makes such calls at large.) */
#ifndef CTX_TESTING_ORACLE_MODEL_CASES_H_
#define CTX_TESTING_ORACLE_MODEL_CASES_H_

#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include "testing/harness/harness.h"
#include "testing/oracle/model.h"
#include "testing/oracle/probe.h"
#include "testing/oracle/verdict.h"

/* ---- Types ---- */

static gen_pool pool;

/* Members are scalars, up to the first GEN_VOID. */
static const gen_type *make(gen_kind aggregate, bool packed, unsigned aligned, ...) {
  gen_member members[GEN_MAX_MEMBERS] = {{0}};
  size_t num = 0;
  va_list kinds;
  va_start(kinds, aligned);
  for (;;) {
    gen_kind kind = (gen_kind)va_arg(kinds, int);
    if (kind == GEN_VOID) break;
    members[num++].type = gen_scalar(kind);
  }
  va_end(kinds);
  return gen_type_make(&pool, aggregate, packed, aligned, members, num);
}

#define STRUCT(...) make(GEN_STRUCT, false, 0, __VA_ARGS__, GEN_VOID)
#define PACKED_STRUCT(...) make(GEN_STRUCT, true, 0, __VA_ARGS__, GEN_VOID)
#define ALIGNED_STRUCT(align, ...) make(GEN_STRUCT, false, align, __VA_ARGS__, GEN_VOID)
#define UNION(...) make(GEN_UNION, false, 0, __VA_ARGS__, GEN_VOID)

static const gen_type *array(gen_kind kind, uint16_t count) {
  const gen_member member = {.type = gen_scalar(kind), .form = GEN_ARRAY, .count = count};
  return gen_type_make(&pool, GEN_STRUCT, false, 0, &member, 1);
}

static const gen_type *pair(gen_kind aggregate, const gen_type *first, const gen_type *second) {
  const gen_member members[] = {{.type = first}, {.type = second}};
  return gen_type_make(&pool, aggregate, false, 0, members, 2);
}

/* ---- Places ---- */

static gen_case from;
static model_expectation expected;
static char report[ORACLE_REPORT_SIZE];

static void copy(size_t argument, void *to) {
  memcpy(to, from.args[argument].bytes, from.args[argument].type->size);
}

static void begin(void) { gen_case_clear(&from); }

static void add(gen_kind kind) { ASSERT_TRUE(gen_case_add(&from, gen_scalar(kind))); }

static void expect(void) {
  ASSERT_TRUE(model_expect(&from, &expected));
  model_expect_state(&expected, oracle_probe);
  oracle_capture_reset(expected.num_words);
  oracle_capture_copies(expected.copies, expected.num_copies);
  oracle_reply_poison();
}

static void expect_abi_equal(void) {
  EXPECT_TRUE(oracle_verdict(ORACLE_ABI_EQUAL, &oracle_captured, &expected, &from, report));
  EXPECT_NO_COMPLAINT(report);
}

CTX_TEST(Model, PlacesScalarsAsThisCompilerDoes) {
  static const gen_kind kinds[] = {GEN_I8,   GEN_F32, GEN_U8, GEN_I16, GEN_F64, GEN_U16,
                                   GEN_BOOL, GEN_I32, GEN_I8, GEN_U64, GEN_F64, GEN_PTR};
  begin();
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
    add(kinds[i]);
  int8_t a0, a8;
  float a1;
  uint8_t a2;
  int16_t a3;
  double a4, a10;
  uint16_t a5;
  bool a6;
  int32_t a7;
  uint64_t a9;
  void *a11;
  void *const at[] = {&a0, &a1, &a2, &a3, &a4, &a5, &a6, &a7, &a8, &a9, &a10, &a11};
  for (size_t i = 0; i < sizeof at / sizeof at[0]; i++)
    copy(i, at[i]);
  expect();
  /* As the model has it, the callee may be variadic. */
  typedef void callee(int8_t, float, uint8_t, int16_t, double, uint16_t, bool, int32_t, int8_t,
                      uint64_t, double, void *, ...);
  callee *volatile probe = (callee *)oracle_probe;
  probe(a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11);
  expect_abi_equal();
}

#endif /* CTX_TESTING_ORACLE_MODEL_CASES_H_ */
