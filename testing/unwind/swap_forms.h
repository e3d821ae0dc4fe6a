/* The three forms of a swap and those of a yield, each in a function under a name of its own, for
 * traces to show. */
#ifndef CTX_TESTING_UNWIND_SWAP_FORMS_H_
#define CTX_TESTING_UNWIND_SWAP_FORMS_H_

#include "ctx/ctx.h"

typedef struct swap_form {
  const char *name;
  /* A trace shows this of a context that was suspended by `swap`. */
  const char *frames;
  /* The external function, and the body that all forms share. */
  const char *function;
  const char *body;
  /* A yield goes to the parent of `from`, which `to` has to be. */
  void (*swap)(ctx_context *from, ctx_context *to);
} swap_form;

enum { NUM_SWAP_FORMS = 3 };
extern const swap_form swap_forms[NUM_SWAP_FORMS];
extern const swap_form yield_forms[NUM_SWAP_FORMS]; /* in the same order */

/* The shared bodies. */
#define SWAP_BODY CTX_BODY_SYMBOL_(ctx_asm_swap)
#define YIELD_BODY CTX_BODY_SYMBOL_(ctx_asm_yield)

#endif /* CTX_TESTING_UNWIND_SWAP_FORMS_H_ */
