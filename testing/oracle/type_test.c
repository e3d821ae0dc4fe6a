/* Named cases of the types that are not scalars of eight bytes: each rule where it begins to
 * matter. random_test.c has all combinations. */
#include <string.h>

#include "testing/harness/harness.h"
#include "testing/oracle/call.h"
#include "testing/oracle/probe.h"

static gen_case from;

static void add(gen_kind kind) { gen_case_add(&from, gen_scalar(kind)); }
static void add_some(gen_kind kind, size_t num) {
  for (size_t i = 0; i < num; i++)
    add(kind);
}

static const gen_type *array(gen_kind kind, uint16_t count, unsigned aligned) {
  const gen_member member = {.type = gen_scalar(kind), .form = GEN_ARRAY, .count = count};
  return gen_type_make(&from.pool, GEN_STRUCT, false, aligned, &member, 1);
}

static const gen_type *pair(gen_kind aggregate, gen_kind first, gen_kind second) {
  const gen_member members[] = {{.type = gen_scalar(first)}, {.type = gen_scalar(second)}};
  return gen_type_make(&from.pool, aggregate, false, 0, members, 2);
}

static void expect(void) { EXPECT_NO_COMPLAINT(oracle_call_all_ways(&from)); }

/* ---- Arguments ---- */

/* Passes as many of one kind as fill registers and some memory, from each number of used general
 * and vector registers on; disputed 16-byte integers become structs. */
CTX_TEST(Argument, EveryScalarFromEveryStateOfTheRegisters) {
  for (int kind = GEN_FIRST_SCALAR; kind <= GEN_LAST_SCALAR; kind++) {
    if (gen_scalar((gen_kind)kind)->size > oracle_vector_bytes()) continue;
    for (size_t num_general = 0; num_general <= 8; num_general++) {
      for (size_t num_vector = 0; num_vector <= 9; num_vector += 3) {
        gen_case_clear(&from);
        add_some(GEN_I32, num_general);
        add_some(GEN_F32, num_vector);
        add_some((gen_kind)kind, 3);
        add(GEN_I8);
        oracle_make_acceptable(&from);
        from.way = (unsigned)(num_general % 2 * 8);
        EXPECT_NO_COMPLAINT(oracle_call(&from));
      }
    }
  }
}

/* A struct is never split between the last register and memory. */
CTX_TEST(Argument, StructIsInRegistersOrInMemory) {
  for (size_t num_general = 0; num_general <= 7; num_general++) {
    gen_case_clear(&from);
    const gen_type *integers = pair(GEN_STRUCT, GEN_I64, GEN_I32);
    const gen_type *mixed = pair(GEN_STRUCT, GEN_F64, GEN_I16);
    add_some(GEN_I64, num_general);
    gen_case_add(&from, integers);
    gen_case_add(&from, mixed);
    gen_case_add(&from, integers);
    gen_case_add(&from, mixed);
    expect();
  }
}

/* An argument that does not fit leaves the register to those that come after it. */
CTX_TEST(Argument, LastRegisterGoesToALaterOne) {
  gen_case_clear(&from);
  add_some(GEN_I64, 5);
  gen_case_add(&from, pair(GEN_STRUCT, GEN_I64, GEN_I64));
  add(GEN_I32);
  expect();
}

CTX_TEST(Argument, MemoryIsAlignedAsTheTypeIs) {
  for (unsigned align = 16; align <= GEN_MAX_ALIGN; align *= 2) {
    for (size_t num_slots = 0; num_slots <= 9; num_slots++) {
      gen_case_clear(&from);
      add_some(GEN_U64, 6 + num_slots);
      gen_case_add(&from, array(GEN_U8, 65, align));
      add(GEN_U8);
      expect();
    }
  }
}

/* Arguments are as many and as large as entry_fuzz may choose: a capture has room for them. */
CTX_TEST(Argument, AsManyBytesAsAreEverChosen) {
  static const struct {
    uint16_t sizes[2];
    unsigned aligned[2];
  } alternating[] = {{{1008, 1008}, {16, 16}}, {{1000, 992}, {0, 32}}, {{1000, 960}, {0, 64}}};
  for (size_t i = 0; i < sizeof alternating / sizeof alternating[0]; i++) {
    gen_case_clear(&from);
    from.way = 8;
    const gen_type *types[2];
    for (size_t j = 0; j < 2; j++)
      types[j] = array(GEN_U8, alternating[i].sizes[j], alternating[i].aligned[j]);
    gen_case_set_result(&from, types[0]);
    for (size_t j = 0; j < 256; j++)
      ASSERT_TRUE(gen_case_add(&from, types[j % 2]));
    EXPECT_NO_COMPLAINT(oracle_call(&from));
  }
}

CTX_TEST(Argument, EmptyStructsAreNotPassed) {
  gen_case_clear(&from);
  const gen_type *empty = gen_type_make(&from.pool, GEN_STRUCT, false, 0, NULL, 0);
  for (int i = 0; i < 8; i++) {
    gen_case_add(&from, empty);
    add(GEN_I32);
  }
  expect();
}

