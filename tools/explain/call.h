/* Says where the arguments and the result of a call go, by ctx's own classes and places. */
#ifndef CTX_TOOLS_EXPLAIN_CALL_H_
#define CTX_TOOLS_EXPLAIN_CALL_H_

#include "tools/explain/abi.h"
#include "tools/explain/declaration.h"

typedef struct argument {
  const char *text;  /* as it is declared */
  const char *label; /* its name, or arg1 */
  const type *type;  /* as it is passed: after the ellipsis promoted */
  bool is_promoted;
  placement place;
} argument;

typedef struct call {
  const abi *abi;
  argument *arguments;
  size_t num_arguments;
  surroundings surroundings;
  bool is_variadic;

  const char *result_text;
  const type *result;
  placement result_place;
} call;

/* call_of works all of it out. *out_fault has what ctx refuses. */
call call_of(const declaration *d, arena *memory, fault *out_fault);

/* call_text returns a part of the source on one line. */
const char *call_text(arena *memory, const char *source, span where);

/* call_copy returns where the copy of an argument that is passed by reference lies: in bytes, from
 * the first argument in memory up. */
size_t call_copy(const call *c, const argument *a);

#endif /* CTX_TOOLS_EXPLAIN_CALL_H_ */
