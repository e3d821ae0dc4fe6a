#include "testing/callsites/processor.h"

#include <stddef.h>

/* No vector takes a register of its own. */
const processor_feature *processor_vectors(size_t num_bytes) {
  (void)num_bytes;
  return NULL;
}

const processor_feature processor_f16 = {"-march=rv64gc_zfh", "zfh"};

/* gcc would align none to more than 16. */
const char processor_include[] =
    "typedef char vector_of_8 __attribute__((vector_size(8)));\n"
    "typedef char vector_of_16 __attribute__((vector_size(16)));\n"
    "typedef char vector_of_32 __attribute__((vector_size(32), aligned(32)));\n"
    "typedef char vector_of_64 __attribute__((vector_size(64), aligned(64)));\n";
