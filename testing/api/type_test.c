/* Descriptions of types: the macros describe a declaration as it is, and a bad description is
 * refused with a text that names the fault. */
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

struct inner {
  short s;
  char name[3];
};
CTX_STRUCT(inner_type, struct inner, CTX_MEMBER(struct inner, s, ctx_type_i16),
           CTX_MEMBER_ARRAY(struct inner, name, ctx_type_i8));

struct outer {
  double d;
  struct inner inner[2];
  int grid[2][3];
};
CTX_STRUCT(outer_type, struct outer, CTX_MEMBER(struct outer, d, ctx_type_f64),
           CTX_MEMBER_ARRAY(struct outer, inner, inner_type),
           CTX_MEMBER_ARRAY(struct outer, grid, ctx_type_i32));

union number {
  long i;
  float f;
};
CTX_UNION(number_type, union number, CTX_MEMBER(union number, i, ctx_type_i64),
          CTX_MEMBER(union number, f, ctx_type_f32));

struct bits {
  unsigned a : 3;
  unsigned b : 30;
};
CTX_STRUCT(bits_type, struct bits, CTX_BITFIELD(a, ctx_type_u32, 0, 3),
           CTX_BITFIELD(b, ctx_type_u32, 32, 30));

__extension__ struct empty {};
CTX_EMPTY_STRUCT(empty_type, struct empty);

static ctx_status prepare(const ctx_type *type) {
  const ctx_type *const args[] = {type};
  ctx_signature *signature = NULL;
  ctx_status status = ctx_signature_create(&signature, NULL, args, 1, CTX_NOT_VARIADIC);
  EXPECT_EQ(status == CTX_OK, signature != NULL);
  ctx_signature_destroy(signature);
  return status;
}

CTX_TEST(Type, MacrosTakeSizesAndOffsetsFromTheCompiler) {
  EXPECT_EQ(sizeof(struct outer), outer_type.size);
  EXPECT_EQ(_Alignof(struct outer), outer_type.align);
  EXPECT_STREQ("struct outer", outer_type.name);
  ASSERT_EQ(3, outer_type.num_members);
  EXPECT_EQ(offsetof(struct outer, grid), outer_type.members[2].offset);
  EXPECT_EQ(sizeof(int[2][3]), outer_type.members[2].size);
  EXPECT_STREQ("grid", outer_type.members[2].name);
  EXPECT_EQ(CTX_OK, prepare(&outer_type));
  EXPECT_EQ(CTX_OK, prepare(&number_type));
  EXPECT_EQ(CTX_OK, prepare(&bits_type));
  EXPECT_EQ(CTX_OK, prepare(&empty_type));
}

/* A description that is filled in as a JIT would, of one struct with two members, and its faults.
 */
static ctx_member members[2];
static ctx_type *created;

static ctx_status create(size_t size, size_t align) {
  created = (ctx_type *)members; /* to see that it is not written */
  ctx_status status = ctx_type_create_struct(&created, size, align, members, 2);
  if (status != CTX_OK) EXPECT_EQ((void *)members, created);
  if (status == CTX_OK) ctx_type_destroy(created);
  return status;
}

static void describe_pair(void) {
  memset(members, 0, sizeof members);
  members[0] = (ctx_member){.name = "first", .type = &ctx_type_i32, .offset = 0, .count = 1};
  members[1] = (ctx_member){.name = "second", .type = &ctx_type_f64, .offset = 8, .count = 2};
}

static void expect_refused(ctx_status expected, size_t size, size_t align, const char *text) {
  EXPECT_EQ(expected, create(size, align));
  if (strstr(ctx_type_error(), text) == NULL) EXPECT_STREQ(text, ctx_type_error());
  describe_pair();
}

