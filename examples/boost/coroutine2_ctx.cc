#include <cstdio>
#include <string>

#include "ctx/ctx.hpp"

int main() {
  // A range: it begins when it is looked at.
  ctx::generator<int> squares([](auto &yield) {
    for (int i = 1; i <= 5; i++)
      yield(i * i);
  });
  for (int square : squares)
    std::printf("%d\n", square);

  // It is given lines in a variable that both see.
  std::string line;
  ctx::coroutine<void> writer([&line](ctx::self &self) {
    for (int number = 1;; number++) {
      std::printf("%d: %s\n", number, line.c_str());
      self.yield();
    }
  });
  for (const char *next : {"one line", "another one"}) {
    line = next;
    writer.resume();
  }
  return 0;
}
