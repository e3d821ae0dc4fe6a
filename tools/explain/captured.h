/* For tests: what the program would show of a declaration by an ABI, as text. */
#ifndef CTX_TOOLS_EXPLAIN_CAPTURED_H_
#define CTX_TOOLS_EXPLAIN_CAPTURED_H_

#include <stdbool.h>

#include "tools/explain/abi.h"

typedef struct captured {
  bool ok;
  char *out;
  char *svg;
  char *errors;
} captured;

captured captured_explain(const abi *a, const char *source);

/* captured_explain_first_line takes no more than the first line, which is not longer than 255. */
captured captured_explain_first_line(const abi *a, const char *text);

void captured_free(captured *c);

#endif /* CTX_TOOLS_EXPLAIN_CAPTURED_H_ */
