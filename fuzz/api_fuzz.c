/* Any bytes are a call with hostile parameters: it returns the status that is documented, and an
 * error writes nothing. */
#include <stdio.h>
#include <stdlib.h>

#include "testing/hostile/hostile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *complaint = hostile_call(data, size);
  if (*complaint != '\0') {
    fprintf(stderr, "%s\n", complaint);
    abort();
  }
  return 0;
}
