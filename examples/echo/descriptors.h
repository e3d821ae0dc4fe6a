/* Says how many connections a process can have. */
#ifndef CTX_EXAMPLES_ECHO_DESCRIPTORS_H_
#define CTX_EXAMPLES_ECHO_DESCRIPTORS_H_

#include <stddef.h>

/* So many are kept back for whatever else a process has open. */
#define DESCRIPTORS_RESERVED 32

/* Raises the limit on descriptors as far as the process may (RLIMIT_NOFILE, to its hard limit), and
 * returns how many connections that is. */
size_t descriptors_raise_limit(void);

#endif /* CTX_EXAMPLES_ECHO_DESCRIPTORS_H_ */
