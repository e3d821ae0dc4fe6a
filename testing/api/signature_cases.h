/* Types, and contexts that are made by a signature: tests of signatures include this once. */
#ifndef CTX_TESTING_API_SIGNATURE_CASES_H_
#define CTX_TESTING_API_SIGNATURE_CASES_H_

#include "testing/api/arena.h"
#include "testing/harness/harness.h"

struct big {
  long a, b, c;
};
CTX_STRUCT(big_type, struct big, CTX_MEMBER(struct big, a, ctx_type_i64),
           CTX_MEMBER(struct big, b, ctx_type_i64), CTX_MEMBER(struct big, c, ctx_type_i64));

struct pair {
  double x, y;
};
CTX_STRUCT(pair_type, struct pair, CTX_MEMBER(struct pair, x, ctx_type_f64),
           CTX_MEMBER(struct pair, y, ctx_type_f64));

struct line {
  _Alignas(64) char c;
};
CTX_STRUCT(line_type, struct line, CTX_MEMBER(struct line, c, ctx_type_i8));

/* A signature with so many arguments of one type, up to 20. */
static ctx_signature *create_many(const ctx_type *result, const ctx_type *arg, size_t num_args) {
  ctx_signature *signature = NULL;
  const ctx_type *args[20] = {NULL};
  for (size_t i = 0; i < num_args; i++)
    args[i] = arg;
  EXPECT_EQ(CTX_OK, ctx_signature_create(&signature, result, args, num_args, CTX_NOT_VARIADIC));
  return signature;
}

/* With one argument, or with none if that is null. */
static ctx_signature *create(const ctx_type *result, const ctx_type *arg) {
  return create_many(result, arg, arg != NULL ? 1 : 0);
}

/* The stack that it needs. */
static inline size_t needed(const ctx_type *result, const ctx_type *arg, size_t num_args) {
  ctx_signature *signature = create_many(result, arg, num_args);
  size_t size = ctx_signature_stack_needed(signature);
  ctx_signature_destroy(signature);
  return size;
}

static char *const stack = ctx_test_arena.stack;
static const size_t stack_size = CTX_ARENA_STACK_SIZE;
static ctx_context *const child = &ctx_test_arena.child;
static ctx_context host;

/* Runs the entry to its end. */
static void run(ctx_entry entry, const ctx_signature *signature, const void *const *values,
                const ctx_options *options) {
  ASSERT_EQ(CTX_OK,
            ctx_init_signature(child, stack, stack_size, options, entry, signature, values));
  _Alignas(16) char out[64];
  EXPECT_EQ(CTX_ERR_NOT_RETURNED, ctx_retval_get(child, signature, out));
  ctx_swap(&host, child);
}

#endif /* CTX_TESTING_API_SIGNATURE_CASES_H_ */
