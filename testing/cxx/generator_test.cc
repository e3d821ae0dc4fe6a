// Generators of ctx/ctx.hpp: ranges of what a callable yields.
#include <algorithm>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

#include "ctx/ctx.hpp"
#include "testing/harness/harness.h"

namespace {

ctx::generator<int> Count(int limit) {
  return ctx::generator<int>(
      [](auto &yield, int to) {
        for (int i = 0; i < to; i++)
          yield(i);
      },
      limit);
}

CTX_TEST(Generator, IsARange) {
  for (int limit : {0, 1, 10}) {
    int num = 0;
    for (int i : Count(limit))
      EXPECT_EQ(num++, i);
    EXPECT_EQ(limit, num);
  }
  ctx::generator<int> numbers = Count(5);
  EXPECT_EQ(10, std::accumulate(numbers.begin(), numbers.end(), 0));
  EXPECT_TRUE(numbers.begin() == numbers.end());
}

// The loop has the object itself.
CTX_TEST(Generator, YieldsReferences) {
  std::string order;
  ctx::generator<std::unique_ptr<int>> owners([&order](auto &yield) {
    auto first = std::make_unique<int>(1);
    yield(first);
    order += first == nullptr ? '-' : '+';
    yield(std::make_unique<int>(2));
  });
  int sum = 0;
  for (std::unique_ptr<int> &owner : owners) {
    const std::unique_ptr<int> taken = std::move(owner);
    sum += *taken;
  }
  EXPECT_EQ(3, sum);
  EXPECT_STREQ("-", order.c_str());

  const std::string texts[] = {"a", "b"};
  ctx::generator<const std::string> constants([&texts](auto &yield) {
    for (const std::string &text : texts)
      yield(text);
  });
  for (const std::string &text : constants)
    order += text;
  EXPECT_STREQ("-ab", order.c_str());
}

CTX_TEST(Generator, MayConsumeAnother) {
  ctx::generator<int> evens([](auto &yield) {
    for (int i : Count(6))
      if (i % 2 == 0) yield(i);
  });
  std::string order;
  for (int i : evens)
    order += std::to_string(i);
  EXPECT_STREQ("024", order.c_str());
}

struct Noted {
  std::string *order;
  ~Noted() { *order += 'n'; }
};

CTX_TEST(Generator, EndsWithTheLoopThatLeavesIt) {
  std::string order;
  const auto endless = [&order](auto &yield) {
    Noted noted{&order};
    for (int i = 0;; i++)
      yield(i);
  };
  for (int i : ctx::generator<int>(endless))
    if (i == 3) break;
  EXPECT_STREQ("n", order.c_str());
}

CTX_TEST(Generator, ThrowsInTheLoop) {
  ctx::generator<int> throws([](auto &yield) {
    yield(1);
    throw std::runtime_error("thrown");
  });
  int num = 0;
  std::string what;
  try {
    for (int i : throws)
      num += i;
  } catch (const std::runtime_error &error) {
    what = error.what();
  }
  EXPECT_EQ(1, num);
  EXPECT_STREQ("thrown", what.c_str());
  EXPECT_TRUE(throws.begin() == throws.end());
}

CTX_TEST(Generator, IsMovedBetweenPasses) {
  ctx::generator<int> first = Count(3);
  EXPECT_EQ(0, *first.begin());
  ctx::generator<int> second = std::move(first);
  ctx::generator<int>::iterator at = second.begin();
  EXPECT_EQ(0, *at);
  at.operator++();
  EXPECT_EQ(1, *at);
  at++;
  EXPECT_EQ(2, *at);
  at++;
  EXPECT_TRUE(at == second.end());
}

}  // namespace
