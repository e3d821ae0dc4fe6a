/* Any bytes are a list of typed values: an entry that is called with them through a context must
 * find them where the psABI says, and what it returns must come back. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "testing/entry/call.h"

/* The first byte says how the context is made, then each argument is a byte for its kind, and as
 * many as its type has for its value; what is missing at the end is 0. */
typedef struct reader {
  const uint8_t *at;
  const uint8_t *end;
} reader;

static uint64_t read_bytes(reader *in, size_t size) {
  uint64_t bits = 0;
  for (size_t i = 0; i < size && in->at < in->end; i++)
    bits |= (uint64_t)*in->at++ << (8 * i);
  return bits;
}

static size_t read_args(reader *in, struct ctx_test_arg *args) {
  const ctx_kind first = CTX_KIND_U8;
  size_t num_args = 0;
  while (in->at < in->end && num_args < CTX_EXPECT_MAX_ARGS) {
    ctx_kind kind = (ctx_kind)(first + read_bytes(in, 1) % (CTX_KIND_F64 + 1 - first));
    args[num_args++] = (struct ctx_test_arg){kind, read_bytes(in, ctx_test_kind_size(kind))};
  }
  return num_args;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static struct ctx_test_arg args[CTX_EXPECT_MAX_ARGS];
  reader in = {data, data + size};
  enum ctx_call_with with = (enum ctx_call_with)(read_bytes(&in, 1) % CTX_NUM_CALL_WITH);
  size_t num_args = read_args(&in, args);
  const char *complaint = ctx_call_probe(args, num_args, with);
  if (*complaint != '\0') {
    fprintf(stderr, "%s\n", complaint);
    abort();
  }
  return 0;
}
