#include "testing/callsites/processor.h"

const processor_feature *processor_vectors(size_t num_bytes) {
  static const processor_feature avx = {"-mavx", "avx"};
  static const processor_feature avx512 = {"-mavx512f", "avx512f"};
  return num_bytes > 32 ? &avx512 : num_bytes > 16 ? &avx : NULL;
}

const processor_feature processor_f16 = {"-mavx512fp16", "avx512_fp16"};

const unsigned processor_percent_judged = 100;

const char processor_include[] = "#include <immintrin.h>\n";
