#include <cstdio>

#include "ctx/ctx.hpp"

struct guard {
  ~guard() { std::printf("unwound\n"); }
};

static ctx_context host, child;
// By a pointer to the external function: docs/pitfalls.md, "Cancellation".
static ctx_context *(*volatile yield)(ctx_context *) = ctx_yield;

static void count(int *item) {
  const guard at_end;
  for (int i = 1;; i++) {
    *item = i;
    yield(&child);
  }
}

static void on_top(void *item) { std::printf("on top, at %d\n", *static_cast<int *>(item)); }

int main() {
  int item = 0;
  const ctx::stack stack;
  if (CTX_START(&child, stack.base(), stack.size(), count, &item) != CTX_OK) return 1;
  ctx_swap(&host, &child);
  std::printf("%d\n", item);
  ctx_swap(&host, &child);
  std::printf("%d\n", item);

  // A function that runs on top of the suspended one.
  ctx_swap_with(&host, &child, on_top, &item);
  std::printf("%d\n", item);
  return ctx_cancel(&host, &child) == CTX_OK ? 0 : 1;  // a context ends when it is told to
}
