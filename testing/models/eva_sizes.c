/* The sizes of stacks and pools, which are any: they come from users. No sum wraps. */
#include "testing/models/eva.h"
/* Behind it: */
static bool any_and_whether(size_t *out) {
  *out = any();
  return any_up_to(1) != 0;
}
#define __builtin_add_overflow(a, b, out) any_and_whether(out)
#define __builtin_mul_overflow(a, b, out) any_and_whether(out)
/* The beginning of ctx/stack/pool.c. Frama-C does not know the vectors of the rest. */
#include "measure.c"
/* Behind it: */
#include "ctx/stack/size.c"

size_t ctx_system_page_size(void) { return 4096; }
/* The processor says so. With all that there is today it is some 11 KiB. */
size_t ctx_system_signal_frame_size(void) { return any_up_to(1 << 20); }

int main(void) {
  size_t size;
  ctx_stack_round_size(any(), &size);
  ctx_stack_pool_options options = {.guard_size = any(), .keep_size = any()};
  ctx_stack_pool pool;
  size_t header_size;
  ctx_stack_pool_measure(&pool, any(), any(), &options, &header_size);
  return 0;
}
