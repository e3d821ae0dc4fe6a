/* Says where the arguments and the result of a call go, by ctx's own classes and places. */
#ifndef CTX_TOOLS_EXPLAIN_CALL_H_
#define CTX_TOOLS_EXPLAIN_CALL_H_

#include "ctx/arch/x86_64_sysv/classify.h"
#include "ctx/arch/x86_64_sysv/place.h"
#include "ctx/type/check.h"
#include "tools/explain/declaration.h"

typedef struct argument {
  const char *text;  /* as it is declared */
  const char *label; /* its name, or arg1 */
  const type *type;  /* as it is passed: after the ellipsis promoted */
  bool is_promoted;
  ctx_classes classes;
  ctx_place place;
} argument;

typedef struct call {
  argument *arguments;
  size_t num_arguments;
  ctx_placer placer; /* what all arguments take */
  ctx_type_checker checker;
  bool is_variadic;

  const char *result_text;
  const type *result;
  ctx_classes result_classes;
  ctx_result_place result_place;
  bool has_result_pointer; /* in rdi */
} call;

/* call_of works all of it out. *out_fault has what ctx refuses. */
call call_of(const declaration *d, arena *memory, fault *out_fault);

/* call_text returns a part of the source on one line. */
const char *call_text(arena *memory, const char *source, span where);

/* The names of registers. */
const char *call_register(const ctx_piece *piece);
const char *call_return_register(const ctx_return_piece *piece);

#endif /* CTX_TOOLS_EXPLAIN_CALL_H_ */
