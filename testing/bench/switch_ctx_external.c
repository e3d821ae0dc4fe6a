/* ctx_swap as other languages call it: the external function, by a direct call. Hence a binding of
 * this file's own, without the header: its call-less stub would be in the way under any name. */
#include <stdint.h>
#include <stdlib.h>

#include "ctx/arch/x86_64_sysv/layout.h"

typedef struct ctx_context {
  uint64_t words[CTX_SIZE_CONTEXT / 8];
} __attribute__((aligned(64))) ctx_context;

void ctx_swap(ctx_context *from, ctx_context *to);
ctx_context *ctx_swap_resumer(ctx_context *from, ctx_context *to);
int ctx_init(ctx_context *child, void *stack, size_t stack_size, void (*entry)(void),
             const void *args, size_t num_args);

typedef ctx_context child;

#define CHILD_INIT(c, stack, size, function)                       \
  do {                                                             \
    if (ctx_init(c, stack, size, function, NULL, 0) != 0) abort(); \
  } while (0)

#define COMPETITOR ctx_external
#define SWAP(from, to) ctx_swap(from, to)
#define SWAP_RESUMER(from, to) ctx_swap_resumer(from, to)
#include "testing/bench/pair_competitor.inc"

#include "testing/bench/crowd_cases.inc"
#include "testing/bench/switch_cases.inc"
