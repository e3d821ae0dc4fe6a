/* Programs of this machine. */
#ifndef CTX_TESTING_COMPILER_RUN_H_
#define CTX_TESTING_COMPILER_RUN_H_

#include <stdbool.h>

/* run_program runs a program to its end: the first of the command's words, looked for on PATH.
 * Words are separated by spaces; nothing is quoted. `input` is its stdin; null is nothing. Its
 * messages are not translated. Returns whether it has exited with 0. *out_output, unless out_output
 * is null, is all that it has written to stdout and stderr, with '?' for a zero byte; the
 * caller frees it. Any thread may call. */
bool run_program(const char *command, const char *input, char **out_output);

/* run_emulator returns the word that comes before a program which is compiled for this program's
 * processor: "", except where an emulator runs this one (tools/cross). Programs of the machine
 * itself, such as compilers, start without it. */
const char *run_emulator(void);

#endif /* CTX_TESTING_COMPILER_RUN_H_ */
