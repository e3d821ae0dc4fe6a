/* Every kind of value that a ctx_value can hold, in every style, in registers and in slots. */
#include "testing/harness/harness.h"
#include "testing/oracle/call.h"
#include "testing/oracle/model.h"

static gen_case from;

static bool is_floating(gen_kind kind) { return gen_scalar_shape(kind) == GEN_FLOATING; }

/* Passes as many arguments of the kind as fill registers and three slots: the value is at each
 * place in turn, among others that hold graffiti. */
static void expect_at_each_place(gen_kind kind, gen_style style) {
  size_t num_args = (is_floating(kind) ? (size_t)MODEL_VECTOR : (size_t)MODEL_GENERAL) + 3;
  for (size_t place = 0; place < num_args; place++) {
    gen_case_clear(&from);
    for (size_t i = 0; i < num_args; i++)
      gen_case_add(&from, gen_scalar(kind));
    gen_value_fill(&from.args[place], style, place);
    EXPECT_NO_COMPLAINT(oracle_call_all_ways(&from));
  }
}

CTX_TEST(Scalar, EveryKindInEveryStyleInEveryPlace) {
  for (int kind = GEN_FIRST_SCALAR; kind <= GEN_LAST_VALUE_SCALAR; kind++) {
    for (int style = GEN_GRAFFITI; style < GEN_RAW; style++)
      expect_at_each_place((gen_kind)kind, (gen_style)style);
  }
}

CTX_TEST(Scalar, EveryKindInEveryStyleAsResult) {
  for (int kind = GEN_FIRST_SCALAR; kind <= GEN_LAST_VALUE_SCALAR; kind++) {
    for (int style = GEN_GRAFFITI; style < GEN_RAW; style++) {
      gen_case_clear(&from);
      gen_case_set_result(&from, gen_scalar((gen_kind)kind));
      gen_value_fill(&from.result, (gen_style)style, 0);
      EXPECT_NO_COMPLAINT(oracle_call_all_ways(&from));
    }
  }
}

CTX_TEST(Scalar, NoArgumentsAtAll) {
  gen_case_clear(&from);
  EXPECT_NO_COMPLAINT(oracle_call_all_ways(&from));
}

/* The two classes are counted apart: one that is full leaves the other's registers to later
 * arguments. */
CTX_TEST(Scalar, RegistersAreTakenAfterOthersHaveGoneToMemory) {
  gen_case_clear(&from);
  for (size_t i = 0; i < 10; i++)
    gen_case_add(&from, gen_scalar(i == 8 ? GEN_F64 : GEN_I32));
  EXPECT_NO_COMPLAINT(oracle_call_all_ways(&from));
}
