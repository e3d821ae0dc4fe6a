/* The library refuses what gcc and clang pass differently, and what no description can tell apart
 * (ABI.md, "Refused on aarch64"). It takes what looks like that and is passed the same by both. */
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

/* Prepares a call of `num_before` values of one type, `num_slots` doubles, and one of `type`. */
static ctx_status prepare(const ctx_type *before, size_t num_before, size_t num_slots,
                          const ctx_type *type, size_t num_fixed) {
  const ctx_type *args[16];
  size_t num_args = 0;
  while (num_args < num_before)
    args[num_args++] = before;
  while (num_args < num_before + num_slots)
    args[num_args++] = &ctx_type_f64;
  args[num_args++] = type;
  ctx_signature *signature = NULL;
  ctx_status status = ctx_signature_create(&signature, NULL, args, num_args, num_fixed);
  ctx_signature_destroy(signature);
  return status;
}

static void expect_refused(ctx_status status, const char *text) {
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, status);
  if (strstr(ctx_type_error(), text) == NULL) EXPECT_STREQ(text, ctx_type_error());
}

static ctx_status after_integers(size_t num, const ctx_type *type) {
  return prepare(&ctx_type_i64, num, 0, type, CTX_NOT_VARIADIC);
}

/* So many doubles more than there are registers. */
static ctx_status after_slots(size_t num, const ctx_type *type, size_t num_fixed) {
  return prepare(&ctx_type_f64, 8, num, type, num_fixed);
}

static ctx_type describe(ctx_kind kind, size_t size, size_t align, const ctx_member *members,
                         size_t num_members) {
  return (ctx_type){(uint32_t)kind, 0, size, align, "test", members, num_members};
}

CTX_TEST(Refusal, PackedBitFieldsOfInt128) {
  const char *text = "packed bit-fields of 128-bit integers";
  ctx_member member = {.name = "a", .type = &ctx_type_i128, .count = 1, .bit_width = 70};
  ctx_type packed = describe(CTX_KIND_STRUCT, 9, 1, &member, 1);
  EXPECT_EQ(CTX_OK, after_integers(0, &packed));
  expect_refused(after_integers(1, &packed), text);
  EXPECT_EQ(CTX_OK, after_integers(2, &packed));
  EXPECT_EQ(CTX_OK, after_integers(8, &packed));
  expect_refused(after_integers(9, &packed), text);
  ctx_type aligned = describe(CTX_KIND_STRUCT, 16, 16, &member, 1);
  EXPECT_EQ(CTX_OK, after_integers(1, &aligned));
  EXPECT_EQ(CTX_OK, after_integers(9, &aligned));
}

CTX_TEST(Refusal, PackedBitFieldsOfInt128InOneRegister) {
  const char *text = "packed bit-fields of 128-bit integers";
  ctx_member member = {.name = "a", .type = &ctx_type_u128, .count = 1, .bit_width = 20};
  ctx_type packed = describe(CTX_KIND_STRUCT, 3, 1, &member, 1);
  EXPECT_EQ(CTX_OK, after_integers(1, &packed));
  expect_refused(prepare(&ctx_type_i64, 1, 0, &packed, 1), text);
  EXPECT_EQ(CTX_OK, prepare(&ctx_type_i64, 2, 0, &packed, 1));
}

CTX_TEST(Refusal, PackedElementsOf16BytesInMemory) {
  const char *text = "packed structs of 16-byte elements";
  ctx_member member = {.name = "a", .type = &ctx_type_v128, .count = 1};
  ctx_type packed = describe(CTX_KIND_STRUCT, 16, 1, &member, 1);
  EXPECT_EQ(CTX_OK, prepare(&ctx_type_f64, 7, 0, &packed, CTX_NOT_VARIADIC));
  EXPECT_EQ(CTX_OK, after_slots(0, &packed, CTX_NOT_VARIADIC));
  expect_refused(after_slots(1, &packed, CTX_NOT_VARIADIC), text);
  ctx_type aligned = describe(CTX_KIND_STRUCT, 16, 16, &member, 1);
  EXPECT_EQ(CTX_OK, after_slots(1, &aligned, CTX_NOT_VARIADIC));
}

