/* The library refuses what gcc and clang pass differently (ABI.md, "Refused"). It takes what looks
 * like that and is passed the same by both. */
#include <string.h>

#include "ctx/arch/x86_64_sysv/routines.h"
#include "ctx/ctx.h"
#include "testing/harness/harness.h"

/* A struct or union of up to three members; fields that are not given are 0. */
typedef struct description {
  ctx_kind kind;
  size_t size;
  size_t align;
  ctx_member members[3];
  size_t num_members;
} description;

static ctx_type describe(const description *from) {
  return (ctx_type){from->kind,       0, from->size, from->align, "test", from->members,
                    from->num_members};
}

static ctx_status prepare(const ctx_type *type, size_t num_fixed) {
  const ctx_type *const args[] = {type};
  ctx_signature *signature = NULL;
  ctx_status status = ctx_signature_create(&signature, NULL, args, 1, num_fixed);
  ctx_signature_destroy(signature);
  return status;
}

static void expect_refused(const ctx_type *type, const char *text) {
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, prepare(type, CTX_NOT_VARIADIC));
  if (strstr(ctx_type_error(), text) == NULL) EXPECT_STREQ(text, ctx_type_error());
}

static void expect_accepted(const ctx_type *type) {
  EXPECT_EQ(CTX_OK, prepare(type, CTX_NOT_VARIADIC));
}

static bool has_wide_vectors(void) { return prepare(&ctx_type_v256, CTX_NOT_VARIADIC) == CTX_OK; }
#define SKIP_WITHOUT_WIDE_VECTORS \
  if (!has_wide_vectors()) CTX_SKIP("this processor has no vectors of 32 bytes")

/* ---- Arrays that hide a vector ---- */

static ctx_type vector_or_array(description *storage, const ctx_type *vector,
                                const ctx_type *element, size_t count) {
  size_t array_size = (count * element->size + vector->align - 1) & ~(vector->align - 1);
  *storage = (description){
      CTX_KIND_UNION,
      array_size > vector->size ? array_size : vector->size,
      vector->align,
      {{.name = "v", .type = vector, .count = 1}, {.name = "a", .type = element, .count = count}},
      2};
  return describe(storage);
}

CTX_TEST(Refusal, UnionsOfAVectorAndALongArray) {
  SKIP_WITHOUT_WIDE_VECTORS;
  const char *text = "a vector in a union with an array of more than 16 bytes";
  description storage;
  ctx_type type = vector_or_array(&storage, &ctx_type_v256, &ctx_type_f32, 5);
  expect_refused(&type, text);
  type = vector_or_array(&storage, &ctx_type_v128, &ctx_type_i64, 3);
  expect_refused(&type, text);
  type = vector_or_array(&storage, &ctx_type_v128, &ctx_type_i8, 17);
  expect_refused(&type, text);
  type = vector_or_array(&storage, &ctx_type_v256, &ctx_type_v128, 2); /* as short as can be */
  expect_refused(&type, text);
  /* Behind something else, too. */
  type = vector_or_array(&storage, &ctx_type_v128, &ctx_type_f32, 5);
  description outer = {CTX_KIND_STRUCT,
                       48,
                       16,
                       {{.name = "d", .type = &ctx_type_f64, .count = 1},
                        {.name = "u", .type = &type, .offset = 16, .count = 1}},
                       2};
  ctx_type behind = describe(&outer);
  expect_refused(&behind, text);
  type = vector_or_array(&storage, &ctx_type_v256, &ctx_type_f32, 4); /* 16 bytes */
  expect_accepted(&type);
  type = vector_or_array(&storage, &ctx_type_f32, &ctx_type_f32, 8); /* no vector */
  expect_accepted(&type);
  type = vector_or_array(&storage, &ctx_type_v128, &ctx_type_v128, 1); /* no array */
  expect_accepted(&type);
  /* With an integer beside it the union would be in memory anyhow. */
  type = vector_or_array(&storage, &ctx_type_v256, &ctx_type_f32, 8);
  storage.members[2] = (ctx_member){.name = "i", .type = &ctx_type_i32, .count = 1};
  storage.num_members = 3;
  type = describe(&storage);
  expect_accepted(&type);
  /* With a misaligned member beside it the union would be in memory, too. */
  description inner = {CTX_KIND_STRUCT,
                       5,
                       1,
                       {{.name = "c", .type = &ctx_type_i8, .count = 1},
                        {.name = "f", .type = &ctx_type_f32, .offset = 1, .count = 1}},
                       2};
  ctx_type packed = describe(&inner);
  storage.members[2].type = &packed;
  type = describe(&storage);
  expect_accepted(&type);
  /* A struct of the two is in memory for everybody. */
  storage.num_members = 2;
  storage.kind = CTX_KIND_STRUCT;
  storage.size = 64;
  storage.members[1].offset = 32;
  type = describe(&storage);
  expect_accepted(&type);
}

