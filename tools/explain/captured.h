/* For tests: what the program would show of a declaration, as text. */
#ifndef CTX_TOOLS_EXPLAIN_CAPTURED_H_
#define CTX_TOOLS_EXPLAIN_CAPTURED_H_

#include <stdbool.h>

typedef struct captured {
  bool ok;
  char *out;
  char *svg;
  char *errors;
} captured;

captured captured_explain(const char *source);

void captured_free(captured *c);

#endif /* CTX_TOOLS_EXPLAIN_CAPTURED_H_ */
