/* For tests of layouts. */
#ifndef CTX_TOOLS_EXPLAIN_BIT_OFFSET_H_
#define CTX_TOOLS_EXPLAIN_BIT_OFFSET_H_

#include <string.h>

#include "tools/explain/type.h"

/* bit_offset_of returns the place of the member of that name, those of anonymous members included;
 * SIZE_MAX: there is none. */
static inline size_t bit_offset_of(const type *t, const char *text) {
  for (const member *m = t->members; m != NULL; m = m->next) {
    if (m->name != NULL && strcmp(m->name, text) == 0) return m->bit_offset;
    size_t inner = m->name == NULL ? bit_offset_of(m->type, text) : SIZE_MAX;
    if (inner != SIZE_MAX) return m->bit_offset + inner;
  }
  return SIZE_MAX;
}

#endif /* CTX_TOOLS_EXPLAIN_BIT_OFFSET_H_ */
