#include "testing/stack/overflowing.h"

/* Not a tail call, and no end that a compiler could see. Frames are large so that the guard is hit
 * by this function, and not by what a sanitizer calls. */
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