CTX_TEST(Refusal, HomogeneousAggregatesAbove16InVariadicFunctions) {
  const char *text = "an alignment above 16 in memory";
  ctx_member member = {.name = "a", .type = &ctx_type_v128, .count = 2};
  ctx_type strict = describe(CTX_KIND_STRUCT, 32, 32, &member, 1);
  EXPECT_EQ(CTX_OK, after_slots(0, &strict, CTX_NOT_VARIADIC));
  expect_refused(after_slots(0, &strict, 1), text); /* unnamed */
  expect_refused(after_slots(0, &strict, 9), text); /* named */
  EXPECT_EQ(CTX_OK, prepare(&ctx_type_f64, 6, 0, &strict, 1));
}

/* A ctx_value says where it stands. */
CTX_TEST(Refusal, ThemAmongValues) {
  static _Alignas(32) uint8_t bytes[32];
  ctx_member member = {.name = "a", .type = &ctx_type_v128, .count = 2};
  ctx_type strict = describe(CTX_KIND_STRUCT, 32, 32, &member, 1);
  ctx_value values[9];
  for (size_t i = 0; i < 8; i++)
    values[i] = ctx_f64(1);
  values[8] = ctx_aggregate(&strict, bytes);
  EXPECT_NE(0, ctx_stack_needed(values, 9));
  ctx_promote_(values, 9, 9);
  EXPECT_EQ(0, ctx_stack_needed(values, 9));
  ctx_promote_(values, 9, 1);
  EXPECT_EQ(0, ctx_stack_needed(values, 9));
}

/* Either it or its member has an attribute. */
CTX_TEST(Refusal, AlignmentOfAMemberOrTheWhole) {
  const char *text = "no description says";
  ctx_member member = {.name = "a", .type = &ctx_type_i64, .count = 1};
  ctx_type adjusted = describe(CTX_KIND_STRUCT, 16, 16, &member, 1);
  EXPECT_EQ(CTX_OK, after_integers(0, &adjusted));
  expect_refused(after_integers(1, &adjusted), text);
  EXPECT_EQ(CTX_OK, after_integers(8, &adjusted));
  expect_refused(after_integers(9, &adjusted), text);
  /* The member's type is so aligned. */
  ctx_member nested = {.name = "b", .type = &adjusted, .count = 1};
  ctx_type outer = describe(CTX_KIND_STRUCT, 16, 16, &nested, 1);
  EXPECT_EQ(CTX_OK, after_integers(1, &outer));
  /* A copy's address is aligned as any pointer. */
  ctx_type large = describe(CTX_KIND_STRUCT, 32, 32, &member, 1);
  EXPECT_EQ(CTX_OK, after_integers(1, &large));
}

CTX_TEST(Refusal, VectorsAbove16Bytes) {
  const char *text = "AAPCS64 has no vectors of more than 16 bytes";
  expect_refused(after_integers(0, &ctx_type_v256), text);
  expect_refused(after_integers(0, &ctx_type_v512), text);
  ctx_member member = {.name = "a", .type = &ctx_type_v256, .count = 1};
  ctx_type holder = describe(CTX_KIND_STRUCT, 32, 32, &member, 1);
  expect_refused(after_integers(0, &holder), text);
  member.type = &ctx_type_u64;
  EXPECT_EQ(CTX_OK, after_integers(0, &holder));
}

CTX_TEST(Refusal, AlignmentsAbove64) {
  ctx_member member = {.name = "a", .type = &ctx_type_u64, .count = 1};
  ctx_type strict = describe(CTX_KIND_STRUCT, 64, 64, &member, 1);
  EXPECT_EQ(CTX_OK, after_integers(0, &strict));
  strict.size = strict.align = 128;
  expect_refused(after_integers(0, &strict), "an alignment of 128 bytes is above 64");
}