/* struct or union { T m; }, of the size of T. */
static ctx_type wrap(description *storage, ctx_kind kind, const ctx_type *inner) {
  *storage =
      (description){kind, inner->size, inner->align, {{.name = "m", .type = inner, .count = 1}}, 1};
  return describe(storage);
}

CTX_TEST(Refusal, UnionsOfAVectorThatLiesDeeperAndALongArray) {
  const char *text = "a vector in a union with an array of more than 16 bytes";
  const ctx_kind kinds[] = {CTX_KIND_STRUCT, CTX_KIND_UNION};
  for (size_t i = 0; i < 4; i++) {
    description inner, middle, storage;
    const ctx_type vector = wrap(&inner, kinds[i % 2], &ctx_type_v512);
    const ctx_type deeper = wrap(&middle, kinds[i / 2], &vector);
    const ctx_type type = vector_or_array(&storage, &deeper, &ctx_type_f32, 16);
    expect_refused(&type, text); /* 64 bytes, as large as a vector can be */
  }
}

CTX_TEST(Refusal, AWideVectorBesideAnEmptyMember) {
  SKIP_WITHOUT_WIDE_VECTORS;
  description nothing = {.kind = CTX_KIND_STRUCT, .align = 1};
  ctx_type empty = describe(&nothing);
  description storage = {CTX_KIND_STRUCT,
                         32,
                         32,
                         {{.name = "v", .type = &ctx_type_v256, .count = 1},
                          {.name = "e", .type = &empty, .offset = 32, .count = 1}},
                         2};
  ctx_type type = describe(&storage);
  expect_refused(&type, "a struct of a vector of more than 16 bytes and an empty member");
  storage.num_members = 1;
  type = describe(&storage);
  expect_accepted(&type);
  storage.num_members = 2;
  storage.kind = CTX_KIND_UNION;
  storage.members[1].offset = 0;
  type = describe(&storage);
  expect_accepted(&type);
  storage.kind = CTX_KIND_STRUCT;
  storage.members[0].type = &ctx_type_v128;
  storage.members[1].offset = 16;
  storage.size = storage.align = 16;
  type = describe(&storage);
  expect_accepted(&type);
}

CTX_TEST(Refusal, AUnionOfAWideVectorAfterAnEllipsis) {
  SKIP_WITHOUT_WIDE_VECTORS;
  description storage = {
      CTX_KIND_UNION, 32, 32, {{.name = "v", .type = &ctx_type_v256, .count = 1}}, 1};
  ctx_type type = describe(&storage);
  expect_accepted(&type);
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, prepare(&type, 0));
  description outer = {CTX_KIND_STRUCT, 32, 32, {{.name = "u", .type = &type, .count = 1}}, 1};
  ctx_type around = describe(&outer);
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, prepare(&around, 0));
  storage.kind = CTX_KIND_STRUCT;
  type = describe(&storage);
  EXPECT_EQ(CTX_OK, prepare(&type, 0));
  EXPECT_EQ(CTX_OK, prepare(&around, 0));
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, prepare(&type, 1)); /* named */
}

/* A ctx_value says where it stands. */
CTX_TEST(Refusal, AWideVectorAmongTheValuesBeforeAnEllipsis) {
  SKIP_WITHOUT_WIDE_VECTORS;
  static _Alignas(32) uint8_t bytes[32];
  description storage = {
      CTX_KIND_STRUCT, 32, 32, {{.name = "v", .type = &ctx_type_v256, .count = 1}}, 1};
  const ctx_type type = describe(&storage);
  ctx_value values[] = {ctx_i32(1), ctx_aggregate(&type, bytes)};
  EXPECT_NE(0, ctx_stack_needed(values, 2));
  ctx_promote_(values, 2, 2);
  EXPECT_EQ(0, ctx_stack_needed(values, 2));
  ctx_promote_(values, 2, 1);
  EXPECT_NE(0, ctx_stack_needed(values, 2));
}

/* ---- Alignment ---- */

