/* All that a function finds when it is called, as rows of eight bytes: the stack, and the
 * registers. Both renderers draw this. */
#ifndef CTX_TOOLS_EXPLAIN_PICTURE_H_
#define CTX_TOOLS_EXPLAIN_PICTURE_H_

#include "tools/explain/call.h"
#include "tools/explain/contents.h"

/* A slot of the stack, or a register. */
typedef struct row {
  struct row *next;
  const char *place; /* rsp+8, rdi */
  size_t size;       /* in bytes */
  part *parts;       /* null: slots that are left out */
  size_t argument;   /* from 1; 0: it belongs to none */
} row;

typedef struct picture {
  row *stack; /* the highest address first */
  row *registers;
} picture;

picture picture_of(const call *c, arena *memory);

#endif /* CTX_TOOLS_EXPLAIN_PICTURE_H_ */
