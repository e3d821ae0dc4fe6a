/* Compares text with what it should be. */
#ifndef CTX_TESTING_README_TEXT_H_
#define CTX_TESTING_README_TEXT_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* text_read returns all that is left in `file`, as a string that the caller frees. */
char *text_read(FILE *file);

/* text_read_file is text_read of the file at `path`; exits with a message if there is none. */
char *text_read_file(const char *path);

/* text_equal compares two strings. Where they differ it prints the first line that does, of each,
 * under their names, to stderr. */
bool text_equal(const char *expected_name, const char *expected, const char *actual_name,
                const char *actual);

#endif /* CTX_TESTING_README_TEXT_H_ */
