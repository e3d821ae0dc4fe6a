/* Cases as C: for each its types, with assertions on their layout; a call; and a function that is
 * called. */
#ifndef CTX_TESTING_CALLSITES_WRITER_H_
#define CTX_TESTING_CALLSITES_WRITER_H_

#include <stdio.h>

#include "testing/callsites/selection.h"

/* writer_write writes a source with cases [first, first + num_cases) of the set, which is compiled
 * with the root of this project for #include, and defines site_this_unit. */
void writer_write(FILE *out, const selection *set, size_t first, size_t num_cases);

#endif /* CTX_TESTING_CALLSITES_WRITER_H_ */