/* struct { int; union packed { long b : width; }; } */
static ctx_status with_bit_field(size_t width) {
  description inner = {CTX_KIND_UNION,
                       8,
                       1,
                       {{.name = "b", .type = &ctx_type_i64, .count = 1, .bit_width = width}},
                       1};
  ctx_type u = describe(&inner);
  description storage = {CTX_KIND_STRUCT,
                         12,
                         4,
                         {{.name = "i", .type = &ctx_type_i32, .count = 1},
                          {.name = "u", .type = &u, .offset = 4, .count = 1}},
                         2};
  ctx_type type = describe(&storage);
  return prepare(&type, CTX_NOT_VARIADIC);
}

CTX_TEST(Refusal, AUnionsBitFieldThatIsMisalignedForItsInteger) {
  EXPECT_EQ(CTX_OK, with_bit_field(3));
  EXPECT_EQ(CTX_OK, with_bit_field(32));
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, with_bit_field(33));
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, with_bit_field(64));
}

/* struct packed { char; struct aligned(2) { char c, d; }; }, and the second member elsewhere. */
static ctx_status with_misplaced(size_t offset, size_t size) {
  description inner = {CTX_KIND_STRUCT,
                       2,
                       2,
                       {{.name = "c", .type = &ctx_type_i8, .count = 1},
                        {.name = "d", .type = &ctx_type_i8, .offset = 1, .count = 1}},
                       2};
  ctx_type misplaced = describe(&inner);
  description storage = {CTX_KIND_STRUCT,
                         size,
                         1,
                         {{.name = "c", .type = &ctx_type_i8, .count = 1},
                          {.name = "m", .type = &misplaced, .offset = offset, .count = 1}},
                         2};
  ctx_type type = describe(&storage);
  return prepare(&type, CTX_NOT_VARIADIC);
}

CTX_TEST(Refusal, AnOverAlignedMemberThatIsPacked) {
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, with_misplaced(1, 3));
  EXPECT_EQ(CTX_OK, with_misplaced(2, 4));
  EXPECT_EQ(CTX_OK, with_misplaced(1, 17)); /* in memory, for everybody */
}

/* struct packed { char; struct packed { struct {}; struct aligned(align) {}; }; }: nothing is in
 * the inner ones, but something may be misplaced. */
static ctx_status with_empty_misplaced(size_t align) {
  description nothing = {.kind = CTX_KIND_STRUCT, .align = 1};
  ctx_type empty = describe(&nothing);
  ctx_type aligned = empty;
  aligned.align = align;
  description inner = {
      CTX_KIND_STRUCT,
      0,
      1,
      {{.name = "e", .type = &empty, .count = 1}, {.name = "a", .type = &aligned, .count = 1}},
      2};
  ctx_type both = describe(&inner);
  description storage = {CTX_KIND_STRUCT,
                         1,
                         1,
                         {{.name = "c", .type = &ctx_type_i8, .count = 1},
                          {.name = "b", .type = &both, .offset = 1, .count = 1}},
                         2};
  ctx_type type = describe(&storage);
  return prepare(&type, CTX_NOT_VARIADIC);
}

/* struct { int; struct { struct aligned(8) {}; } packed; }: the member is made at run time. */
static void expect_nested_empty_refused(void) {
  description nothing = {.kind = CTX_KIND_STRUCT, .align = 8};
  const ctx_type aligned = describe(&nothing);
  const ctx_member member = {.name = "e", .type = &aligned, .count = 1};
  ctx_type *type = NULL, *packed = NULL;
  ASSERT_EQ(CTX_OK, ctx_type_create_struct(&type, 0, 8, &member, 1));
  const ctx_member members[] = {{.name = "i", .type = &ctx_type_i32, .count = 1},
                                {.name = "e", .type = type, .offset = 4, .count = 1}};
  ASSERT_EQ(CTX_OK, ctx_type_create_struct(&packed, 4, 4, members, 2));
  expect_refused(packed, "an over-aligned member that is packed");
  ctx_type_destroy(packed);
  ctx_type_destroy(type);
}

CTX_TEST(Refusal, AnOverAlignedMemberThatIsPackedAndEmpty) {
  expect_nested_empty_refused();
  EXPECT_EQ(CTX_OK, with_empty_misplaced(1));
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, with_empty_misplaced(4));
}

/* struct { struct packed { short; char; } s[count]; char tail[tail_size]; }, and with the elements
 * in something else, too. */
