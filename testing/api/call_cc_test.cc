// CTX_CALL and what goes with it, from C++: arguments are converted as by a call, and arrive.
#include <gtest/gtest.h>

#include <cstdarg>
#include <cstring>
#include <string>

#include "ctx/ctx.h"
#include "testing/api/counts.h"
#include "testing/api/numbers.h"

namespace {

ctx_context host;
ctx_context child;
alignas(16) char stack[16384];

void Finish(ctx_status status) {
  ASSERT_EQ(CTX_OK, status);
  ctx_swap(&host, &child);
  EXPECT_TRUE(ctx_has_returned(&child));
}

#define INIT(...) Finish(ctx_init(&child, stack, sizeof stack, __VA_ARGS__))
#define START(...) Finish(CTX_START(&child, stack, sizeof stack, __VA_ARGS__))

double Area(int width, double height) { return width * height; }
#define DEFINE_TAKE(n) \
  double Take##n(COUNT_PARAMETERS_##n) { return COUNT_SUM_##n; }
COUNTS(DEFINE_TAKE)
#define EXPECT_TAKEN(n)                \
  START(Take##n, COUNT_ARGUMENTS_##n); \
  EXPECT_EQ(COUNT_EXPECTED(n), ctx_retval_f64(&child));

TEST(Call, EachNumberOfArguments) { COUNTS(EXPECT_TAKEN) }

int Take256(EACH_OF_SIXTEEN(SIXTEEN_PARAMETERS, COMMA)) {
  return EACH_OF_SIXTEEN(SIXTEEN_ADDED, PLUS);
}
int AddAll(int num, ...) {
  va_list args;
  int sum = 0;
  va_start(args, num);
  for (int i = 0; i < num; i++)
    sum += va_arg(args, int);
  va_end(args);
  return sum;
}

int TakeAny(...) { return 7; }

TEST(Call, EllipsisAlone) {
  INIT(CTX_CALL_VARIADIC(TakeAny));
  EXPECT_EQ(7, ctx_retval_i32(&child));
}

TEST(Call, AsManyArgumentsAsThereCanBe) {
  START(Take256, NUMBERS_256);
  EXPECT_EQ(255 * 256 / 2, ctx_retval_i32(&child));
  INIT(CTX_CALL_VARIADIC(AddAll, 255, NUMBERS_255));
  EXPECT_EQ(254 * 255 / 2, ctx_retval_i32(&child));
}

double QuietArea(int width, double height) noexcept { return width * height; }
template <typename T, typename U>
U Sum(T a, U b) {
  return static_cast<U>(a) + b;
}

TEST(CallInCxx, ArgumentsAreConverted) {
  START(Area, 6L, 7);
  EXPECT_EQ(42, ctx_retval_f64(&child));
  START(QuietArea, 'a', 0.5F);
  EXPECT_EQ('a' / 2.0, ctx_retval_f64(&child));
}

struct Base {
  int value;
};
struct Derived : Base {};
enum class Scoped : signed char { kValue = -5 };

int Mixed(const char *text, const Base *base, const void *null, char c, float f, unsigned long n,
          void (*callback)(int), Scoped scoped, bool flag) {
  EXPECT_STREQ("text", text);
  EXPECT_EQ(3, base->value);
  EXPECT_EQ(nullptr, null);
  EXPECT_EQ(7, c);
  EXPECT_EQ(1.5F, f);
  EXPECT_EQ(8U, n);
  callback(9);
  EXPECT_EQ(Scoped::kValue, scoped);
  EXPECT_TRUE(flag);
  return 10;
}

int called_with;

TEST(CallInCxx, ArgumentsOfAllSortsArrive) {
  Derived derived{};
  derived.value = 3;
  START(
      Mixed, "text", &derived, nullptr, 7, 1.5, 8, [](int x) { called_with = x; }, Scoped::kValue,
      2 > 1);
  EXPECT_EQ(10, ctx_retval_i32(&child));
  EXPECT_EQ(9, called_with);
  START(
      Mixed, "text", &derived, 0, 7, 1.5, 8, [](int) {}, Scoped::kValue, true);
}

int Refer(int &out, const double &in, int &&moved) {
  out = static_cast<int>(in) + moved;
  return out;
}

TEST(CallInCxx, ReferencesReferToTheArguments) {
  int out = 0;
  const double in = 2.5;
  int moved = 40;
  START(Refer, out, in, static_cast<int &&>(moved));
  EXPECT_EQ(42, out);
}

TEST(CallInCxx, LambdasAndTemplatesAreFunctions) {
  START([](int a, int b) { return a - b; }, 9, 4);
  EXPECT_EQ(5, ctx_retval_i32(&child));
  START((Sum<int, double>), 1, 2);
  EXPECT_EQ(3, ctx_retval_f64(&child));
  INIT(CTX_ENTRY([](int a, int b) { return a - b; }), CTX_ARGS(9, 3));
  EXPECT_EQ(6, ctx_retval_i32(&child));
  const uintptr_t address = reinterpret_cast<uintptr_t>(&Sum<int, double>);
  EXPECT_EQ(CTX_ENTRY(address), CTX_ENTRY(Sum<int, double>));
  EXPECT_EQ(CTX_ENTRY(nullptr), nullptr);
  INIT(CTX_ENTRY(Sum<int, double>), CTX_ARGS(1, 2.5));
  EXPECT_EQ(3.5, ctx_retval_f64(&child));
}

int num_calls;

TEST(CallInCxx, NoArguments) {
  num_calls = 0;
  START([] { num_calls++; });
  INIT(CTX_CALL([]() noexcept { num_calls++; }));
  EXPECT_EQ(2, num_calls);
}

int num_choices;
double (*Choose())(int, double) {
  num_choices++;
  return Area;
}

TEST(CallInCxx, ArgumentsAndFunctionAreEvaluatedOnce) {
  int calls = 0;
  START(Choose(), ++calls, 2);
  EXPECT_EQ(1, calls);
  EXPECT_EQ(1, num_choices);
}

double Variadic(float factor, const char *kinds, ...) {
  va_list list;
  va_start(list, kinds);
  double sum = 0;
  for (; *kinds != '\0'; kinds++) {
    sum *= 10;
    if (*kinds == 'd') sum += va_arg(list, double);
    if (*kinds == 'i') sum += va_arg(list, int);
    if (*kinds == 's') sum += static_cast<double>(strlen(va_arg(list, const char *)));
  }
  va_end(list);
  return sum * static_cast<double>(factor);
}

TEST(CallInCxx, ArgumentsAfterAnEllipsisArePromoted) {
  INIT(CTX_CALL_VARIADIC(Variadic, 2, "didsi", 1.0F, '\2', 3.0, "four", true));
  EXPECT_EQ(2 * 12341, ctx_retval_f64(&child));
}

// Plain arguments, those before the ellipsis, and those after it.
std::string NamingOf(ctx_entry, const ctx_value *args, size_t num_args) {
  std::string text;
  for (size_t i = 0; i < num_args; i++)
    text += "pnu?"[args[i].is_named + 2 * args[i].is_unnamed];
  return text;
}
int TakeReference(int &x, double, ...) { return x; }

TEST(Call, MarksEachArgumentWhereThereIsAnEllipsis) {
  int x = 1;
  EXPECT_EQ("nnuu", NamingOf(CTX_CALL_VARIADIC(Variadic, 2, "", 3.0F, 4)));
  EXPECT_EQ("nn", NamingOf(CTX_CALL_VARIADIC(Variadic, 2, "")));
  EXPECT_EQ("nnu", NamingOf(CTX_CALL_VARIADIC(TakeReference, x, 2, 3)));
  EXPECT_EQ("pp", NamingOf(CTX_CALL(Area, 1, 2.0)));
}

}  // namespace

int main(int argc, char **argv) {
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
