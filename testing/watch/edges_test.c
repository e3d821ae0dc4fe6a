/* The checked build stops what lies on a child's stack, if only by its first or last byte, and
 * nothing that lies right beside it. What is allowed runs in all builds. */
#include <string.h>

#include "ctx/ctx.h"
#include "ctx/watch/checked.h"
#include "testing/harness/harness.h"

enum { STACK_SIZE = 65536, ROOM = 2048 };

/* The stack, with room on both sides. */
static char memory[ROOM + STACK_SIZE + ROOM] __attribute__((__aligned__(64)));
static char *const stack = memory + ROOM;
static char *const end = memory + ROOM + STACK_SIZE;

static ctx_context host, child;
static int sum;

static void add(int a, int b) { sum = a + b; }
static void callback(void *data) { (void)data; }
static void ignore_vector(void) {}

static void run(ctx_status status) {
  ASSERT_EQ(CTX_OK, status);
  host = (ctx_context){0};
  ctx_swap(&host, &child);
  EXPECT_TRUE(ctx_has_returned(&child));
}

static ctx_status init_with(const ctx_options *options) {
  return ctx_init_with_options(&child, stack, STACK_SIZE, options, (ctx_entry)add, CTX_ARGS(1, 2));
}

static ctx_status init_with_values_at(char *place) {
  const ctx_value values[] = {ctx_i32(20), ctx_i32(22)};
  memcpy(place, values, sizeof values);
  return ctx_init(&child, stack, STACK_SIZE, (ctx_entry)add, (const ctx_value *)(void *)place, 2);
}

static ctx_status init_with_options_at(char *place) {
  static const ctx_options none;
  memcpy(place, &none, sizeof none);
  return init_with((const ctx_options *)(void *)place);
}

static ctx_status init_at(char *place) {
  ctx_context *context = (ctx_context *)(void *)place;
  return ctx_init(context, stack, STACK_SIZE, (ctx_entry)add, CTX_ARGS(1, 2));
}

/* ---- Beside it ---- */

CTX_TEST(Edges, MemoryForAResultIsBesideTheStack) {
  run(init_with(&(ctx_options){.result = stack - 1}));
  run(init_with(&(ctx_options){.result = end}));
}

CTX_TEST(Edges, DataOfCallbacksIsBesideTheStack) {
  char *const places[] = {stack - 1, end};
  for (size_t i = 0; i < 2; i++) {
    run(init_with(&(ctx_options){.backstop = callback, .backstop_data = places[i]}));
    run(init_with(&(ctx_options){.activation = callback, .activation_data = places[i]}));
  }
}

CTX_TEST(Edges, ValuesAndOptionsAreBesideTheStack) {
  char *const places[] = {stack - 2 * sizeof(ctx_value), end};
  for (size_t i = 0; i < 2; i++) {
    run(init_with_values_at(places[i]));
    EXPECT_EQ(42, sum);
  }
  run(init_with_options_at(stack - sizeof(ctx_options)));
  run(init_with_options_at(end));
}

/* ctx_v256 and ctx_v512 refer to their vectors. */
CTX_TEST(Edges, VectorsAreBesideTheStack) {
  static const struct {
    ctx_kind kind;
    size_t size;
  } vectors[] = {{CTX_KIND_V256, 32}, {CTX_KIND_V512, 64}};
  for (size_t i = 0; i < 2; i++) {
    char *const places[] = {stack - vectors[i].size, end};
    for (size_t j = 0; j < 2; j++) {
      ctx_value value = {.kind = vectors[i].kind, .bits = (uintptr_t)places[j]};
      ctx_status status = ctx_init(&child, stack, STACK_SIZE, (ctx_entry)ignore_vector, &value, 1);
      if (status != CTX_ERR_UNSUPPORTED_TYPE) run(status); /* this processor may not have it */
    }
  }
}

CTX_TEST(Edges, ContextIsBesideTheStack) {
  char *const places[] = {stack - sizeof(ctx_context), end};
  for (size_t i = 0; i < 2; i++) {
    ctx_context *context = (ctx_context *)(void *)places[i];
    *context = host = (ctx_context){0};
    ASSERT_EQ(CTX_OK, init_at(places[i]));
    ctx_swap(&host, context);
    EXPECT_TRUE(ctx_has_returned(context));
  }
}

/* ---- On it ---- */

#ifdef CTX_CHECKED

/* A processor may not have such vectors: so init does not see this one. */
CTX_TEST(Edges, VectorIsAsLargeAsItIs) {
  for (size_t size = 32; size <= 64; size *= 2) {
    ctx_value value = {.kind = size == 32 ? CTX_KIND_V256 : CTX_KIND_V512,
                       .bits = (uintptr_t)(stack - size)};
    ctx_check_values(&child, stack, STACK_SIZE, &value, 1);
    value.bits++;
    CTX_EXPECT_DEATH(ctx_check_values(&child, stack, STACK_SIZE, &value, 1),
                     "a value that lies on its stack");
  }
}

static void expect_stopped(ctx_status (*init)(char *place), size_t size, const char *text) {
  const size_t align = init == init_at ? _Alignof(ctx_context) : sizeof(uint64_t);
  char *const places[] = {stack - size + align, stack, end - size, end - align};
  for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
    ctx_test_note("place %zu", i);
    CTX_EXPECT_DEATH(run(init(places[i])), text);
  }
}

CTX_TEST(Edges, WhatReachesOntoTheStackIsStopped) {
  expect_stopped(init_with_values_at, 2 * sizeof(ctx_value), "a value that lies on its stack");
  expect_stopped(init_with_options_at, sizeof(ctx_options), "options that lie on its stack");
  expect_stopped(init_at, sizeof(ctx_context), "lies on the stack that it is to run on");
}

CTX_TEST(Edges, WhatBeginsOnTheStackIsStopped) {
  char *const places[] = {stack, end - 1};
  for (size_t i = 0; i < 2; i++) {
    CTX_EXPECT_DEATH(run(init_with(&(ctx_options){.result = places[i]})), "memory for its result");
    CTX_EXPECT_DEATH(
        run(init_with(&(ctx_options){.backstop = callback, .backstop_data = places[i]})),
        "data for a callback");
    CTX_EXPECT_DEATH(
        run(init_with(&(ctx_options){.activation = callback, .activation_data = places[i]})),
        "data for a callback");
  }
}

/* Of a value that a signature passes in parts, each is looked at. */
CTX_TEST(Edges, PartOfAValueIsStopped) {
  typedef struct pair {
    int64_t first, second;
  } pair;
  CTX_STRUCT(type, pair, CTX_MEMBER(pair, first, ctx_type_i64),
             CTX_MEMBER(pair, second, ctx_type_i64));
  const ctx_type *const types[] = {&type};
  const void *const values[] = {stack - sizeof(int64_t)};
  ctx_signature *signature;
  ASSERT_EQ(CTX_OK, ctx_signature_create(&signature, NULL, types, 1, CTX_NOT_VARIADIC));
  CTX_EXPECT_DEATH(
      run(ctx_init_signature(&child, stack, STACK_SIZE, NULL, (ctx_entry)add, signature, values)),
      "a value that lies on its stack");
  ctx_signature_destroy(signature);
}

#endif