CTX_TEST(Type, MadeAtRunTimeIsLikeTheMacros) {
  describe_pair();
  EXPECT_EQ(CTX_OK, create(24, 8));
  EXPECT_EQ(CTX_OK, ctx_type_create_union(&created, 8, 8, members, 1));
  EXPECT_EQ(CTX_OK, prepare(created));
  ctx_type_destroy(created);
  EXPECT_EQ(CTX_OK, ctx_type_create_struct(&created, 0, 1, NULL, 0));
  EXPECT_EQ(CTX_OK, prepare(created));
  ctx_type_destroy(created);
  ctx_type_destroy(NULL);
}

CTX_TEST(Type, MadeAtRunTimeIsNamedInTexts) {
  describe_pair();
  EXPECT_EQ(CTX_OK, ctx_type_create_struct(&created, 24, 8, members, 2));
  created->size = 1;
  EXPECT_EQ(CTX_ERR_BAD_TYPE, prepare(created));
  EXPECT_TRUE(strstr(ctx_type_error(), "argument 1: struct: a size of 1") != NULL);
  ctx_type_destroy(created);
  EXPECT_EQ(CTX_OK, ctx_type_create_union(&created, 8, 8, members, 1));
  created->size = 1;
  EXPECT_EQ(CTX_ERR_BAD_TYPE, prepare(created));
  EXPECT_TRUE(strstr(ctx_type_error(), "argument 1: union: a size of 1") != NULL);
  ctx_type_destroy(created);
}

CTX_TEST(Type, KeepsItsOwnMembers) {
  describe_pair();
  ASSERT_EQ(CTX_OK, ctx_type_create_struct(&created, 24, 8, members, 2));
  memset(members, 0xff, sizeof members);
  EXPECT_EQ(CTX_OK, prepare(created));
  EXPECT_STREQ("second", created->members[1].name);
  ctx_type_destroy(created);
}

CTX_TEST(Type, ThatContradictsItselfIsRefusedWithAText) {
  describe_pair();
  expect_refused(CTX_ERR_BAD_TYPE, 23, 1, "member 'second': it reaches beyond");
  expect_refused(CTX_ERR_BAD_TYPE, 24, 3, "not a power of two");
  expect_refused(CTX_ERR_BAD_TYPE, 24, 0, "not a power of two");
  expect_refused(CTX_ERR_BAD_TYPE, 24, 16, "not a multiple of the alignment");
  members[1].offset = 3;
  expect_refused(CTX_ERR_BAD_TYPE, 24, 8, "member 'second': it overlaps");
  members[1].offset = 25;
  expect_refused(CTX_ERR_BAD_TYPE, 24, 8, "member 'second': it lies outside");
  members[1].count = SIZE_MAX / 2;
  expect_refused(CTX_ERR_BAD_TYPE, 24, 8, "it reaches beyond");
  members[1].size = 17;
  expect_refused(CTX_ERR_BAD_TYPE, 24, 8, "has 17 bytes");
  members[1].count = (size_t)-1, members[1].size = 12;
  expect_refused(CTX_ERR_BAD_TYPE, 24, 8, "not an array of elements of 8 bytes");
  members[0].type = &ctx_type_void;
  expect_refused(CTX_ERR_BAD_TYPE, 24, 8, "member 'first': a member cannot be void");
  members[0].bit_width = 33;
  expect_refused(CTX_ERR_BAD_TYPE, 24, 8, "wider than its type");
  members[0].bit_width = 8, members[0].bit_offset = 24 * 8 - 7;
  expect_refused(CTX_ERR_BAD_TYPE, 24, 8, "it lies outside");
  members[0].bit_width = 8, members[0].count = 2;
  expect_refused(CTX_ERR_BAD_TYPE, 24, 8, "no arrays");
  members[0].bit_offset = 3;
  expect_refused(CTX_ERR_BAD_TYPE, 24, 8, "has no width");
  members[1].bit_width = 8;
  expect_refused(CTX_ERR_BAD_TYPE, 24, 8, "must be an integer");
  members[0].name = NULL, members[0].offset = 24;
  expect_refused(CTX_ERR_BAD_TYPE, 24, 8, "member 0: ");
  ctx_type scalar = ctx_type_i32;
  scalar.size = 8;
  EXPECT_EQ(CTX_ERR_BAD_TYPE, prepare(&scalar));
  scalar = ctx_type_void;
  scalar.num_members = 1;
  EXPECT_EQ(CTX_ERR_BAD_TYPE, prepare(&scalar));
  scalar.kind = CTX_NUM_KINDS;
  EXPECT_EQ(CTX_ERR_BAD_TYPE, prepare(&scalar));
  members[0].offset = 4;
  EXPECT_EQ(CTX_ERR_BAD_TYPE, ctx_type_create_union(&created, 8, 8, members, 1));
}

