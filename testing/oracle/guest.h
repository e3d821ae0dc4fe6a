/* The context that the oracle calls the probe in: garbage before, callbacks, what is left after.
 * There is one. */
#ifndef CTX_TESTING_ORACLE_GUEST_H_
#define CTX_TESTING_ORACLE_GUEST_H_

#include "ctx/ctx.h"
#include "testing/oracle/capture.h"

enum {
  GUEST_STACK_SIZE = 8 * ORACLE_MAX_STACK_WORDS + 16384,
  /* Below what init writes: to see that it stays above; and for callbacks and the probe. */
  GUEST_MARGIN = 1024,
  GUEST_ROOM = 16384 - 64
};

extern ctx_context guest;
extern char guest_stack[GUEST_STACK_SIZE];

/* guest_stack_part is the part of guest_stack that is given to init, whose end is stack_size bytes
 * from its beginning: what init and the call need, since sanitizers take time for each byte. */
typedef struct guest_part {
  void *base;
  size_t size;
} guest_part;
guest_part guest_stack_part(size_t stack_size, size_t stack_needed);

/* guest_prepare fills context and stack with garbage, so that nothing is right by chance, and
 * returns the options that `way` (oracle_way bits) asks for. `stack_size` is what will be used of
 * guest_stack, and init will write at most stack_needed bytes of it. */
ctx_options guest_prepare(unsigned way, size_t stack_size, size_t stack_needed);

/* guest_stack_is_untouched says whether init wrote where it said, and not below. */
bool guest_stack_is_untouched(size_t stack_size, size_t stack_needed);

/* guest_run swaps to it, with garbage in all registers, until it returns. */
void guest_run(void);

/* guest_judge_callbacks returns "", or what was wrong with the calls of activation and backstop;
 * the latter was to find `result` in the first general register of results. */
const char *guest_judge_callbacks(const ctx_options *options, uint64_t result);

#endif /* CTX_TESTING_ORACLE_GUEST_H_ */
