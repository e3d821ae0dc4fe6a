/* The three forms of ctx_swap, and of ctx_yield, in one table, so that a test runs over all of
 * them, and over all pairs of leaving by one and coming back by another. */
#ifndef CTX_TESTING_SWITCHING_FORMS_H_
#define CTX_TESTING_SWITCHING_FORMS_H_

#include "ctx/ctx.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct swap_form {
  const char *name;
  /* Call-less and inline: a function, not inlined, that has only the switch in it. */
  void (*swap)(ctx_context *from, ctx_context *to);
  ctx_context *(*swap_resumer)(ctx_context *from, ctx_context *to);
  ctx_context *(*yield)(ctx_context *self);
} swap_form;

enum { NUM_SWAP_FORMS = 3 };

extern const swap_form swap_forms[NUM_SWAP_FORMS];

#define FOR_EACH_SWAP_FORM(form) \
  for (const swap_form *form = swap_forms; form != swap_forms + NUM_SWAP_FORMS; form++)

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_TESTING_SWITCHING_FORMS_H_ */
