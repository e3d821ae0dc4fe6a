/* Each limit of a description, and one step beyond it: the last that is taken, the first that is
 * refused. */
#include <float.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

__extension__ struct empty {};
CTX_EMPTY_STRUCT(empty_type, struct empty);

__extension__ struct around_empty { struct empty e; };
CTX_STRUCT(around_empty_type, struct around_empty, CTX_MEMBER(struct around_empty, e, empty_type));

enum { UNKNOWN = 0, BY_SIZE = -1 };
#define LARGEST ((size_t)1 << 30)
#define MEMBER(member_type, member_offset, member_count, member_size)              \
  {                                                                                \
    .name = "m", .type = &(member_type), .offset = (member_offset),                \
    .count = (size_t)(member_count), .size = (size_t)(member_size), .bit_width = 0 \
  }
#define BITS(unit, member_offset, first, width)                                                \
  {                                                                                            \
    .name = "b", .type = &(unit), .offset = (member_offset), .count = 1, .bit_width = (width), \
    .bit_offset = (first)                                                                      \
  }

typedef struct description {
  const char *what;
  ctx_status expected;
  size_t size;
  size_t align;
  size_t num_members;
  ctx_member members[2];
} description;

static const description structs[] = {
    /* Places. */
    {"fills it", CTX_OK, 4, 4, 1, {MEMBER(ctx_type_i32, 0, 1, 4)}},
    {"a byte too far", CTX_ERR_BAD_TYPE, 4, 1, 1, {MEMBER(ctx_type_i32, 1, 1, 4)}},
    {"empty, at the end",
     CTX_OK,
     4,
     4,
     2,
     {MEMBER(ctx_type_i32, 0, 1, 4), MEMBER(empty_type, 4, 1, UNKNOWN)}},
    {"empty, beyond", CTX_ERR_BAD_TYPE, 4, 4, 1, {MEMBER(empty_type, 5, 1, UNKNOWN)}},
    {"side by side",
     CTX_OK,
     8,
     4,
     2,
     {MEMBER(ctx_type_i32, 0, 1, 4), MEMBER(ctx_type_i32, 4, 1, 4)}},
    {"a byte over each other",
     CTX_ERR_BAD_TYPE,
     8,
     1,
     2,
     {MEMBER(ctx_type_i32, 0, 1, 4), MEMBER(ctx_type_i32, 3, 1, 4)}},
    {"out of order",
     CTX_ERR_BAD_TYPE,
     8,
     4,
     2,
     {MEMBER(ctx_type_i32, 4, 1, 4), MEMBER(ctx_type_i32, 0, 1, 4)}},
    {"void", CTX_ERR_BAD_TYPE, 4, 4, 1, {MEMBER(ctx_type_void, 0, 1, UNKNOWN)}},

    /* Arrays. */
    {"array that fills it", CTX_OK, 12, 4, 1, {MEMBER(ctx_type_i32, 0, 3, 12)}},
    {"array, one too many", CTX_ERR_BAD_TYPE, 12, 4, 1, {MEMBER(ctx_type_i32, 0, 4, 16)}},
    {"array at an offset", CTX_OK, 12, 4, 1, {MEMBER(ctx_type_i32, 4, 2, 8)}},
    {"array at an offset, too long", CTX_ERR_BAD_TYPE, 12, 4, 1, {MEMBER(ctx_type_i32, 4, 3, 12)}},
    {"count by size", CTX_OK, 12, 4, 1, {MEMBER(ctx_type_i32, 0, BY_SIZE, 12)}},
    {"part of an element", CTX_ERR_BAD_TYPE, 12, 4, 1, {MEMBER(ctx_type_i32, 0, BY_SIZE, 10)}},
    {"of empty ones, by size", CTX_OK, 0, 1, 1, {MEMBER(empty_type, 0, BY_SIZE, 0)}},
    {"of empty ones, with bytes", CTX_ERR_BAD_TYPE, 4, 4, 1, {MEMBER(empty_type, 0, BY_SIZE, 4)}},
    {"of many with a member each, all empty",
     CTX_OK,
     4,
     4,
     2,
     {MEMBER(around_empty_type, 0, 1 << 21, UNKNOWN), MEMBER(ctx_type_i32, 0, 1, 4)}},
    {"flexible bytes", CTX_ERR_UNSUPPORTED_TYPE, 4, 1, 1, {MEMBER(ctx_type_u8, 4, BY_SIZE, 0)}},
    {"no element", CTX_ERR_UNSUPPORTED_TYPE, 4, 4, 1, {MEMBER(ctx_type_i32, 0, 0, UNKNOWN)}},
    {"wrong size of an element", CTX_ERR_BAD_TYPE, 8, 4, 1, {MEMBER(ctx_type_i32, 0, 1, 8)}},
    {"size not a multiple", CTX_ERR_BAD_TYPE, 12, 4, 1, {MEMBER(ctx_type_i32, 0, 2, 9)}},

    /* Bit-fields. */
    {"all of its type", CTX_OK, 4, 4, 1, {BITS(ctx_type_i32, 0, 0, 32)}},
    {"wider than its type", CTX_ERR_BAD_TYPE, 8, 4, 1, {BITS(ctx_type_i32, 0, 0, 33)}},
    {"of bool", CTX_OK, 1, 1, 1, {BITS(ctx_type_bool, 0, 7, 1)}},
    {"two of bool", CTX_ERR_BAD_TYPE, 1, 1, 1, {BITS(ctx_type_bool, 0, 0, 2)}},
    {"of __int128", CTX_OK, 16, 16, 1, {BITS(ctx_type_i128, 0, 0, 128)}},
    {"of unsigned __int128", CTX_OK, 16, 16, 1, {BITS(ctx_type_u128, 0, 64, 64)}},
    {"wider than __int128", CTX_ERR_BAD_TYPE, 32, 16, 1, {BITS(ctx_type_i128, 0, 0, 129)}},
    {"of float", CTX_ERR_BAD_TYPE, 4, 4, 1, {BITS(ctx_type_f32, 0, 0, 3)}},
    {"up to the end", CTX_OK, 8, 4, 1, {BITS(ctx_type_u32, 4, 8, 24)}},
    {"a bit too far", CTX_ERR_BAD_TYPE, 8, 4, 1, {BITS(ctx_type_u32, 4, 9, 24)}},
    {"far beyond", CTX_ERR_BAD_TYPE, 8, 4, 1, {BITS(ctx_type_u32, 4, 64, 1)}},
    {"neighbours", CTX_OK, 4, 4, 2, {BITS(ctx_type_u32, 0, 0, 3), BITS(ctx_type_u32, 0, 3, 5)}},
    {"a bit over each other",
     CTX_ERR_BAD_TYPE,
     4,
     4,
     2,
     {BITS(ctx_type_u32, 0, 0, 3), BITS(ctx_type_u32, 0, 2, 5)}},

    /* The whole. */
    {"bytes without a member", CTX_ERR_UNSUPPORTED_TYPE, 1, 1, 0, {MEMBER(ctx_type_u8, 0, 1, 1)}},
    {"nothing without a member", CTX_OK, 0, 16, 0, {MEMBER(ctx_type_u8, 0, 1, 1)}},
    {"bytes of what is empty", CTX_ERR_UNSUPPORTED_TYPE, 1, 1, 1, {MEMBER(empty_type, 0, 1, 0)}},
    {"as large as can be", CTX_OK, LARGEST, 1, 1, {MEMBER(ctx_type_u8, 0, BY_SIZE, LARGEST)}},
    {"a byte larger",
     CTX_ERR_UNSUPPORTED_TYPE,
     LARGEST + 1,
     1,
     1,
     {MEMBER(ctx_type_u8, 0, BY_SIZE, LARGEST)}},
    {"aligned to nothing", CTX_ERR_BAD_TYPE, 4, 0, 1, {MEMBER(ctx_type_i32, 0, 1, 4)}},
    {"aligned to three", CTX_ERR_BAD_TYPE, 6, 3, 1, {MEMBER(ctx_type_i32, 0, 1, 4)}},
    {"no multiple of it", CTX_ERR_BAD_TYPE, 6, 4, 1, {MEMBER(ctx_type_i32, 0, 1, 4)}},
    {"no type", CTX_ERR_NULL_ARGUMENT, 4, 4, 1, {{.name = "m", .count = 1}}},
};

