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