CTX_TEST(Type, ThatIsNotThereIsRefused) {
  describe_pair();
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, ctx_type_create_struct(NULL, 24, 8, members, 2));
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, ctx_type_create_struct(&created, 24, 8, NULL, 2));
  members[1].type = NULL;
  expect_refused(CTX_ERR_NULL_ARGUMENT, 24, 8, "member 'second': its type is null");
}

CTX_TEST(Type, WhatCompilersDisagreeOnIsRefusedWithAText) {
  describe_pair();
  members[1].count = 0;
  expect_refused(CTX_ERR_UNSUPPORTED_TYPE, 24, 8, "flexible and zero-length arrays");
  members[1].count = (size_t)-1;
  expect_refused(CTX_ERR_UNSUPPORTED_TYPE, 24, 8, "flexible and zero-length arrays");
  members[0].bit_width = 4, members[0].name = NULL;
  expect_refused(CTX_ERR_UNSUPPORTED_TYPE, 24, 8, "unnamed bit-fields");
  expect_refused(CTX_ERR_UNSUPPORTED_TYPE, (size_t)1 << 31, 8, "too large");
}

/* `struct { int : 5; }` in all ways of describing it: gcc passes such a thing, and clang does not,
 * or the other way round. */
CTX_TEST(Type, OfUnnamedBitFieldsAloneIsRefused) {
  const char *text = "compilers disagree on unnamed bit-fields";
  const ctx_kind kinds[] = {CTX_KIND_STRUCT, CTX_KIND_UNION};
  const size_t sizes[] = {4, 24, 128};
  for (size_t i = 0; i < 6; i++) {
    const ctx_type bare = {kinds[i % 2], 0, sizes[i / 2], 4, "bare", NULL, 0};
    EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, prepare(&bare));
    EXPECT_TRUE(strstr(ctx_type_error(), text) != NULL);
    /* In another one, alone, in an array, beside what is empty, and beside a value. */
    const ctx_member of_bare = {"a", &bare, 0, 1, bare.size, 0, 0};
    const ctx_type around = {CTX_KIND_STRUCT, 0, bare.size, 4, "around", &of_bare, 1};
    EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, prepare(&around));
    const ctx_member of_two = {"a", &bare, 0, 2, 2 * bare.size, 0, 0};
    const ctx_type array = {CTX_KIND_STRUCT, 0, 2 * bare.size, 4, "array", &of_two, 1};
    EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, prepare(&array));
    const ctx_member of_nothing = {"a", &empty_type, 0, 1, 0, 0, 0};
    const ctx_type beside = {kinds[i % 2], 0, bare.size, 4, "beside", &of_nothing, 1};
    EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, prepare(&beside));
    const ctx_member pair_members[] = {{"a", &bare, 0, 1, bare.size, 0, 0},
                                       {"b", &ctx_type_f32, bare.size, 1, 4, 0, 0}};
    const ctx_type pair = {CTX_KIND_STRUCT, 0, bare.size + 4, 4, "pair", pair_members, 2};
    EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, prepare(&pair));
    EXPECT_TRUE(strstr(ctx_type_error(), text) != NULL);
    ctx_signature *signature;
    EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE,
              ctx_signature_create(&signature, &bare, NULL, 0, CTX_NOT_VARIADIC));
  }
  EXPECT_EQ(CTX_OK, prepare(&empty_type));
}

