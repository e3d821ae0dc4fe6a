/* The compilers of this machine, run at test time. Any thread may call, except for compiler_all. */
#ifndef CTX_TESTING_COMPILER_COMPILER_H_
#define CTX_TESTING_COMPILER_COMPILER_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct compiler {
  const char *name;    /* as it is called: "g++", "clang-19" */
  const char *options; /* each of its runs gets them: "-O2"; separated by spaces, or "" */
} compiler;

/* ---- Finding ---- */

/* compiler_is_there prints its version; false if it is not on PATH. */
bool compiler_is_there(const compiler *of);

/* compiler_all returns those of gcc, g++, clang and clang++ that are there. The first call prints
 * which they are. One thread at a time. */
size_t compiler_all(const compiler **out);

/* These look at the name. */
bool compiler_is_cxx(const compiler *of);
bool compiler_is_clang(const compiler *of);

/* compiler_cpu_has looks for a word in the flags of /proc/cpuinfo. */
bool compiler_cpu_has(const char *feature);

/* ---- Running ---- */

/* compiler_run gives `source` to the compiler, in the compiler's language, with these flags, and
 * with the working directory for #include. Returns whether the compiler accepts it. *out_output is
 * as for run_program. */
bool compiler_run(const compiler *of, const char *flags, const char *source, char **out_output);

/* compiler_takes returns whether the compiler compiles the source with these flags. */
bool compiler_takes(const compiler *of, const char *flags, const char *source);

/* compiler_makes_programs returns whether an empty program compiles with these flags, without a
 * warning, and runs; it is written to `path`. It does not where the compiler or its libraries know
 * nothing of the flags, or the machine cannot do what they ask for. *out_output is as for
 * run_program, of what came last. */
bool compiler_makes_programs(const compiler *of, const char *flags, const char *path,
                             char **out_output);

/* ---- Loading ---- */

/* compiler_load has `write` write a source in C, compiles it to a shared object, and loads it: the
 * handle is for dlsym and dlclose. Functions that differ in their types only stay apart. Null if it
 * fails; messages go to stderr. */
typedef void compiler_writer(FILE *out, const void *data);
void *compiler_load(const compiler *of, const char *flags, compiler_writer *write,
                    const void *data);

#endif /* CTX_TESTING_COMPILER_COMPILER_H_ */
