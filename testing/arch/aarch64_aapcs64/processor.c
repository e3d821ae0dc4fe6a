#include "testing/callsites/processor.h"

#include <stddef.h>

/* Every processor has vectors of 16 bytes. There are no wider ones. */
const processor_feature *processor_vectors(size_t num_bytes) {
  static const processor_feature none = {"-mno-such-vectors", "no such vectors"};
  return num_bytes > 16 ? &none : NULL;
}

const processor_feature processor_f16 = {"-march=armv8.2-a+fp16", "fphp"};

const unsigned processor_percent_judged = 100;

const char processor_include[] = "#include <arm_neon.h>\n";
