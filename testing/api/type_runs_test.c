/* The bytes of a type that hold values, run by run: all of them, and no more. */
#include "ctx/type/runs.h"

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

enum { MAX_RUNS = 8 };

static ctx_run runs[MAX_RUNS];

/* Their number; they are in `runs`. */
static size_t walk(const ctx_type *type) {
  ctx_runs walk;
  size_t num_runs = 0;
  ctx_runs_begin(&walk, type);
  for (ctx_run run; ctx_runs_next(&walk, &run); num_runs++) {
    if (num_runs == MAX_RUNS) return SIZE_MAX;
    runs[num_runs] = run;
  }
  return num_runs;
}

static void expect_run(size_t index, size_t offset, size_t size) {
  EXPECT_EQ(offset, runs[index].offset);
  EXPECT_EQ(size, runs[index].size);
}

CTX_TEST(TypeRuns, ScalarIsOne) {
  ASSERT_EQ(1, walk(&ctx_type_i32));
  expect_run(0, 0, 4);
}

__extension__ struct empty {};
CTX_EMPTY_STRUCT(empty_type, struct empty);

CTX_TEST(TypeRuns, EmptyTypeHasNone) { EXPECT_EQ(0, walk(&empty_type)); }

struct gaps {
  int16_t a;
  int32_t b[2];
  int8_t c;
};
CTX_STRUCT(gaps_type, struct gaps, CTX_MEMBER(struct gaps, a, ctx_type_i16),
           CTX_MEMBER_ARRAY(struct gaps, b, ctx_type_i32), CTX_MEMBER(struct gaps, c, ctx_type_i8));

CTX_TEST(TypeRuns, PaddingSeparatesThem) {
  ASSERT_EQ(2, walk(&gaps_type));
  expect_run(0, 0, 2);
  expect_run(1, 4, 9);
}

struct late_bits {
  unsigned : 8;
  unsigned bits : 3;
};
static const ctx_member late_bits_members[] = {CTX_BITFIELD(bits, ctx_type_u32, 8, 3)};
static const ctx_type late_bits_type = {
    CTX_KIND_STRUCT, 0, sizeof(struct late_bits), 4, "late_bits", late_bits_members, 1};

/* Whose first byte is padding. */
CTX_TEST(TypeRuns, BitFieldIsItsBytes) {
  ASSERT_EQ(1, walk(&late_bits_type));
  expect_run(0, 1, 1);
}

union views {
  int32_t whole;
  int16_t halves[2];
  struct {
    int8_t a, b, c;
  } bytes;
  char more[6];
};
static const ctx_member views_bytes_members[] = {
    {.name = "a", .type = &ctx_type_i8, .count = 1},
    {.name = "b", .type = &ctx_type_i8, .offset = 1, .count = 1},
    {.name = "c", .type = &ctx_type_i8, .offset = 2, .count = 1}};
static const ctx_type views_bytes_type = {CTX_KIND_STRUCT,     0, 3, 1, "views_bytes",
                                          views_bytes_members, 3};
CTX_UNION(views_type, union views, CTX_MEMBER(union views, whole, ctx_type_i32),
          CTX_MEMBER_ARRAY(union views, halves, ctx_type_i16),
          CTX_MEMBER(union views, bytes, views_bytes_type),
          CTX_MEMBER_ARRAY(union views, more, ctx_type_i8));

/* Bytes that the member before had are not a run once more, unless there are others with them. */
CTX_TEST(TypeRuns, ViewsOfTheSameBytesAreOne) {
  ASSERT_EQ(2, walk(&views_type));
  expect_run(0, 0, 4);
  expect_run(1, 0, 6);
}
