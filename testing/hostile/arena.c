#include "testing/hostile/arena.h"

#include <string.h>

#include "testing/hostile/complaint.h"

static struct ctx_test_arena pristine;

void arena_reset(void) {
  static bool is_filled;
  if (!is_filled) {
    ctx_test_arena_fill(0x5a);
    pristine = ctx_test_arena;
    is_filled = true;
  }
  ctx_test_arena = pristine;
}

bool arena_is_untouched(const char *begin, const char *end) {
  size_t offset = (size_t)(begin - (const char *)&ctx_test_arena);
  return memcmp(begin, (const char *)&pristine + offset, (size_t)(end - begin)) == 0;
}

const char *arena_complaint(ctx_status status, const char *end, size_t needed) {
  const char *arena = (const char *)&ctx_test_arena;
  const char *arena_end = (const char *)(&ctx_test_arena + 1);
  if (status != CTX_OK) {
    return arena_is_untouched(arena, arena_end)
               ? ""
               : complain("%s, and wrote", ctx_status_name(status));
  }
  const char *child = (const char *)&ctx_test_arena.child;
  if (needed > (size_t)(end - ctx_test_arena.stack)) return "init took a stack that is too small";
  bool untouched = arena_is_untouched(arena, child) &&
                   arena_is_untouched(child + sizeof(ctx_context), end - needed) &&
                   arena_is_untouched(end, arena_end);
  return untouched ? "" : "init wrote beside the context and the bytes that it needs";
}
