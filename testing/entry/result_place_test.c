/* A wide context's result is kept wherever its stack lies: half of an address is not taken for
 * all of it. */
#define _GNU_SOURCE
#include <stddef.h>
#include <sys/mman.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

enum { STACK_SIZE = 65536, PAGE_SIZE = 65536 };

typedef long double _Complex wide;
static wide one_and_a_half(void) { return 1.5L; }

/* Maps a stack's size below the address, and a page from there up. */
static char *map_around(uintptr_t address) {
  char *bottom = (char *)(address - STACK_SIZE);
  char *room = mmap(bottom, STACK_SIZE + PAGE_SIZE, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  if (room == bottom) return room;
  if (room != MAP_FAILED) munmap(room, STACK_SIZE + PAGE_SIZE); /* it takes it for a hint */
  return NULL;
}

static void expect_result(char *stack) {
  static ctx_context host, child;
  ctx_signature *signature = NULL;
  ASSERT_EQ(CTX_OK, ctx_signature_create(&signature, &ctx_type_complex_long_double, NULL, 0,
                                         CTX_NOT_VARIADIC));
  ASSERT_EQ(CTX_OK, ctx_init_signature(&child, stack, STACK_SIZE, NULL, (ctx_entry)one_and_a_half,
                                       signature, NULL));
  host = (ctx_context){0};
  ctx_swap(&host, &child);
  wide result = 0;
  EXPECT_EQ(CTX_OK, ctx_retval_get(&child, signature, &result));
  EXPECT_TRUE(result == 1.5L);
  ctx_signature_destroy(signature);
}

/* How far a result lies below the end of the stack is the architecture's own. */
CTX_TEST(ResultPlace, LowerHalfOfItsAddressIsZero) {
  char *room = NULL;
  for (uintptr_t high = 0x100; high < 0x7fff && room == NULL; high++)
    room = map_around(high << 32);
  if (room == NULL) CTX_SKIP("no page is free whose address is a multiple of 4 GiB");
  for (ptrdiff_t end = 0; end <= 256; end += 16) {
    ctx_test_note("%d bytes of the stack lie above that address", (int)end);
    expect_result(room + end);
  }
  munmap(room, STACK_SIZE + PAGE_SIZE);
}
