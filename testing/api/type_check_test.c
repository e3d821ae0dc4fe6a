/* Numbers that descriptions of types are checked by, where no description can be so large; and how
 * much of a description a check looks at. */
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

/* ---- What a check looks at ---- */

static size_t looked_at(const ctx_type_checker *checker) {
  return CTX_TYPE_MAX_MEMBERS - checker->members_left;
}

/* Each type has the one before as `width` members. */
enum { MAX_CHAIN = 62, MAX_WIDTH = 3 };
static ctx_type chain[MAX_CHAIN];
static ctx_member chain_members[MAX_CHAIN][MAX_WIDTH];

static const ctx_type *make_chain(size_t length, size_t width) {
  for (size_t i = 0; i < length; i++) {
    const ctx_type *before = i == 0 ? &empty_type : &chain[i - 1];
    for (size_t j = 0; j < width; j++)
      chain_members[i][j] = (ctx_member){.name = "m", .type = before, .count = 1};
    chain[i] = (ctx_type){CTX_KIND_STRUCT, 0, 0, 1, "t", chain_members[i], width};
  }
  return &chain[length - 1];
}

CTX_TEST(TypeCheck, EachMemberOfEachDescriptionIsLookedAtOnce) {
  ctx_type_checker checker;
  ctx_type_checker_begin(&checker);
  EXPECT_EQ(CTX_OK, ctx_type_check(&checker, make_chain(MAX_CHAIN, MAX_WIDTH)));
  EXPECT_EQ(MAX_WIDTH * MAX_CHAIN, looked_at(&checker));
  EXPECT_EQ(MAX_CHAIN, checker.num_checked);
}

CTX_TEST(TypeCheck, WhatAnArgumentHadIsNotLookedAtAgain) {
  ctx_type_checker checker;
  ctx_type_checker_begin(&checker);
  EXPECT_EQ(CTX_OK, ctx_type_check(&checker, make_chain(MAX_CHAIN, MAX_WIDTH)));
  for (size_t i = 0; i < MAX_CHAIN; i++)
    EXPECT_EQ(CTX_OK, ctx_type_check(&checker, &chain[i]));
  EXPECT_EQ(MAX_WIDTH * MAX_CHAIN, looked_at(&checker));
}

/* Structs of scalars are not among them. */
CTX_TEST(TypeCheck, ManyAreRememberedAndThenTheOldestIsForgotten) {
  enum { NUM = CTX_TYPE_MAX_REMEMBERED + 1 };
  const ctx_member of_empty = {.name = "e", .type = &empty_type, .count = 1};
  const ctx_member of_scalar = {.name = "i", .type = &ctx_type_i32, .count = 1};
  const ctx_type flat = {CTX_KIND_STRUCT, 0, 4, 4, "flat", &of_scalar, 1};
  ctx_type types[NUM];
  ctx_type_checker checker;
  ctx_type_checker_begin(&checker);
  for (size_t i = 0; i < NUM; i++) {
    types[i] = (ctx_type){CTX_KIND_STRUCT, 0, 0, 1, "t", &of_empty, 1};
    EXPECT_EQ(CTX_OK, ctx_type_check(&checker, &types[i]));
  }
  EXPECT_EQ(CTX_OK, ctx_type_check(&checker, &flat));
  size_t before = looked_at(&checker);
  for (size_t i = 1; i < NUM; i++)
    EXPECT_EQ(CTX_OK, ctx_type_check(&checker, &types[i]));
  EXPECT_EQ(before, looked_at(&checker));
  EXPECT_EQ(CTX_OK, ctx_type_check(&checker, &types[0]));
  EXPECT_EQ(before + 1, looked_at(&checker));
}

/* A type that is remembered counts as if it were looked at, since later walks will look at it. */
CTX_TEST(TypeCheck, WhatIsNotEmptyCountsAtEachPlace) {
  const ctx_member members[] = {{.name = "a", .type = &ctx_type_i8, .count = 1},
                                {.name = "b", .type = &ctx_type_i8, .offset = 1, .count = 1}};
  const ctx_type pair = {CTX_KIND_STRUCT, 0, 2, 1, "pair", members, 2};
  const ctx_member inner_members[] = {{.name = "p", .type = &pair, .count = 3}};
  const ctx_type inner = {CTX_KIND_STRUCT, 0, 6, 1, "inner", inner_members, 1};
  const ctx_member outer_members[] = {{.name = "i", .type = &inner, .count = 2},
                                      {.name = "j", .type = &inner, .offset = 12, .count = 1}};
  const ctx_type outer = {CTX_KIND_STRUCT, 0, 18, 1, "outer", outer_members, 2};
  ctx_type_checker checker;
  ctx_type_checker_begin(&checker);
  EXPECT_EQ(CTX_OK, ctx_type_check(&checker, &outer));
  EXPECT_EQ(2 + 3 * (1 + 3 * 2), looked_at(&checker));
  EXPECT_EQ(CTX_OK, ctx_type_check(&checker, &outer));
  EXPECT_EQ(2 * (2 + 3 * (1 + 3 * 2)), looked_at(&checker));
}
