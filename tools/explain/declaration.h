/* Turns the text of declarations into the type of the function in it. */
#ifndef CTX_TOOLS_EXPLAIN_DECLARATION_H_
#define CTX_TOOLS_EXPLAIN_DECLARATION_H_

#include "tools/explain/type.h"

typedef struct declaration {
  const char *source;
  const type *function;
  span name_where;
  span result_where;       /* what its result is, */
  const char *result_text; /* and in words: `int (*)(long)` */
} declaration;

enum { DECLARATION_MAX_LENGTH = 65536 };

/* declaration_parse reads struct, union, enum and typedef declarations, and one of a function, in
 * any order that C has them. After a fault, which is in *out_fault, the function is null. */
declaration declaration_parse(const char *source, arena *memory, fault *out_fault);

#endif /* CTX_TOOLS_EXPLAIN_DECLARATION_H_ */
