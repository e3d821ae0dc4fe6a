/* Where a call returns to there is no endbr64. So the jump that takes the place of a ret says that
 * it is not to be tracked (notrack), or branch tracking would stop it. No processor here would
 * notice. */
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

typedef unsigned char code[];
extern code ctx_asm_return_from_swap;

static const unsigned char notrack_jmp_rcx[] = {0x3e, 0xff, 0xe1};
enum { MAX_SIZE = 64 }; /* of the routine; all of it is one cache line */

CTX_TEST(UntrackedJump, ReturnsFromTheExternalSwap) {
  size_t num_jumps = 0;
  for (size_t at = 0; at + sizeof notrack_jmp_rcx <= MAX_SIZE; at++) {
    const unsigned char *here = ctx_asm_return_from_swap + at;
    num_jumps += memcmp(here, notrack_jmp_rcx, sizeof notrack_jmp_rcx) == 0;
  }
  EXPECT_EQ(1, num_jumps);
}
