/* testing/api's arena for calls by the hundred thousand: filled once, then compared and copied. */
#ifndef CTX_TESTING_HOSTILE_ARENA_H_
#define CTX_TESTING_HOSTILE_ARENA_H_

#include "testing/api/arena.h"

void arena_reset(void);

/* Returns whether [begin, end), in the arena, is as it was reset. */
bool arena_is_untouched(const char *begin, const char *end);

/* Returns what is wrong with what init, which answered `status`, has written. On CTX_OK it may
 * write the arena's context and `needed` bytes below `end`, otherwise nothing. */
const char *arena_complaint(ctx_status status, const char *end, size_t needed);

#endif /* CTX_TESTING_HOSTILE_ARENA_H_ */
