/* Runs programs, an echo server among them. Exits with a message where that fails. */
#ifndef CTX_EXAMPLES_ECHO_PROCESS_H_
#define CTX_EXAMPLES_ECHO_PROCESS_H_

#include <stdbool.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/types.h>

typedef struct process {
  pid_t id;
  FILE *out; /* what it prints */
} process;

/* argv[0] is the program. */
process process_start(char *const *argv);

/* Reads what is left of its output, waits for its end, and returns whether that was a success.
 * *use, which may be null, receives what it took. */
bool process_finish(process *self, struct rusage *use);

/* Starts a server on a port of its own, and returns when it listens; the port is written to *port.
 */
process process_start_server(const char *program, int *port);

/* Ends a server by SIGTERM, as process_finish. */
bool process_stop_server(process *self, struct rusage *use);

#endif /* CTX_EXAMPLES_ECHO_PROCESS_H_ */
