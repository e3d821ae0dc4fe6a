/* A call as a drawing. */
#ifndef CTX_TOOLS_EXPLAIN_SVG_H_
#define CTX_TOOLS_EXPLAIN_SVG_H_

#include <stdio.h>

#include "tools/explain/picture.h"

/* svg_render writes the picture as SVG 1.1: rows to scale, lowest byte on the left, a colour for
 * each argument. `title` is the declaration. */
void svg_render(const picture *drawn, const char *title, FILE *out);

#endif /* CTX_TOOLS_EXPLAIN_SVG_H_ */
