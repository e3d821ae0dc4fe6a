#include <stdio.h>

#include "ctx/ctx.h"

static ctx_context host, child;
static _Alignas(16) char stack[64 * 1024];

static double area(int width, double height) {
  printf("child: received %d and %g\n", width, height);
  ctx_swap(&child, &host); /* out, in the middle of the call */
  return width * height;
}

int main(void) {
  if (CTX_START(&child, stack, sizeof stack, area, 6, 7.5) != CTX_OK) return 1;
  ctx_swap(&host, &child); /* in, until it swaps out */
  ctx_swap(&host, &child); /* in again, until it returns */
  printf("main:  it returned %g\n", ctx_retval_f64(&child));
}
