#include <boost/coroutine2/all.hpp>
#include <cstdio>
#include <string>

using numbers = boost::coroutines2::coroutine<int>;
using lines = boost::coroutines2::coroutine<std::string>;

int main() {
  // Pulled from: it begins at once.
  numbers::pull_type squares([](numbers::push_type &yield) {
    for (int i = 1; i <= 5; i++)
      yield(i * i);
  });
  for (int square : squares)
    std::printf("%d\n", square);

  // Pushed to.
  lines::push_type writer([](lines::pull_type &in) {
    int number = 0;
    for (const std::string &line : in)
      std::printf("%d: %s\n", ++number, line.c_str());
  });
  writer("one line");
  writer("another one");
  return 0;
}
