/* Signatures, where the ABI has a part in them. testing/api/signature_test.c has the rest. */
#include <string.h>

#include "testing/api/arena.h"
#include "testing/harness/harness.h"

struct big {
  long a, b, c;
};
CTX_STRUCT(big_type, struct big, CTX_MEMBER(struct big, a, ctx_type_i64),
           CTX_MEMBER(struct big, b, ctx_type_i64), CTX_MEMBER(struct big, c, ctx_type_i64));

struct two {
  double x, y;
};
CTX_STRUCT(two_type, struct two, CTX_MEMBER(struct two, x, ctx_type_f64),
           CTX_MEMBER(struct two, y, ctx_type_f64));

struct line {
  _Alignas(64) char c;
};
CTX_STRUCT(line_type, struct line, CTX_MEMBER(struct line, c, ctx_type_i8));

static ctx_signature *create(const ctx_type *result, const ctx_type *arg, size_t num_args) {
  ctx_signature *signature = NULL;
  const ctx_type *args[20];
  for (size_t i = 0; i < num_args; i++)
    args[i] = arg;
  EXPECT_EQ(CTX_OK, ctx_signature_create(&signature, result, args, num_args, CTX_NOT_VARIADIC));
  return signature;
}

static size_t needed(const ctx_type *result, const ctx_type *arg, size_t num_args) {
  ctx_signature *signature = create(result, arg, num_args);
  size_t size = ctx_signature_stack_needed(signature);
  ctx_signature_destroy(signature);
  return size;
}

CTX_TEST(Signature, NeedsTheSumOfItsFrames) {
  const size_t root = 32, result = 16, registers = 8 * 8 + 8 * 8 + 16;
  EXPECT_EQ(root, needed(NULL, NULL, 0));
  EXPECT_EQ(root, needed(&ctx_type_f64, NULL, 0));
  EXPECT_EQ(root, needed(&ctx_type_i128, NULL, 0));
  EXPECT_EQ(root, needed(&two_type, NULL, 0));
  EXPECT_EQ(root + registers, needed(&ctx_type_i64, &ctx_type_i8, 1));
  EXPECT_EQ(root + registers, needed(NULL, &ctx_type_f64, 16));
  EXPECT_EQ(root + registers + 16, needed(&ctx_type_i64, &ctx_type_f64, 17));
  EXPECT_EQ(root + registers + 32, needed(NULL, &big_type, 1)); /* a copy of 24 bytes */
  EXPECT_EQ(root + result + registers + 32, needed(&big_type, NULL, 0));
  EXPECT_EQ(root + registers + 64 + 48, needed(NULL, &line_type, 1)); /* 48: alignment */
  EXPECT_EQ(root + result + registers + 64 + 48, needed(&line_type, NULL, 0));
}

/* ---- Results ---- */

static char *const stack = ctx_test_arena.stack;
static const size_t stack_size = CTX_ARENA_STACK_SIZE;
static ctx_context *const child = &ctx_test_arena.child;
static ctx_context host;

static void run(ctx_entry entry, const ctx_signature *signature, const void *const *values,
                const ctx_options *options) {
  ASSERT_EQ(CTX_OK,
            ctx_init_signature(child, stack, stack_size, options, entry, signature, values));
  struct big out;
  EXPECT_EQ(CTX_ERR_NOT_RETURNED, ctx_retval_get(child, signature, &out));
  ctx_swap(&host, child);
}

static struct two return_two(double x) {
  struct two two = {x, x + 1};
  return two;
}

/* Even of a context that was made without a signature of the kind. */
CTX_TEST(Signature, ResultsInTwoRegistersAreKept) {
  const double x = 1.5;
  const void *const values[] = {&x};
  ctx_signature *two = create(&two_type, &ctx_type_f64, 1);
  ctx_signature *one = create(&ctx_type_f64, &ctx_type_f64, 1);
  const ctx_signature *const both[] = {two, one};
  for (size_t i = 0; i < 2; i++) {
    run(CTX_ENTRY(return_two), both[i], values, NULL);
    struct two out = {0, 0};
    ASSERT_EQ(CTX_OK, ctx_retval_get(child, two, &out));
    EXPECT_F64_EQ(1.5, out.x);
    EXPECT_F64_EQ(2.5, out.y);
  }
  ctx_signature_destroy(two);
  ctx_signature_destroy(one);
}

static void return_nothing(void) {}

CTX_TEST(Signature, AResultInMemoryThatWasNotKeptIsRefused) {
  struct big out;
  ctx_signature *big = create(&big_type, NULL, 0);
  ctx_signature *none = create(NULL, NULL, 0);
  run(CTX_ENTRY(return_nothing), none, NULL, NULL);
  EXPECT_EQ(CTX_ERR_WRONG_SIGNATURE, ctx_retval_get(child, big, &out));
  ctx_signature_destroy(big);
  ctx_signature_destroy(none);
}

static struct big return_big(long a) {
  struct big big = {a, a + 1, a + 2};
  return big;
}

CTX_TEST(Signature, AResultInMemoryIsWhereTheUserWantsIt) {
  ctx_signature *signature = create(&big_type, &ctx_type_i64, 1);
  const long a = 41;
  const void *const values[] = {&a};
  struct big out = {0, 0, 0};
  run(CTX_ENTRY(return_big), signature, values, NULL);
  ASSERT_EQ(CTX_OK, ctx_retval_get(child, signature, &out));
  EXPECT_EQ(43, out.c);
  struct big mine = {0, 0, 0};
  run(CTX_ENTRY(return_big), signature, values, &(ctx_options){.result = &mine});
  EXPECT_EQ(41, mine.a);
  EXPECT_EQ(43, mine.c);
  ctx_signature_destroy(signature);
}

/* The entry may write to its copy: the next context has one of its own, and the value stays. */
static long overwritten(struct big big) {
  long sum = big.a + big.b + big.c;
  memset(&big, 0xff, sizeof big);
  __asm__ volatile("" : : "r"(&big) : "memory");
  return sum;
}

CTX_TEST(Signature, ACopyIsTheEntrys) {
  ctx_signature *signature = create(&ctx_type_i64, &big_type, 1);
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
