/* A call as text. */
#ifndef CTX_TOOLS_EXPLAIN_TEXT_H_
#define CTX_TOOLS_EXPLAIN_TEXT_H_

#include <stdio.h>

#include "tools/explain/picture.h"

/* text_render writes a table of the arguments and the result, and the picture. */
void text_render(const call *c, const picture *drawn, arena *memory, FILE *out);

#endif /* CTX_TOOLS_EXPLAIN_TEXT_H_ */
