/* The order in which code runs, as a text of one letter per step. */
#ifndef CTX_TESTING_SWITCHING_TRACE_H_
#define CTX_TESTING_SWITCHING_TRACE_H_

#include <stddef.h>

typedef struct trace {
  char text[64];
  size_t length;
} trace;

static inline void trace_step(trace *t, char step) {
  if (t->length < sizeof t->text - 1) t->text[t->length++] = step;
}

#endif /* CTX_TESTING_SWITCHING_TRACE_H_ */
