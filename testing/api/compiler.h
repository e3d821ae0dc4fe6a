/* The compilers of this machine, run on a text. */
#ifndef CTX_TESTING_API_COMPILER_H_
#define CTX_TESTING_API_COMPILER_H_

#include <stdbool.h>
#include <stddef.h>

enum ctx_test_language { CTX_TEST_C, CTX_TEST_CXX };

struct ctx_test_compiler {
  const char *name; /* "gcc", "g++", "clang", "clang++" */
  enum ctx_test_language language;
  bool is_clang;
};

/* ctx_test_compilers returns those that are installed, and prints which they are, once. */
size_t ctx_test_compilers(const struct ctx_test_compiler **out);

enum { CTX_TEST_COMPILER_OUTPUT = 1 << 22 };

/* ctx_test_compile gives `source` to the compiler, with the flags (separated by single spaces) and
 * this repository's root for #include. It returns whether the compiler accepted it, and in *output,
 * which may be null, what it wrote to stdout and stderr, in a buffer that the next call overwrites;
 * of a very long text only the beginning. */
bool ctx_test_compile(const struct ctx_test_compiler *compiler, const char *flags,
                      const char *source, const char **output);

#endif /* CTX_TESTING_API_COMPILER_H_ */
