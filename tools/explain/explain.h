/* Goes the whole way from a declaration to the text and the drawing. */
#ifndef CTX_TOOLS_EXPLAIN_EXPLAIN_H_
#define CTX_TOOLS_EXPLAIN_EXPLAIN_H_

#include <stdbool.h>
#include <stdio.h>

#include "tools/explain/picture.h"

typedef struct explanation {
  arena memory;
  const char *title; /* the declaration on one line */
  call call;
  picture picture;
} explanation;

/* explain works out where everything goes by this ABI. A bad declaration, or one that ctx refuses,
 * is written to `errors`, with a caret under the fault, and the answer is false. Give *out to
 * explanation_free in any case. */
bool explain(const abi *a, const char *source, explanation *out, FILE *errors);

/* explanation_print writes the text, explanation_draw the SVG. */
void explanation_print(explanation *e, FILE *out);
void explanation_draw(const explanation *e, FILE *out);

void explanation_free(explanation *e);

#endif /* CTX_TOOLS_EXPLAIN_EXPLAIN_H_ */