CTX_TEST(Type, NestingHasAnEnd) {
  ctx_type chain[64];
  ctx_member links[64];
  for (size_t i = 0; i < 64; i++) {
    links[i] = (ctx_member){"next", i == 0 ? &ctx_type_i32 : &chain[i - 1], 0, 1, 4, 0, 0};
    chain[i] = (ctx_type){CTX_KIND_STRUCT, 0, 4, 4, "struct link", &links[i], 1};
  }
  EXPECT_EQ(CTX_OK, prepare(&chain[62]));
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, prepare(&chain[63]));
  EXPECT_TRUE(strstr(ctx_type_error(), "struct link: member 'next': struct link") != NULL);
  links[0].type = &chain[63]; /* a ring */
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, prepare(&chain[0]));
}

/* Each has the one below twice: a tree of 2^60 types that is cheap to describe. */
CTX_TEST(Type, SoHasTheirNumberOfMembers) {
  ctx_type chain[60];
  ctx_member links[60][2];
  for (size_t i = 0; i < 60; i++) {
    const ctx_type *below = i == 0 ? &ctx_type_i8 : &chain[i - 1];
    for (size_t k = 0; k < 2; k++)
      links[i][k] = (ctx_member){"twice", below, 0, 1, 0, 0, 0};
    chain[i] = (ctx_type){CTX_KIND_UNION, 0, 1, 1, "union tree", links[i], 2};
  }
  EXPECT_EQ(CTX_OK, prepare(&chain[10]));
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, prepare(&chain[59]));
  EXPECT_TRUE(strstr(ctx_type_error(), "it has more than 1048576 members in all") != NULL);
}

/* A chain of structs with names of these lengths, of which the innermost contradicts itself; the
 * outermost first. */
enum { NUM_NAMES = 4, MAX_NAME = 200 };
static size_t length_of_text(const size_t lengths[NUM_NAMES]) {
  static char names[NUM_NAMES][MAX_NAME + 1];
  ctx_type types[NUM_NAMES];
  ctx_member links[NUM_NAMES];
  for (size_t i = NUM_NAMES; i-- != 0;) {
    memset(names[i], 'n', lengths[i]);
    names[i][lengths[i]] = '\0';
    const ctx_type *next = i + 1 < NUM_NAMES ? &types[i + 1] : &ctx_type_void;
    links[i] = (ctx_member){"m", next, 0, 1, 4, 0, 0};
    types[i] = (ctx_type){CTX_KIND_STRUCT, 0, 4, 4, names[i], &links[i], 1};
  }
  EXPECT_EQ(CTX_ERR_BAD_TYPE, prepare(&types[0]));
  return strlen(ctx_type_error());
}

CTX_TEST(Type, ATextHasWhatIsWrongAndAsMuchOfWhereAsFits) {
  size_t lengths[NUM_NAMES] = {1, 1, 1, 1};
  size_t shortest = length_of_text(lengths);
  lengths[0] = MAX_NAME; /* cut at 127 */
  EXPECT_EQ(shortest + 126, length_of_text(lengths));
  size_t longest = 0;
  lengths[0] = lengths[1] = lengths[2] = 127;
  for (lengths[3] = 1; lengths[3] <= 127; lengths[3]++) {
    size_t length = length_of_text(lengths);
    if (length > longest) longest = length;
    EXPECT_TRUE(strstr(ctx_type_error(), "a member cannot be void") != NULL);
  }
  EXPECT_EQ(511, longest);
}

CTX_TEST(Type, ATextStaysUntilTheNextFailure) {
  describe_pair();
  members[1].count = 0;
  expect_refused(CTX_ERR_UNSUPPORTED_TYPE, 24, 8, "flexible and zero-length arrays");
  char text[256] = "";
  strncat(text, ctx_type_error(), sizeof text - 1);
  EXPECT_EQ(CTX_OK, prepare(&outer_type)); /* which has a name */
  EXPECT_STREQ(text, ctx_type_error());
}
