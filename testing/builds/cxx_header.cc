// A program of ctx/ctx.hpp, by which cxx_header_test.c asks compilers whether they take it. It
// needs neither exceptions nor RTTI.
#include <cstdio>
#include <memory>

#include "ctx/ctx.hpp"

int main() {
  ctx::coroutine sum(
      [](ctx::self &self, std::unique_ptr<int> a, int b) {
        self.yield();
        return *a + b;
      },
      std::make_unique<int>(4), 1);
  while (sum.resume()) {
  }
  ctx::stack_pool pool(65536, 1);
  ctx::generator<int> numbers(
      pool.take(),
      [](auto &yield, int limit) {
        for (int i = 0; i < limit; i++)
          yield(i);
      },
      5);
  int total = 0;
  for (int i : numbers)
    total += i;
  // One that is destroyed while it is suspended, and one before it has begun.
  ctx::coroutine suspended([](ctx::self &self) { self.yield(); });
  ctx::coroutine fresh([] {});
  suspended.resume();
  std::printf("%d %d\n", sum.result(), total);
}