static ctx_status with_array_of(ctx_kind around, size_t count, size_t tail_size) {
  description inner = {CTX_KIND_STRUCT,
                       3,
                       1,
                       {{.name = "s", .type = &ctx_type_i16, .count = 1},
                        {.name = "c", .type = &ctx_type_i8, .offset = 2, .count = 1}},
                       2};
  const ctx_type packed = describe(&inner);
  description outer;
  const ctx_type element = around != CTX_KIND_NONE ? wrap(&outer, around, &packed) : packed;
  description storage = {
      CTX_KIND_STRUCT,
      3 * count + tail_size,
      1,
      {{.name = "a", .type = &element, .count = count},
       {.name = "tail", .type = &ctx_type_i8, .offset = 3 * count, .count = tail_size}},
      2};
  if (tail_size == 0) storage.num_members = 1;
  ctx_type type = describe(&storage);
  return prepare(&type, CTX_NOT_VARIADIC);
}

static ctx_status with_array(size_t count, size_t tail_size) {
  return with_array_of(CTX_KIND_NONE, count, tail_size);
}

CTX_TEST(Refusal, AnArrayOfPackedStructsOnlyTheFirstOfWhichIsAligned) {
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, with_array_of(CTX_KIND_STRUCT, 2, 0));
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, with_array_of(CTX_KIND_UNION, 2, 0));
  EXPECT_EQ(CTX_OK, with_array_of(CTX_KIND_UNION, 1, 1));
  EXPECT_EQ(CTX_OK, with_array(1, 0));
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, with_array(2, 0));
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, with_array(5, 0));
  EXPECT_EQ(CTX_ERR_UNSUPPORTED_TYPE, with_array(5, 1));
  EXPECT_EQ(CTX_OK, with_array(5, 2)); /* 17 bytes: in memory */
  EXPECT_EQ(CTX_OK, with_array(6, 0));
}

CTX_TEST(Refusal, AlignmentAbove64) {
  description storage = {
      CTX_KIND_STRUCT, 128, 64, {{.name = "c", .type = &ctx_type_i8, .count = 1}}, 1};
  ctx_type type = describe(&storage);
  expect_accepted(&type);
  type.align = 128;
  expect_refused(&type, "an alignment of 128 bytes is above 64");
}

/* ---- Fields that a description lacks ---- */

CTX_TEST(Refusal, EightBytesOfNothingBeforeAMember) {
  description storage = {
      CTX_KIND_STRUCT, 16, 8, {{.name = "d", .type = &ctx_type_f64, .offset = 8, .count = 1}}, 1};
  ctx_type type = describe(&storage);
  expect_refused(&type, "padding that has no member before it");
  storage.members[0].offset = 0; /* what follows may be nothing */
  type = describe(&storage);
  expect_accepted(&type);
}

CTX_TEST(Refusal, AFloat128InRegisters) {
  description storage = {
      CTX_KIND_STRUCT, 16, 16, {{.name = "q", .type = &ctx_type_f128, .count = 1}}, 1};
  ctx_type type = describe(&storage);
  expect_refused(&type, "__float128 in an aggregate");
  storage.members[0].count = 2;
  storage.size = 32;
  type = describe(&storage);
  expect_accepted(&type); /* in memory, for everybody */
  expect_accepted(&ctx_type_f128);
}

/* ---- What a processor lacks ---- */

static ctx_status prepare_result(const ctx_type *type) {
  ctx_signature *signature = NULL;
  ctx_status status = ctx_signature_create(&signature, type, NULL, 0, CTX_NOT_VARIADIC);
  ctx_signature_destroy(signature);
  return status;
}

/* Refuses as on a processor with these registers; none is used here. */
CTX_TEST(Refusal, VectorsThatTheProcessorHasNoRegistersFor) {
  static const ctx_type *const vectors[] = {&ctx_type_v64, &ctx_type_v128, &ctx_type_v256,
                                            &ctx_type_v512};
  const uint8_t processor = ctx_asm_vector_size;
  for (uint8_t size = 16; size <= 64; size *= 2) {
    ctx_asm_vector_size = size;
    for (size_t i = 0; i < 4; i++) {
      ctx_status expected = vectors[i]->size <= size ? CTX_OK : CTX_ERR_UNSUPPORTED_TYPE;
      EXPECT_EQ(expected, prepare(vectors[i], CTX_NOT_VARIADIC));
      EXPECT_EQ(expected, prepare_result(vectors[i]));
      EXPECT_EQ(CTX_OK, prepare(vectors[i], 0)); /* unnamed: large ones go to memory */
    }
  }
  ctx_asm_vector_size = 16;
  expect_refused(&ctx_type_v256, "vector of 32 bytes: this processor has no registers of 32 bytes");
  ctx_asm_vector_size = processor;
}
