/* Turns the text of declarations into the type of the function in it. */
#ifndef CTX_TOOLS_EXPLAIN_DECLARATION_H_
#define CTX_TOOLS_EXPLAIN_DECLARATION_H_

#include "tools/explain/abi.h"

typedef struct declaration {
  const abi *abi;
  const char *source;
  const type *function;
  span name_where;
  span result_where;       /* what its result is, */
  const char *result_text; /* and in words: `int (*)(long)` */
  span variable_where;     /* of one that is declared, too; empty: there is none */
} declaration;

enum { DECLARATION_MAX_LENGTH = 65536 };

/* declaration_parse reads declarations, as this ABI's compilers do, of types, variables and
 * functions, in any order that C has them; those of functions may be definitions. The last function
 * is the one. After a fault, which is in *out_fault, the function is null. */
declaration declaration_parse(const abi *a, const char *source, arena *memory, fault *out_fault);

#endif /* CTX_TOOLS_EXPLAIN_DECLARATION_H_ */