/* The result's address comes first. */
CTX_TEST(Argument, HiddenPointerTakesARegister) {
  for (size_t num_general = 0; num_general <= 7; num_general++) {
    gen_case_clear(&from);
    gen_case_set_result(&from, array(GEN_U8, 33, 0));
    add_some(GEN_I64, num_general);
    add(GEN_F64);
    expect();
  }
}

CTX_TEST(Argument, UnnamedWideVectorsGoToMemory) {
  if (oracle_vector_bytes() < 32) CTX_SKIP("this processor has no vector registers of 32 bytes");
  gen_case_clear(&from);
  add(GEN_I32);
  add(GEN_V128);
  from.num_fixed = 1;
  add(GEN_V256);
  add(GEN_F64);
  expect();
}

/* ---- Results ---- */

static void expect_result(const gen_type *type) {
  ASSERT_TRUE(gen_case_set_result(&from, type));
  add(GEN_I32);
  add(GEN_F64);
  expect();
}

CTX_TEST(Result, EveryScalar) {
  for (int kind = GEN_VOID; kind <= GEN_LAST_SCALAR; kind++) {
    if (gen_scalar((gen_kind)kind)->size > oracle_vector_bytes()) continue;
    gen_case_clear(&from);
    expect_result(gen_scalar((gen_kind)kind));
  }
}

CTX_TEST(Result, EveryMixOfTwoEightbytes) {
  static const gen_kind kinds[] = {GEN_I64, GEN_F64, GEN_I8, GEN_F32};
  for (size_t i = 0; i < 4; i++) {
    for (size_t j = 0; j < 4; j++) {
      gen_case_clear(&from);
      const gen_member members[] = {
          {.type = gen_scalar(kinds[i])},
          {.type = gen_scalar(kinds[j]), .align = 8},
      };
      expect_result(gen_type_make(&from.pool, GEN_STRUCT, false, 0, members, 2));
    }
  }
}

CTX_TEST(Result, EverySizeInMemory) {
  for (uint16_t size = 17; size <= 80; size++) {
    gen_case_clear(&from);
    expect_result(array(GEN_U8, size, size % 4 == 0 ? 64 : 0));
  }
}

CTX_TEST(Result, LongDoublesInAggregates) {
  gen_case_clear(&from);
  expect_result(array(GEN_LONG_DOUBLE, 1, 0));
  gen_case_clear(&from);
  expect_result(array(GEN_COMPLEX_LONG_DOUBLE, 1, 0));
  gen_case_clear(&from);
  expect_result(pair(GEN_UNION, GEN_LONG_DOUBLE, GEN_I32));
}

/* ---- What is refused ---- */

CTX_TEST(Refusal, SixteenByteIntegerWhereOneRegisterIsLeft) {
  for (size_t num_general = 4; num_general <= 8; num_general++) {
    gen_case_clear(&from);
    add_some(GEN_I64, num_general);
    add(GEN_I128);
    expect();
  }
}

CTX_TEST(Refusal, FloatAfterAnEllipsis) {
  gen_case_clear(&from);
  add(GEN_PTR);
  from.num_fixed = 1;
  add(GEN_F32);
  expect();
}

CTX_TEST(Refusal, WideVectorBeforeAnEllipsis) {
  if (oracle_vector_bytes() < 32) CTX_SKIP("this processor has no vector registers of 32 bytes");
  gen_case_clear(&from);
  add(GEN_V256);
  from.num_fixed = 1;
  add(GEN_I32);
  expect();
}

CTX_TEST(Refusal, UnionOfAWideVectorAfterAnEllipsis) {
  if (oracle_vector_bytes() < 32) CTX_SKIP("this processor has no vector registers of 32 bytes");
  gen_case_clear(&from);
  from.num_fixed = 0;
  gen_case_add(&from, pair(GEN_UNION, GEN_V256, GEN_F32));
  expect();
}

CTX_TEST(Refusal, TypesThatCompilersDisagreeOn) {
  const gen_member unnamed[] = {
      {.type = gen_scalar(GEN_F32)},
      {.type = gen_scalar(GEN_I32), .form = GEN_UNNAMED_BIT_FIELD, .bits = 32}};
  const gen_member flexible[] = {{.type = gen_scalar(GEN_I32)},
                                 {.type = gen_scalar(GEN_I32), .form = GEN_FLEXIBLE}};
  const gen_member none[] = {{.type = gen_scalar(GEN_I32)},
                             {.type = gen_scalar(GEN_I32), .form = GEN_ARRAY, .count = 0}};
  const struct {
    const gen_member *members;
    size_t num_members;
    unsigned aligned;
  } types[] = {{unnamed, 2, 0}, {flexible, 2, 0}, {none, 2, 0}, {none, 1, 128}};
  for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
    gen_case_clear(&from);
    const gen_type *type = gen_type_make(&from.pool, GEN_STRUCT, false, types[i].aligned,
                                         types[i].members, types[i].num_members);
    EXPECT_NE(0, type->oddities);
    gen_case_add(&from, type);
    expect();
  }
  gen_case_clear(&from);
  expect_result(array(GEN_F128, 1, 0));
}
