/* Nothing that a host has in its registers is found by a fresh context. Each register has a value
 * of its own beforehand: were all filled with the same, one that is combined with another, in place
 * of itself, would come out as 0 too. */
#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/oracle/marked_call.h"
#include "testing/oracle/probe.h"
#include "testing/oracle/values.h"
#include "testing/oracle/verdict.h"

enum { STACK_SIZE = 32768, MAX_ARGS = 3 };
CTX_STACK(stack, STACK_SIZE);

/* Expects arguments of these kinds where they belong, and that all other registers are as at any
 * entry. Their values have no bits of 0 at the top. */
static void expect_nothing_else(const gen_kind *kinds, size_t num_args) {
  static gen_case from;
  static model_expectation expected;
  static char report[ORACLE_REPORT_SIZE];
  static ctx_context host;
  static ctx_context child;
  ctx_value args[MAX_ARGS];
  gen_case_clear(&from);
  for (size_t i = 0; i < num_args; i++) {
    ASSERT_TRUE(gen_case_add(&from, gen_scalar(kinds[i])));
    args[i] = oracle_ctx_value(&from.args[i]);
  }
  ASSERT_TRUE(model_expect(&from, &expected));
  ASSERT_EQ(MODEL_ACCEPTED, expected.refusal.verdict);
  model_expect_state(&expected, oracle_probe);
  host = (ctx_context){0};
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, oracle_probe, args, num_args));
  oracle_capture_reset(expected.num_words);
  oracle_capture_copies(expected.copies, expected.num_copies);
  oracle_reply_poison();
  oracle_marked_swap(&host, &child);
  EXPECT_TRUE(ctx_has_returned(&child));
  oracle_verdict(ORACLE_LIBRARY_EQUAL, &oracle_captured, &expected, &from, report);
  EXPECT_NO_COMPLAINT(report);
}

#define EXPECT_NOTHING_EXCEPT(...)                     \
  expect_nothing_else((const gen_kind[]){__VA_ARGS__}, \
                      sizeof((const gen_kind[]){__VA_ARGS__}) / sizeof(gen_kind))

CTX_TEST(CleanEntry, WithoutArguments) { expect_nothing_else(NULL, 0); }

CTX_TEST(CleanEntry, WithScalars) { EXPECT_NOTHING_EXCEPT(GEN_I32, GEN_I64, GEN_F64); }

/* Registers that these fill up in different ways. */
CTX_TEST(CleanEntry, WithNarrowScalars) { EXPECT_NOTHING_EXCEPT(GEN_U32, GEN_U8, GEN_F32); }

CTX_TEST(CleanEntry, WithALongDouble) { EXPECT_NOTHING_EXCEPT(GEN_LONG_DOUBLE, GEN_I32); }

CTX_TEST(CleanEntry, WithAVector) { EXPECT_NOTHING_EXCEPT(GEN_V128, GEN_I32); }
