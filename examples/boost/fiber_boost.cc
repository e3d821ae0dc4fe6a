#include <boost/context/fiber.hpp>
#include <cstdio>
#include <utility>

using boost::context::fiber;

struct guard {
  ~guard() { std::printf("unwound\n"); }
};

int main() {
  int item = 0;
  fiber child([&item](fiber &&host) {
    const guard at_end;
    for (int i = 1;; i++) {
      item = i;
      host = std::move(host).resume();
    }
    return std::move(host);
  });
  child = std::move(child).resume();
  std::printf("%d\n", item);
  child = std::move(child).resume();
  std::printf("%d\n", item);

  // A function that runs on top of the suspended one.
  child = std::move(child).resume_with([&item](fiber &&host) {
    std::printf("on top, at %d\n", item);
    return std::move(host);
  });
  std::printf("%d\n", item);
  return 0;  // a suspended fiber is unwound when it is destroyed
}
