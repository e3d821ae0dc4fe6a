/* A context and a stack with guard bytes around them, and a way to see what has been written. */
#ifndef CTX_TESTING_API_ARENA_H_
#define CTX_TESTING_API_ARENA_H_

#include <stdint.h>

#include "ctx/ctx.h"

enum { CTX_ARENA_STACK_SIZE = 4096, CTX_ARENA_GUARD_SIZE = 256 };

struct ctx_test_arena {
  char guard0[CTX_ARENA_GUARD_SIZE];
  ctx_context child;
  char guard1[CTX_ARENA_GUARD_SIZE];
  char stack[CTX_ARENA_STACK_SIZE];
  char guard2[CTX_ARENA_GUARD_SIZE];
};

/* There is one; its bytes are compared by address, so it does not move. */
extern struct ctx_test_arena ctx_test_arena;

/* ctx_test_arena_fill sets every byte to one that depends on its address and on `seed`; two seeds
 * that differ in bit 0 differ in each byte. */
void ctx_test_arena_fill(uint8_t seed);

/* ctx_test_arena_is_untouched returns whether every byte of [begin, end), or of all, is what the
 * last fill has put there. */
bool ctx_test_arena_is_untouched(void);
bool ctx_test_arena_range_is_untouched(const char *begin, const char *end);

/* ctx_test_noop is an entry that nobody calls, or that returns at once. */
void ctx_test_noop(void);

#endif /* CTX_TESTING_API_ARENA_H_ */
