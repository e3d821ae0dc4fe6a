/* Memory that is freed all at once: one declaration needs no other. */
#ifndef CTX_TOOLS_EXPLAIN_ARENA_H_
#define CTX_TOOLS_EXPLAIN_ARENA_H_

#include <stddef.h>

/* All-zero: empty. */
typedef struct arena {
  struct arena_block *last;
} arena;

/* arena_alloc returns zeroed memory, aligned for any type; exits with a message if there is none.
 */
void *arena_alloc(arena *memory, size_t size);

/* arena_print returns the formatted text. */
__attribute__((__format__(__printf__, 2, 3))) char *arena_print(arena *memory, const char *format,
                                                                ...);

void arena_free(arena *memory);

#endif /* CTX_TOOLS_EXPLAIN_ARENA_H_ */
