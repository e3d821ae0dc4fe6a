/* Numbers that descriptions of types are checked by, where no description can be so large. */
#include "ctx/type/check.h"

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

__extension__ struct empty {};
CTX_EMPTY_STRUCT(empty_type, struct empty);

CTX_TEST(TypeCheck, AsManyArgumentsAsFitAreNotTooMany) {
  EXPECT_EQ(CTX_OK, ctx_type_check_count(0));
  EXPECT_EQ(CTX_OK, ctx_type_check_count(CTX_TYPE_MAX_ARGS));
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, ctx_type_check_count(CTX_TYPE_MAX_ARGS + 1));
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, ctx_type_check_count(SIZE_MAX));
}

CTX_TEST(TypeCheck, MembersAreCountedByTheirSizes) {
  const ctx_member five = {.type = &ctx_type_i16, .size = 10, .count = CTX_COUNT_BY_SIZE_};
  EXPECT_EQ(5, ctx_member_count(&five));
  const ctx_member three = {.type = &ctx_type_i16, .count = 3};
  EXPECT_EQ(3, ctx_member_count(&three));
}

/* Of what has no size there are as many as one likes: it counts as one. */
CTX_TEST(TypeCheck, EmptyMemberCountsAsOne) {
  const ctx_member member = {.type = &empty_type, .count = CTX_COUNT_BY_SIZE_};
  EXPECT_EQ(1, ctx_member_count(&member));
}
