/* A compiler of this machine, run at test time. */
#ifndef CTX_TESTING_CALLSITES_COMPILER_H_
#define CTX_TESTING_CALLSITES_COMPILER_H_

#include <stdbool.h>
#include <stdio.h>

/* As it is called, "clang-19"; and the options that all sources get: "-O2". */
typedef struct compiler {
  const char *name;
  const char *level;
} compiler;

/* compiler_is_there prints its version; false if it is not installed. */
bool compiler_is_there(const compiler *of);

/* compiler_takes says whether it compiles this text, which has no single quotes, with the flags.
 */
bool compiler_takes(const compiler *of, const char *flags, const char *text);

/* compiler_cpu_has looks for a word in the flags of /proc/cpuinfo. */
bool compiler_cpu_has(const char *feature);

/* compiler_load has `write` write a source, compiles it to a shared object, and loads it: the
 * handle is for dlsym and dlclose. Null if that fails; messages go to stderr. */
typedef void compiler_writer(FILE *out, const void *data);
void *compiler_load(const compiler *of, const char *flags, compiler_writer *write,
                    const void *data);

#endif /* CTX_TESTING_CALLSITES_COMPILER_H_ */
