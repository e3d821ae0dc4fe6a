/* To ask all compilers for all cases takes long, so a run may leave some out:
 * CTX_COMPILERS_PART=3/10 in the environment is the third tenth. Without it, all is done. Any
 * thread may call. */
#ifndef CTX_TESTING_COMPILER_PART_H_
#define CTX_TESTING_COMPILER_PART_H_

#include <stdbool.h>
#include <stddef.h>

/* There are at most so many parts. */
enum { PART_MAX = 20 };

typedef struct part {
  size_t number; /* from 1 to `of` */
  size_t of;
} part;

/* part_wanted reads the environment. False if what is there does not name a part. */
bool part_wanted(part *out);

/* part_parse reads "3/10". False, and *out is as it was, if that does not name a part. */
bool part_parse(const char *text, part *out);

#endif
