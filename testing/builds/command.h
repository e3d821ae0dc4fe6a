/* Commands of the tests in this room, which text_format has made. */
#ifndef CTX_TESTING_BUILDS_COMMAND_H_
#define CTX_TESTING_BUILDS_COMMAND_H_

#include <stdbool.h>

/* command_run is run_program, without input, and frees the command. */
bool command_run(char *command, char **out_output);

/* command_expect expects that it ends well; otherwise the case fails with what it has written. */
void command_expect(char *command);

/* command_library compiles the library's sources to FOLDER/library.so, by gcc, with tables for
 * unwinding wherever they are not made by default. */
void command_library(const char *folder);

#endif /* CTX_TESTING_BUILDS_COMMAND_H_ */
