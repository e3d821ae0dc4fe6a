/* Descriptions that share others are a tree of any size. The time that a call takes is that of the
 * descriptions that were written down, or the call is refused. None of these would end otherwise.
 */
#include <string.h>

#include "ctx/ctx.h"
#include "testing/api/arena.h"
#include "testing/harness/harness.h"

/* Each type of a chain has the one before as two of its members, down to a leaf: the last one has
 * as many leaves as the levels can have. */
enum { MAX_LEVELS = 63, NUM_MEMBERS = 2, NUM_ARGS = 300 };

typedef struct chain {
  ctx_type types[MAX_LEVELS];
  ctx_member members[MAX_LEVELS][NUM_MEMBERS];
} chain;

static const ctx_type *make_chain(chain *c, ctx_kind kind, const ctx_type *leaf, size_t levels) {
  const ctx_type *last = leaf;
  for (size_t i = 0; i < levels; i++) {
    bool is_struct = kind == CTX_KIND_STRUCT;
    for (size_t j = 0; j < NUM_MEMBERS; j++) {
      c->members[i][j] = (ctx_member){
          .name = "m", .type = last, .offset = is_struct ? j * last->size : 0, .count = 1};
    }
    size_t size = is_struct ? NUM_MEMBERS * last->size : last->size;
    c->types[i] = (ctx_type){.kind = kind,
                             .size = size,
                             .align = last->align,
                             .name = "t",
                             .members = c->members[i],
                             .num_members = NUM_MEMBERS};
    last = &c->types[i];
  }
  return last;
}

static const ctx_type nothing = {.kind = CTX_KIND_STRUCT, .size = 0, .align = 1, .name = "nothing"};

static chain one_chain;

/* A chain of empty structs, as deep as a member may be. */
static const ctx_type *all_empty(void) {
  return make_chain(&one_chain, CTX_KIND_STRUCT, &nothing, MAX_LEVELS - 2);
}

static ctx_status prepare(const ctx_type *result, const ctx_type *const *args, size_t num_args) {
  ctx_signature *signature = NULL;
  ctx_status status = ctx_signature_create(&signature, result, args, num_args, CTX_NOT_VARIADIC);
  ctx_signature_destroy(signature);
  return status;
}

static ctx_status prepare_one(const ctx_type *type) { return prepare(NULL, &type, 1); }

static void expect_refused(ctx_status status, const char *text) {
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, status);
  if (strstr(ctx_type_error(), text) == NULL) EXPECT_STREQ(text, ctx_type_error());
}

/* ---- Empty ones ---- */

CTX_TEST(TypeShared, EmptyTypesAreArgumentsAndResultsOfSignatures) {
  const ctx_type *args[NUM_ARGS];
  for (size_t i = 0; i < NUM_ARGS; i++)
    args[i] = all_empty();
  EXPECT_EQ(CTX_OK, prepare(all_empty(), args, NUM_ARGS));
}

CTX_TEST(TypeShared, EmptyTypesAreArgumentsOfInit) {
  static ctx_value args[NUM_ARGS];
  for (size_t i = 0; i < NUM_ARGS; i++)
    args[i] = ctx_aggregate(all_empty(), NULL);
  EXPECT_NE(0, ctx_stack_needed(args, NUM_ARGS));
  EXPECT_EQ(CTX_OK, ctx_init(&ctx_test_arena.child, ctx_test_arena.stack,
                             sizeof ctx_test_arena.stack, ctx_test_noop, args, NUM_ARGS));
}

/* The empty type as a member beside eight bytes, or beside more than any register has. */
CTX_TEST(TypeShared, EmptyTypesAreMembers) {
  static char bytes[128];
  for (size_t size = 8; size <= sizeof bytes; size *= 2) {
    const ctx_member members[] = {
        {.name = "c", .type = &ctx_type_i8, .count = size, .size = size},
        {.name = "e", .type = all_empty(), .offset = size, .count = 1},
        {.name = "a", .type = all_empty(), .offset = size, .count = (size_t)1 << 40}};
    ctx_type *type = NULL;
    ASSERT_EQ(CTX_OK, ctx_type_create_struct(&type, size, 1, members, 3));
    const ctx_value arg = ctx_aggregate(type, bytes);
    EXPECT_EQ(CTX_OK, prepare(type, (const ctx_type *const *)&type, 1));
    EXPECT_EQ(CTX_OK, ctx_init(&ctx_test_arena.child, ctx_test_arena.stack,
                               sizeof ctx_test_arena.stack, ctx_test_noop, &arg, 1));
    ctx_type_destroy(type);
  }
}

