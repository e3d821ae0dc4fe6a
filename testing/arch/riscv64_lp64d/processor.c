#include "testing/callsites/processor.h"

#include <stddef.h>

/* No vector takes a register of its own. Wider ones are left out: gcc 12 aligns them to less than
 * their size, so that what has them is laid out otherwise than by clang. */
const processor_feature *processor_vectors(size_t num_bytes) {
  static const processor_feature none = {"-mno-such-vectors", "vectors aligned to their size"};
  return num_bytes > 16 ? &none : NULL;
}

const processor_feature processor_f16 = {"-march=rv64gc_zfh", "zfh"};

/* clang 14 does not extend integers in memory, and C11 has no `f(...)`. */
const unsigned processor_percent_judged = 65;

const char processor_include[] =
    "typedef char vector_of_8 __attribute__((vector_size(8)));\n"
    "typedef char vector_of_16 __attribute__((vector_size(16)));\n"
    "typedef char vector_of_32 __attribute__((vector_size(32)));\n"
    "typedef char vector_of_64 __attribute__((vector_size(64)));\n";
