#include "testing/api/arena.h"

struct ctx_test_arena ctx_test_arena;
static uint8_t filled_with;

static uint8_t byte_at(size_t offset) {
  return (uint8_t)((((offset * 37 + (offset >> 8)) << 1) | 1) ^ filled_with);
}

void ctx_test_arena_fill(uint8_t seed) {
  filled_with = seed;
  uint8_t *bytes = (uint8_t *)&ctx_test_arena;
  for (size_t i = 0; i < sizeof ctx_test_arena; i++)
    bytes[i] = byte_at(i);
}

bool ctx_test_arena_range_is_untouched(const char *begin, const char *end) {
  const char *first = (const char *)&ctx_test_arena;
  for (const char *byte = begin; byte < end; byte++) {
    if ((uint8_t)*byte != byte_at((size_t)(byte - first))) return false;
  }
  return true;
}

bool ctx_test_arena_is_untouched(void) {
  const char *first = (const char *)&ctx_test_arena;
  return ctx_test_arena_range_is_untouched(first, first + sizeof ctx_test_arena);
}

void ctx_test_noop(void) {}
