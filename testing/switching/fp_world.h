/* Contexts with control words of floating point, in each form of swap with each pair of words. */
#ifndef CTX_TESTING_SWITCHING_FP_WORLD_H_
#define CTX_TESTING_SWITCHING_FP_WORLD_H_

#include "ctx/ctx.h"
#include "testing/arch/arch.h"
#include "testing/harness/harness.h"
#include "testing/switching/forms.h"
#include CTX_TEST_ARCH(fp_words.h)

enum { STACK_SIZE = 32768, NUM_FP_OTHERS = sizeof fp_others / sizeof fp_others[0] };

typedef struct world {
  ctx_context host;
  ctx_context a;
  ctx_context b;
  ctx_context c;
  const swap_form *form;
  fp_words a_words;
  fp_words b_words;
} world;

typedef void (*scenario)(world *w, const swap_form *out);

/* The child's words are w->a_words. Before and after a scenario the usual ones are in force. */
static inline void each_pair_and_words(scenario run) {
  fp_set(fp_usual);
  FOR_EACH_SWAP_FORM(out) FOR_EACH_SWAP_FORM(back) for (int i = 0; i < NUM_FP_OTHERS; i++) {
    ctx_test_note("host: %s, child: %s, " FP_FORMAT, out->name, back->name,
                  FP_FORMATTED(fp_others[i]));
    world w = {.form = back, .a_words = fp_others[i]};
    run(&w, out);
    FP_EXPECT(fp_usual);
    fp_set(fp_usual);
  }
}

#endif /* CTX_TESTING_SWITCHING_FP_WORLD_H_ */
