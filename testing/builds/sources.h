/* The library's sources, which tests get as data. */
#ifndef CTX_TESTING_BUILDS_SOURCES_H_
#define CTX_TESTING_BUILDS_SOURCES_H_

#include <glob.h>

/* sources_find finds all of them, as the README's command does; the caller gives it to globfree. */
glob_t sources_find(void);

/* sources_in_words returns their paths, each with a space before it. The caller frees it. */
char *sources_in_words(const glob_t *sources);

#endif /* CTX_TESTING_BUILDS_SOURCES_H_ */