static const description unions[] = {
    {"together", CTX_OK, 8, 8, 2, {MEMBER(ctx_type_i32, 0, 1, 4), MEMBER(ctx_type_f64, 0, 1, 8)}},
    {"not at its beginning", CTX_ERR_BAD_TYPE, 8, 4, 1, {MEMBER(ctx_type_i32, 4, 1, 4)}},
    {"a bit behind its beginning", CTX_ERR_BAD_TYPE, 4, 4, 1, {BITS(ctx_type_u32, 0, 1, 3)}},
};

typedef ctx_status (*creator)(ctx_type **out, size_t size, size_t align, const ctx_member *members,
                              size_t num_members);

static void check(creator create, const description *d) {
  ctx_test_note("%s", d->what);
  ctx_type *type = NULL;
  EXPECT_EQ(d->expected, create(&type, d->size, d->align, d->members, d->num_members));
  ctx_type_destroy(type);
}

CTX_TEST(TypeLimits, OfStructs) {
  for (size_t i = 0; i < sizeof structs / sizeof structs[0]; i++)
    check(ctx_type_create_struct, &structs[i]);
}

CTX_TEST(TypeLimits, OfUnions) {
  for (size_t i = 0; i < sizeof unions / sizeof unions[0]; i++)
    check(ctx_type_create_union, &unions[i]);
}

