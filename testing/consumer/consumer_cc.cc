// A C++ program of someone else's, which has ctx as an external repository.
#include <cstdio>

#include "ctx/ctx.h"

namespace {

ctx_context host, child;
alignas(64) unsigned char stack[64 * 1024];

int add(int a, double b) { return a + static_cast<int>(b); }

}  // namespace

int main() {
  ctx_status status = ctx_init(&child, stack, sizeof stack, CTX_ENTRY(add), CTX_ARGS(40, 2.0));
  if (status != CTX_OK) {
    std::fprintf(stderr, "ctx_init: %s\n", ctx_status_message(status));
    return 1;
  }
  ctx_swap(&host, &child);
  std::printf("40 + 2.0 = %d\n", static_cast<int>(ctx_retval_i32(&child)));
  return ctx_retval_i32(&child) == 42 ? 0 : 1;
}
