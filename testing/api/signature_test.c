/* Signatures: creation, init and ctx_retval_get refuse what they must, and write nothing then. The
 * oracle judges where arguments go. */
#include <string.h>

#include "testing/api/signature_cases.h"

__extension__ struct empty {};
CTX_EMPTY_STRUCT(empty_type, struct empty);

/* ---- Creating ---- */

static void expect_refused(ctx_status expected, const ctx_type *result, const ctx_type *const *args,
                           size_t num_args, size_t num_fixed, const char *text) {
  ctx_signature *signature = (ctx_signature *)&expected;
  EXPECT_EQ(expected, ctx_signature_create(&signature, result, args, num_args, num_fixed));
  EXPECT_EQ((void *)&expected, signature);
  if (strstr(ctx_type_error(), text) == NULL) EXPECT_STREQ(text, ctx_type_error());
}

CTX_TEST(Signature, FaultsAreRefusedWithTheArgumentsNumber) {
  const ctx_type *args[3] = {&ctx_type_i32, &ctx_type_void, &ctx_type_f32};
  expect_refused(CTX_ERR_BAD_TYPE, NULL, args, 2, CTX_NOT_VARIADIC, "argument 2: void");
  args[1] = NULL;
  expect_refused(CTX_ERR_NULL_ARGUMENT, NULL, args, 2, CTX_NOT_VARIADIC, "argument 2: ");
  expect_refused(CTX_ERR_NULL_ARGUMENT, NULL, NULL, 2, CTX_NOT_VARIADIC, "");
  args[1] = &ctx_type_i32;
  expect_refused(CTX_ERR_BAD_TYPE, NULL, args, 3, 4, "4 fixed arguments of 3");
  expect_refused(CTX_ERR_UNSUPPORTED_TYPE, NULL, args, 3, 2,
                 "argument 3: float: after an ellipsis");
  ctx_type bad = ctx_type_i32;
  bad.kind = CTX_KIND_NONE;
  expect_refused(CTX_ERR_BAD_TYPE, &bad, args, 3, CTX_NOT_VARIADIC, "the result: ");
  ctx_signature *signature;
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, ctx_signature_create(NULL, NULL, args, 1, CTX_NOT_VARIADIC));
  EXPECT_EQ(CTX_OK, ctx_signature_create(&signature, NULL, args, 3, 3));
  ctx_signature_destroy(signature);
  ctx_signature_destroy(NULL);
  EXPECT_EQ(0, ctx_signature_stack_needed(NULL));
}

/* ---- Initialising ---- */

static const void *const one_value[] = {""};

static ctx_status init(const ctx_signature *signature, const void *const *values,
                       const ctx_options *options) {
  return ctx_init_signature(&ctx_test_arena.child, stack, stack_size, options, ctx_test_noop,
                            signature, values);
}

CTX_TEST(Signature, InitRefusesWhatIsMissingAndWritesNothing) {
  ctx_signature *signature = create(&ctx_type_i32, &ctx_type_i8);
  const void *const missing[] = {NULL};
  ctx_options flags = {.flags = 1u << 31};
  ctx_test_arena_fill(0);
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, init(NULL, one_value, NULL));
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, init(signature, NULL, NULL));
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, init(signature, missing, NULL));
  EXPECT_EQ(CTX_ERR_BAD_FLAG, init(signature, one_value, &flags));
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT,
            ctx_init_signature(NULL, stack, stack_size, NULL, ctx_test_noop, signature, one_value));
  EXPECT_EQ(CTX_ERR_STACK_UNALIGNED,
            ctx_init_signature(&ctx_test_arena.child, stack, stack_size - 8, NULL, ctx_test_noop,
                               signature, one_value));
  EXPECT_TRUE(ctx_test_arena_is_untouched());
  ctx_signature_destroy(signature);

  /* Wherever it is, and whatever else is there. */
  const ctx_type *const types[] = {&ctx_type_i32, &ctx_type_i64, &empty_type};
  const int present = 0;
  for (size_t num_args = 2; num_args <= 3; num_args++) {
    ASSERT_EQ(CTX_OK, ctx_signature_create(&signature, NULL, types, num_args, CTX_NOT_VARIADIC));
    EXPECT_EQ(CTX_ERR_NULL_ARGUMENT,
              init(signature, (const void *const[]){NULL, &present, NULL}, NULL));
    EXPECT_EQ(CTX_ERR_NULL_ARGUMENT,
              init(signature, (const void *const[]){&present, NULL, NULL}, NULL));
    ctx_signature_destroy(signature);
  }
  EXPECT_TRUE(ctx_test_arena_is_untouched());

  /* An empty argument has no address to read from. */
  signature = create(NULL, &empty_type);
  EXPECT_EQ(CTX_OK, init(signature, missing, NULL));
  ctx_signature_destroy(signature);
  signature = create(NULL, NULL);
  EXPECT_EQ(CTX_OK, init(signature, NULL, NULL));
  ctx_signature_destroy(signature);
}

