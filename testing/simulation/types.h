/* The types of arguments and results that are not C's own. */
#ifndef CTX_TESTING_SIMULATION_TYPES_H_
#define CTX_TESTING_SIMULATION_TYPES_H_

#include <stdint.h>

#include "testing/simulation/signatures.h"

typedef struct integer_and_double {
  uint64_t integer;
  double fp;
} integer_and_double;

typedef struct two_doubles {
  double fp[2];
} two_doubles;

typedef struct in_memory {
  uint64_t words[5];
} in_memory;

typedef struct aligned_in_memory {
  _Alignas(SIGNATURES_MAX_SIZE) uint64_t words[8];
} aligned_in_memory;

__extension__ typedef __int128 int128;
typedef uint64_t v128 __attribute__((__vector_size__(16)));
typedef uint64_t v256 __attribute__((__vector_size__(32)));
typedef uint64_t v512 __attribute__((__vector_size__(64)));

#endif /* CTX_TESTING_SIMULATION_TYPES_H_ */
