/* Makes calls of the interface, from bytes, that are wrong in any number of ways. Each is answered
 * with the status that the headers promise, and on an error not a byte is written. */
#ifndef CTX_TESTING_HOSTILE_HOSTILE_H_
#define CTX_TESTING_HOSTILE_HOSTILE_H_

#include <stddef.h>
#include <stdint.h>

/* hostile_call makes one call, or a few that belong together, and returns what was wrong with it,
 * "" if nothing. The text is static. */
const char *hostile_call(const uint8_t *data, size_t size);

/* hostile_types makes descriptions of types and signatures, contexts from these, and returns the
 * same. */
const char *hostile_types(const uint8_t *data, size_t size);

/* Counts how the calls have ended, since the program began. */
typedef struct hostile_counts {
  uint64_t by_status[32]; /* init's */
  uint64_t runs;          /* contexts that were run, too */
  uint64_t stacks;        /* mapped, or taken */
  uint64_t stack_errors;
  uint64_t types_by_status[32];
  uint64_t signatures_by_status[32];
  uint64_t signed_inits_by_status[32];
} hostile_counts;
extern hostile_counts hostile_counts_so_far;

#endif /* CTX_TESTING_HOSTILE_HOSTILE_H_ */
