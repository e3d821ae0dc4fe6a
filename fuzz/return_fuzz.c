/* Any bytes are a result of any type, and the contents of the other registers. The result must come
 * back whole, by every accessor that fits, in whatever way the context is made; or its type must be
 * refused. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "testing/oracle/call.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static gen_case input;
  gen_options options = oracle_options(4);
  options.allow |= GEN_ALLOW_REFUSED;
  gen_case_from_bytes(&input, &options, data, size);
  oracle_make_acceptable(&input);
  const char *complaint = oracle_call(&input);
  if (*complaint == '\0') return 0;
  fprintf(stderr, "%s\n", complaint);
  abort();
}
