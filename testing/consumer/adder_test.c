/* ctx under a library of someone else's, which Bazel links as a shared one here. */
#include <stdio.h>

#include "adder.h"

int main(void) {
  int sum = adder_add(40, 2.0);
  printf("40 + 2.0 = %d\n", sum);
  return sum == 42 ? 0 : 1;
}
