/* Any bytes are descriptions of types, a signature of these, and a context from that, most of them
 * wrong somewhere: each is answered with a status, and an error writes nothing. */
#include <stdio.h>
#include <stdlib.h>

#include "testing/hostile/hostile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *complaint = hostile_types(data, size);
  if (*complaint != '\0') {
    fprintf(stderr, "%s\n", complaint);
    abort();
  }
  return 0;
}
