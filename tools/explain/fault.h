/* A fault of a declaration, and its place. */
#ifndef CTX_TOOLS_EXPLAIN_FAULT_H_
#define CTX_TOOLS_EXPLAIN_FAULT_H_

#include <stddef.h>
#include <stdio.h>

/* A part of the declaration's text. */
typedef struct span {
  size_t begin;
  size_t end;
} span;

typedef struct fault {
  const char *message; /* null: there is none */
  span where;
} fault;

/* fault_print writes "LINE:COLUMN: error: message", the line, and a caret under what is wrong. */
void fault_print(const fault *f, const char *source, FILE *out);

#endif /* CTX_TOOLS_EXPLAIN_FAULT_H_ */
