/* The library refuses what gcc and clang pass differently, and what nobody can pass (ABI.md,
 * "Refused on riscv64"). It takes what looks like that and is passed the same by both. */
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

static ctx_status with_argument(const ctx_type *type) {
  ctx_signature *signature = NULL;
  ctx_status status = ctx_signature_create(&signature, NULL, &type, 1, CTX_NOT_VARIADIC);
  ctx_signature_destroy(signature);
  return status;
}

static ctx_status with_result(const ctx_type *type) {
  ctx_signature *signature = NULL;
  ctx_status status = ctx_signature_create(&signature, type, NULL, 0, CTX_NOT_VARIADIC);
  ctx_signature_destroy(signature);
  return status;
}

static void expect_refused(const ctx_type *type, const char *text) {
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, with_argument(type));
  if (strstr(ctx_type_error(), text) == NULL) EXPECT_STREQ(text, ctx_type_error());
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, with_result(type));
}

static ctx_type describe(ctx_kind kind, size_t size, size_t align, const ctx_member *members,
                         size_t num_members) {
  return (ctx_type){(uint32_t)kind, 0, size, align, "test", members, num_members};
}

CTX_TEST(Refusal, AlignmentsAbove64) {
  ctx_member member = {.name = "a", .type = &ctx_type_u64, .count = 1};
  ctx_type strict = describe(CTX_KIND_STRUCT, 64, 64, &member, 1);
  EXPECT_EQ(CTX_OK, with_argument(&strict));
  EXPECT_EQ(CTX_OK, with_result(&strict));
  strict.size = strict.align = 128;
  expect_refused(&strict, "an alignment of 128 bytes is above 64");
}

static ctx_status after_integers(size_t num, const ctx_type *type) {
  const ctx_type *args[16];
  for (size_t i = 0; i < num; i++)
    args[i] = &ctx_type_i64;
  args[num] = type;
  ctx_signature *signature = NULL;
  ctx_status status = ctx_signature_create(&signature, NULL, args, num + 1, CTX_NOT_VARIADIC);
  ctx_signature_destroy(signature);
  return status;
}

CTX_TEST(Refusal, AnEmptyTypeAlignedTo16BehindAnOddNumberOfSlots) {
  ctx_type empty = describe(CTX_KIND_STRUCT, 0, 16, NULL, 0);
  for (size_t num = 0; num < 13; num++) {
    ctx_test_note("%zu integers before", num);
    bool is_odd = num > 8 && num % 2 != 0;
    EXPECT_EQ(is_odd ? CTX_ERR_UNSUPPORTED_TYPE : CTX_OK, after_integers(num, &empty));
    if (is_odd) EXPECT_TRUE(strstr(ctx_type_error(), "aligned to 16 or more in memory") != NULL);
  }
  empty.align = 8;
  EXPECT_EQ(CTX_OK, after_integers(9, &empty));
  empty.align = 64;
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, after_integers(9, &empty));
}

/* ---- Structs whose fields have registers of their own ---- */

static ctx_status after_an_ellipsis(const ctx_type *type) {
  const ctx_type *const args[] = {&ctx_type_i32, type};
  ctx_signature *signature = NULL;
  ctx_status status = ctx_signature_create(&signature, NULL, args, 2, 1);
  ctx_signature_destroy(signature);
  return status;
}

/* Two members: the first one is empty, or the only one of its kind. */
static ctx_type pair(ctx_member members[2], const ctx_type *first, size_t count,
                     const ctx_type *second) {
  members[0] = (ctx_member){.name = "a", .type = first, .count = count};
  members[1] = (ctx_member){.name = "b", .type = second, .count = 1};
  return describe(CTX_KIND_STRUCT, second->size, second->align, members, 2);
}

CTX_TEST(Refusal, EmptyMembersThatGccDoesNotIgnore) {
  const char *text = "that are empty";
  const ctx_type empty = describe(CTX_KIND_STRUCT, 0, 1, NULL, 0);
  const ctx_type empty_union = describe(CTX_KIND_UNION, 0, 1, NULL, 0);
  ctx_member members[2];
  ctx_type with_struct = pair(members, &empty, 1, &ctx_type_f64);
  EXPECT_EQ(CTX_OK, with_argument(&with_struct));
  ctx_type with_array = pair(members, &empty, 2, &ctx_type_f64);
  expect_refused(&with_array, text);
  ctx_type with_union = pair(members, &empty_union, 1, &ctx_type_f64);
  expect_refused(&with_union, text);
  ctx_type outer_members_type = with_union;
  ctx_member outer_member = {.name = "c", .type = &outer_members_type, .count = 1};
  ctx_type outer = describe(CTX_KIND_STRUCT, 8, 8, &outer_member, 1);
  expect_refused(&outer, text);
  /* It goes to general registers, whether the union is ignored or not. */
  EXPECT_EQ(CTX_OK, after_an_ellipsis(&with_union));
  ctx_type of_integers = pair(members, &empty_union, 1, &ctx_type_i64);
  EXPECT_EQ(CTX_OK, with_argument(&of_integers));
}

CTX_TEST(Refusal, BitFieldsWhoseTypeIsWiderThanTheirPlace) {
  const char *text = "wider than its place";
  ctx_member members[] = {{.name = "a", .type = &ctx_type_i64, .count = 1, .bit_width = 3},
                          {.name = "b", .type = &ctx_type_f32, .count = 1, .offset = 4}};
  ctx_type type = describe(CTX_KIND_STRUCT, 8, 8, members, 2);
  expect_refused(&type, text);
  EXPECT_EQ(CTX_OK, after_an_ellipsis(&type));
  members[0].type = &ctx_type_i32;
  type.align = 4;
  EXPECT_EQ(CTX_OK, with_argument(&type));
  EXPECT_EQ(CTX_OK, with_result(&type));
}

/* An unnamed bit-field may be there, which no description has. */
CTX_TEST(Refusal, PaddingThatNoAlignmentExplains) {
  const char *text = "whether padding is an unnamed bit-field";
  ctx_member members[] = {{.name = "a", .type = &ctx_type_f32, .count = 1},
                          {.name = "b", .type = &ctx_type_f32, .count = 1, .offset = 8}};
  const ctx_type between = describe(CTX_KIND_STRUCT, 12, 4, members, 2);
  expect_refused(&between, text);
  EXPECT_EQ(CTX_OK, after_an_ellipsis(&between));
  members[1].offset = 4;
  const ctx_type behind = describe(CTX_KIND_STRUCT, 12, 4, members, 2);
  expect_refused(&behind, text);
  const ctx_type explained = describe(CTX_KIND_STRUCT, 16, 16, members, 2);
  EXPECT_EQ(CTX_OK, with_argument(&explained));
  ctx_member in_the_middle[] = {
      {.name = "a", .type = &ctx_type_i32, .count = 1, .bit_offset = 1, .bit_width = 3},
      {.name = "b", .type = &ctx_type_f32, .count = 1, .offset = 4}};
  const ctx_type within_a_byte = describe(CTX_KIND_STRUCT, 8, 4, in_the_middle, 2);
  expect_refused(&within_a_byte, text);
}
