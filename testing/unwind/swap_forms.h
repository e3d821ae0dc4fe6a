/* The three forms of a swap, each in a function under a name of its own, for traces to show. */
#ifndef CTX_TESTING_UNWIND_SWAP_FORMS_H_
#define CTX_TESTING_UNWIND_SWAP_FORMS_H_

#include "ctx/ctx.h"

typedef struct swap_form {
  const char *name;
  /* A trace shows this of a context that was suspended by `swap`. */
  const char *frames;
  void (*swap)(ctx_context *from, ctx_context *to);
} swap_form;

enum { NUM_SWAP_FORMS = 3 };
extern const swap_form swap_forms[NUM_SWAP_FORMS];

/* The shared body of the switch has a name of its own in instrumented builds. */
#ifdef CTX_INSTRUMENTED_
#define SWAP_BODY "ctx_asm_swap_watched"
#else
#define SWAP_BODY "ctx_asm_swap"
#endif

#endif /* CTX_TESTING_UNWIND_SWAP_FORMS_H_ */
