// Generators that consume generators: words of a text, the longer ones, each with its place; and a
// tree, walked by recursion. None of them knows who consumes it.
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "ctx/ctx.hpp"

namespace {

ctx::generator<std::string_view> words(std::string_view text) {
  return ctx::generator<std::string_view>(
      [](auto &yield, std::string_view rest) {
        for (std::size_t end = 0; end != rest.npos; rest.remove_prefix(end + 1)) {
          end = rest.find(' ');
          yield(rest.substr(0, end));
          if (end == rest.npos) return;
        }
      },
      text);
}

// A generator is moved into the one that consumes it.
template <typename T, typename Predicate>
ctx::generator<T> filter(ctx::generator<T> from, Predicate predicate) {
  return ctx::generator<T>(
      [](auto &yield, ctx::generator<T> &&items, Predicate &&wanted) {
        for (T &item : items) {
          if (wanted(item)) yield(item);
        }
      },
      std::move(from), std::move(predicate));
}

template <typename T>
ctx::generator<std::pair<int, T>> number(ctx::generator<T> from) {
  return ctx::generator<std::pair<int, T>>(
      [](auto &yield, ctx::generator<T> &&items) {
        int i = 1;
        for (T &item : items)
          yield(std::pair<int, T>(i++, item));
      },
      std::move(from));
}

struct tree {
  std::string name;
  std::unique_ptr<tree> left, right;
};

// It yields at any depth.
void walk(ctx::generator<const std::string>::yielder &yield, const tree *at) {
  if (at == nullptr) return;
  walk(yield, at->left.get());
  yield(at->name);
  walk(yield, at->right.get());
}

std::unique_ptr<tree> leaf(const char *name) {
  return std::make_unique<tree>(tree{name, nullptr, nullptr});
}

}  // namespace

int main() {
  const std::string_view text = "a context has a stack of its own and goes on where it stopped";
  const auto is_long = [](std::string_view word) { return word.size() > 3; };
  for (const auto &[place, word] : number(filter(words(text), is_long)))
    std::printf("%d %.*s\n", place, static_cast<int>(word.size()), word.data());

  tree root{"d", leaf("b"), leaf("f")};
  root.left->left = leaf("a");
  root.left->right = leaf("c");
  root.right->left = leaf("e");
  for (const std::string &name : ctx::generator<const std::string>(walk, &root))
    std::printf("%s\n", name.c_str());
  return 0;
}
