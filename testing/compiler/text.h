/* Texts of any length. */
#ifndef CTX_TESTING_COMPILER_TEXT_H_
#define CTX_TESTING_COMPILER_TEXT_H_

/* text_format is sprintf into memory that the caller frees. */
char *text_format(const char *format, ...) __attribute__((__format__(__printf__, 1, 2)));

/* text_append returns both texts as one, and frees the first. */
char *text_append(char *text, const char *more);

#endif /* CTX_TESTING_COMPILER_TEXT_H_ */
