/* A C program of somebody else's, which has ctx as an external repository. */
#include <stdalign.h>
#include <stdio.h>

#include "ctx/ctx.h"
#include "ctx/inline.h"

static ctx_context host, child;
static alignas(64) unsigned char stack[64 * 1024];

static int add(int a, double b) { return a + (int)b; }

int main(void) {
  ctx_status status = ctx_init(&child, stack, sizeof stack, CTX_ENTRY(add), CTX_ARGS(40, 2.0));
  if (status != CTX_OK) {
    fprintf(stderr, "ctx_init: %s\n", ctx_status_message(status));
    return 1;
  }
  ctx_swap(&host, &child);
  printf("40 + 2.0 = %d\n", (int)ctx_retval_i32(&child));
  return ctx_retval_i32(&child) == 42 ? 0 : 1;
}