/* A scalar that is not quite one of the library's. */
CTX_TEST(TypeLimits, OfScalars) {
  ctx_type scalars[] = {ctx_type_i32, ctx_type_i32, ctx_type_i32};
  scalars[1].size = 8;
  scalars[2].align = 8;
  for (size_t i = 0; i < sizeof scalars / sizeof scalars[0]; i++) {
    ctx_test_note("scalar %zu", i);
    const ctx_member member = {.name = "m", .type = &scalars[i], .count = 1};
    ctx_type *type = NULL;
    EXPECT_EQ(i == 0 ? CTX_OK : CTX_ERR_BAD_TYPE, ctx_type_create_struct(&type, 8, 8, &member, 1));
    ctx_type_destroy(type);
  }
}

/* struct { struct { char c[num_inner]; } a[count]; char m, ...; }, with so many m, each a member of
 * its own; and so are all of an inner one. */
static ctx_status with_members(size_t num_inner, size_t count, size_t num_more) {
  enum { MOST = 3 };
  ctx_member inner_members[MOST];
  ctx_member members[1 + MOST];
  for (size_t i = 0; i < num_inner; i++)
    inner_members[i] = (ctx_member)MEMBER(ctx_type_i8, i, 1, 1);
  ctx_type *inner = NULL;
  EXPECT_EQ(CTX_OK, ctx_type_create_struct(&inner, num_inner, 1, inner_members, num_inner));
  members[0] = (ctx_member)MEMBER(*inner, 0, count, 0);
  for (size_t i = 0; i < num_more; i++)
    members[1 + i] = (ctx_member)MEMBER(ctx_type_i8, num_inner * count + i, 1, 1);
  ctx_type *type = NULL;
  ctx_status status =
      ctx_type_create_struct(&type, num_inner * count + num_more, 1, members, 1 + num_more);
  ctx_type_destroy(type);
  ctx_type_destroy(inner);
  return status;
}

/* The array is a member, too. */
CTX_TEST(TypeLimits, OfMembersInAll) {
  const size_t most = (size_t)1 << 20;
  EXPECT_EQ(CTX_OK, with_members(1, most - 1, 0));
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, with_members(1, most, 0));
  EXPECT_EQ(CTX_OK, with_members(2, most / 2 - 1, 1)); /* 1 + 2 * (most / 2 - 1) + 1 */
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, with_members(2, most / 2 - 1, 2));
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, with_members(2, most / 2, 0));
}

/* Each of them may have padding, which is stepped over. */
CTX_TEST(TypeLimits, OfLongDoublesInAll) {
  const size_t most = (size_t)1 << 20;
  for (size_t count = most; count <= most + 1; count++) {
    const ctx_member array = MEMBER(ctx_type_long_double, 0, count, 0);
    ctx_type *type = NULL;
    bool has_padding = LDBL_MANT_DIG == 64;
    EXPECT_EQ(has_padding && count > most ? CTX_ERR_UNSUPPORTED_TYPE : CTX_OK,
              ctx_type_create_struct(&type, 16 * count, 16, &array, 1));
    ctx_type_destroy(type);
  }
}

static ctx_status prepare_two(size_t first_size, size_t second_size) {
  const size_t sizes[] = {first_size, second_size};
  ctx_type *types[2] = {NULL, NULL};
  for (size_t i = 0; i < 2; i++) {
    const ctx_member bytes = MEMBER(ctx_type_u8, 0, BY_SIZE, sizes[i]);
    EXPECT_EQ(CTX_OK, ctx_type_create_struct(&types[i], sizes[i], 1, &bytes, 1));
  }
  ctx_signature *signature = NULL;
  ctx_status status =
      ctx_signature_create(&signature, NULL, (const ctx_type *const *)types, 2, CTX_NOT_VARIADIC);
  ctx_signature_destroy(signature);
  ctx_type_destroy(types[0]);
  ctx_type_destroy(types[1]);
  return status;
}

/* To align the second may take a byte more. */
CTX_TEST(TypeLimits, OfAllArguments) {
  EXPECT_EQ(CTX_OK, prepare_two(LARGEST / 2, LARGEST / 2 - 1));
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, prepare_two(LARGEST / 2, LARGEST / 2));
}