CTX_TEST(Signature, InitWritesNoLowerThanWhatIsNeeded) {
  const ctx_type *const types[] = {&ctx_type_i8, &ctx_type_v128, &big_type, &line_type};
  static const char value[64];
  for (size_t result = 0; result < 4; result++) {
    for (size_t arg = 0; arg < 4; arg++) {
      ctx_signature *signature = create(types[result], types[arg]);
      size_t needed = ctx_signature_stack_needed(signature);
      ASSERT_EQ(0, needed % 16);
      for (size_t low = 0; low < 64; low += 16) { /* all that the end can be aligned to */
        char *end = stack + stack_size - low;
        ctx_test_arena_fill(0);
        EXPECT_EQ(CTX_ERR_STACK_SMALL,
                  ctx_init_signature(&ctx_test_arena.child, end - needed + 16, needed - 16, NULL,
                                     ctx_test_noop, signature, (const void *const[]){value}));
        EXPECT_TRUE(ctx_test_arena_is_untouched());
        EXPECT_EQ(CTX_OK,
                  ctx_init_signature(&ctx_test_arena.child, end - needed, needed, NULL,
                                     ctx_test_noop, signature, (const void *const[]){value}));
        EXPECT_TRUE(ctx_test_arena_range_is_untouched(ctx_test_arena.guard1, end - needed));
        EXPECT_TRUE(
            ctx_test_arena_range_is_untouched(end, ctx_test_arena.guard2 + CTX_ARENA_GUARD_SIZE));
      }
      ctx_signature_destroy(signature);
    }
  }
}

/* ---- Results ---- */

static struct big return_big(long a) {
  struct big big = {a, a + 1, a + 2};
  return big;
}
static bool is_on_stack(const struct big *result) {
  for (const char *at = stack; at <= stack + stack_size - sizeof *result; at++) {
    if (memcmp(at, result, sizeof *result) == 0) return true;
  }
  return false;
}

CTX_TEST(Signature, AResultInMemoryIsOnTheStackOrWhereTheUserWantsIt) {
  ctx_signature *signature = create(&big_type, &ctx_type_i64);
  long a = 41;
  const void *const values[] = {&a};
  struct big out = {0, 0, 0};
  run(CTX_ENTRY(return_big), signature, values, NULL);
  EXPECT_EQ(CTX_OK, ctx_retval_get(&ctx_test_arena.child, signature, &out));
  EXPECT_EQ(43, out.c);
  EXPECT_TRUE(is_on_stack(&out));

  _Alignas(16) struct big memory[2] = {{0, 0, 0}};
  struct big *mine = &memory[1]; /* aligned as the type is, and no more */
  ctx_options options = {.result = mine};
  run(CTX_ENTRY(return_big), signature, values, &options);
  EXPECT_EQ(41, mine->a);
  EXPECT_EQ(42, mine->b);
  EXPECT_EQ(43, mine->c);
  memset(&out, 0, sizeof out);
  EXPECT_EQ(CTX_OK, ctx_retval_get(&ctx_test_arena.child, signature, &out));
  EXPECT_EQ(43, out.c);

  EXPECT_EQ(CTX_OK, ctx_retval_get(&ctx_test_arena.child, signature, mine)); /* where it is */
  EXPECT_EQ(43, mine->c);

  options.result = (char *)mine + 4;
  ctx_test_arena_fill(0);
  EXPECT_EQ(CTX_ERR_RESULT_UNALIGNED, init(signature, values, &options));
  EXPECT_TRUE(ctx_test_arena_is_untouched());
  ctx_signature_destroy(signature);
}

CTX_TEST(Signature, MemoryForAResultSavesTheStacks) {
  ctx_signature *signature = create(&big_type, &ctx_type_i64);
  _Alignas(16) struct big mine;
  ctx_options options = {.result = &mine};
  long a = 0;
  const void *const values[] = {&a};
  size_t size = ctx_signature_stack_needed(signature) - 32; /* 24, rounded up */
  char *base = stack + stack_size - size;
  EXPECT_EQ(CTX_ERR_STACK_SMALL, ctx_init_signature(&ctx_test_arena.child, base, size, NULL,
                                                    ctx_test_noop, signature, values));
  ctx_test_arena_fill(0);
  EXPECT_EQ(CTX_OK, ctx_init_signature(&ctx_test_arena.child, base, size, &options, ctx_test_noop,
                                       signature, values));
  EXPECT_TRUE(ctx_test_arena_range_is_untouched(ctx_test_arena.guard1, base));
  EXPECT_EQ(CTX_ERR_STACK_SMALL, ctx_init_signature(&ctx_test_arena.child, base + 16, size - 16,
                                                    &options, ctx_test_noop, signature, values));
  ctx_signature_destroy(signature);
}