CTX_TEST(TypeShared, EmptyTypesAreMembersOfUnions) {
  const ctx_member members[] = {{.name = "e", .type = all_empty(), .count = 1},
                                {.name = "i", .type = &ctx_type_i32, .count = 1}};
  ctx_type *type = NULL;
  ASSERT_EQ(CTX_OK, ctx_type_create_union(&type, 4, 4, members, 2));
  EXPECT_EQ(CTX_OK, prepare_one(type));
  ctx_type_destroy(type);
}

/* So a look at the outermost one says whether all are aligned. */
CTX_TEST(TypeShared, EmptyTypesAreAlignedAsTheirMembers) {
  ctx_type aligned = nothing;
  aligned.align = 8;
  const ctx_member member = {.name = "e", .type = &aligned, .count = 1};
  ctx_type *type = NULL;
  expect_refused(ctx_type_create_struct(&type, 0, 4, &member, 1),
                 "member 'e': it is aligned to more than the empty type around it");
  ASSERT_EQ(CTX_OK, ctx_type_create_struct(&type, 0, 8, &member, 1));
  ctx_type_destroy(type);
}

/* ---- Others ---- */

static const char too_many[] = "more than 1048576 members in all";

/* A union of one byte has as many leaves as a struct of the whole address space. */
CTX_TEST(TypeShared, UnionsHaveABound) {
  expect_refused(prepare_one(make_chain(&one_chain, CTX_KIND_UNION, &ctx_type_i8, MAX_LEVELS)),
                 too_many);
}

CTX_TEST(TypeShared, StructsHaveABound) {
  expect_refused(prepare_one(make_chain(&one_chain, CTX_KIND_STRUCT, &ctx_type_i8, 30)), too_many);
}

/* Up to the bound: 2 + 4 + ... + 2^18 members, each time. */
CTX_TEST(TypeShared, ACallHasABound) {
  const ctx_type *type = make_chain(&one_chain, CTX_KIND_UNION, &ctx_type_i8, 18);
  const ctx_type *const args[] = {type, &ctx_type_i32, type, type};
  EXPECT_EQ(CTX_OK, prepare_one(type));
  EXPECT_EQ(CTX_OK, prepare(NULL, args, 3));
  expect_refused(prepare(NULL, args, 4), "argument 4: t: with the types before, there are more");
  EXPECT_EQ(CTX_OK, prepare(type, args, 2));
  expect_refused(prepare(type, args, 3), "argument 3: t: with the types before, there are more");
}

static ctx_value of_chain(size_t levels) {
  static char byte;
  return ctx_aggregate(make_chain(&one_chain, CTX_KIND_UNION, &ctx_type_i8, levels), &byte);
}

CTX_TEST(TypeShared, AnInitHasABound) {
  const ctx_value args[] = {of_chain(18), of_chain(18), of_chain(18)};
  EXPECT_NE(0, ctx_stack_needed(args, 2));
  EXPECT_EQ(0, ctx_stack_needed(args, 3));
  ctx_test_arena_fill(1);
  expect_refused(ctx_init(&ctx_test_arena.child, ctx_test_arena.stack, sizeof ctx_test_arena.stack,
                          ctx_test_noop, args, 3),
                 "argument 3: t: with the types before, there are more");
  EXPECT_TRUE(ctx_test_arena_is_untouched());
}

/* ---- What is remembered of a type ---- */

/* A type that has been seen where it was not too deep is too deep elsewhere. */
CTX_TEST(TypeShared, DepthIsThatOfEachPlace) {
  const ctx_type *type = make_chain(&one_chain, CTX_KIND_STRUCT, &nothing, 40);
  static chain above;
  const ctx_type *fits = make_chain(&above, CTX_KIND_STRUCT, type, MAX_LEVELS - 41);
  const ctx_type *const both[] = {type, fits};
  EXPECT_EQ(CTX_OK, prepare(NULL, both, 2));
  const ctx_type *too_deep = make_chain(&above, CTX_KIND_STRUCT, type, MAX_LEVELS - 40);
  const ctx_type *const three[] = {type, fits, too_deep};
  expect_refused(prepare(NULL, three, 3), "aggregates are nested more than 63 deep");
}
