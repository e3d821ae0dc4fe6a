#include "testing/stack/overflowing.h"

/* The call is not a tail call, and no compiler can see its end. Frames are large so that this
 * function hits the guard, and not one that a sanitizer calls. */
__attribute__((noinline)) static size_t recurse(size_t depth, const volatile char *caller) {
  volatile char frame[2048];
  frame[0] = caller[0];
  frame[sizeof frame - 1] = (char)depth;
  if (frame[0] == 0) return depth; /* never: it is 1 */
  return recurse(depth + 1, frame) + (size_t)frame[0];
}

size_t overflowing_entry(void) {
  const volatile char first = 1;
  return recurse(0, &first);
}