CTX_TEST(Signature, ClearedResultsAreZeroAndTheStackIsLeftAlone) {
  ctx_signature *signature = create(&big_type, &ctx_type_i64);
  long a = 41;
  const void *const values[] = {&a};
  struct big out = {1, 1, 1};
  run(CTX_ENTRY(return_big), signature, values, NULL);
  memset(stack, 0x5a, stack_size); /* it may belong to somebody else */
  ctx_clear_retvals(&ctx_test_arena.child);
  for (size_t i = 0; i < stack_size; i++)
    ASSERT_EQ(0x5a, stack[i]);
  EXPECT_EQ(CTX_OK, ctx_retval_get(&ctx_test_arena.child, signature, &out));
  EXPECT_EQ(0, out.a | out.b | out.c);
  EXPECT_TRUE(ctx_has_returned(&ctx_test_arena.child));
  ctx_signature_destroy(signature);
}

/* The entry may write to its argument, wherever that is: the next context has one of its own, and
 * the value stays. */
static long overwritten(struct big big) {
  long sum = big.a + big.b + big.c;
  memset(&big, 0xff, sizeof big);
  __asm__ volatile("" : : "r"(&big) : "memory");
  return sum;
}

CTX_TEST(Signature, AnArgumentIsTheEntrys) {
  ctx_signature *signature = create(&ctx_type_i64, &big_type);
  const struct big value = {1, 2, 3};
  const void *const values[] = {&value};
  for (int i = 0; i < 2; i++) {
    long sum = 0;
    run(CTX_ENTRY(overwritten), signature, values, NULL);
    ASSERT_EQ(CTX_OK, ctx_retval_get(child, signature, &sum));
    EXPECT_EQ(6, sum);
    EXPECT_EQ(3, value.c);
  }
  ctx_signature_destroy(signature);
}

static signed char return_char(void) { return -1; }

CTX_TEST(Signature, ClearedResultsAreZeroAtAnySize) {
  ctx_signature *signature = create(&ctx_type_i8, NULL);
  signed char out[2] = {1, 1};
  run(CTX_ENTRY(return_char), signature, NULL, NULL);
  EXPECT_EQ(CTX_OK, ctx_retval_get(&ctx_test_arena.child, signature, out));
  EXPECT_EQ(-1, (int)out[0]);
  ctx_clear_retvals(&ctx_test_arena.child);
  EXPECT_EQ(CTX_OK, ctx_retval_get(&ctx_test_arena.child, signature, out));
  EXPECT_EQ(0, (int)out[0]);
  EXPECT_EQ(1, (int)out[1]);
  ctx_signature_destroy(signature);
}

static struct pair return_pair(void) {
  struct pair pair = {1.5, -2.5};
  return pair;
}

CTX_TEST(Signature, ResultsBeyondAContextsFieldsAreKept) {
  ctx_signature *signature = create(&pair_type, NULL);
  struct pair pair;
  run(CTX_ENTRY(return_pair), signature, NULL, NULL);
  ASSERT_EQ(CTX_OK, ctx_retval_get(child, signature, &pair));
  EXPECT_F64_EQ(1.5, pair.x);
  EXPECT_F64_EQ(-2.5, pair.y);
  EXPECT_F64_EQ(1.5, ctx_retval_f64(child));
  ctx_clear_retvals(child);
  ASSERT_EQ(CTX_OK, ctx_retval_get(child, signature, &pair));
  EXPECT_F64_EQ(0, pair.x);
  EXPECT_F64_EQ(0, pair.y);
  ctx_signature_destroy(signature);
}

CTX_TEST(Signature, AResultThatWasNotKeptIsRefused) {
  struct big out;
  ctx_signature *pair = create(&pair_type, NULL);
  ctx_signature *big = create(&big_type, NULL);
  ctx_signature *nothing = create(&ctx_type_void, NULL);
  ctx_signature *number = create(&ctx_type_f64, NULL);

  ASSERT_EQ(CTX_OK, ctx_init(child, stack, stack_size, CTX_ENTRY(return_pair), CTX_NO_ARGS));
  ctx_swap(&host, child);
  /* An architecture may keep more than it must. */
  struct pair both;
  ctx_status status = ctx_retval_get(child, pair, &both);
  EXPECT_TRUE(status == CTX_ERR_WRONG_SIGNATURE ||
              (status == CTX_OK && both.x == return_pair().x && both.y == return_pair().y));
  EXPECT_EQ(CTX_ERR_WRONG_SIGNATURE, ctx_retval_get(child, big, &out));
  EXPECT_EQ(CTX_OK, ctx_retval_get(child, nothing, NULL));
  double d;
  EXPECT_EQ(CTX_OK, ctx_retval_get(child, number, &d));
  EXPECT_F64_EQ(1.5, d);

  run(CTX_ENTRY(return_pair), pair, NULL, NULL);
  EXPECT_EQ(CTX_ERR_WRONG_SIGNATURE, ctx_retval_get(child, big, &out));
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, ctx_retval_get(NULL, pair, &out));
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, ctx_retval_get(child, NULL, &out));
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, ctx_retval_get(child, pair, NULL));

  ctx_signature_destroy(pair);
  ctx_signature_destroy(big);
  ctx_signature_destroy(nothing);
  ctx_signature_destroy(number);
}
