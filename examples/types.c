#include <stdio.h>

#include "ctx/ctx.h"

struct point {
  float x, y;
};
CTX_STRUCT(point_type, struct point, CTX_MEMBER(struct point, x, ctx_type_f32),
           CTX_MEMBER(struct point, y, ctx_type_f32));

static struct point scaled(struct point p, long double by) {
  return (struct point){p.x * (float)by, p.y * (float)by};
}

static ctx_context host, child;
static _Alignas(16) char stack[64 * 1024];

int main(void) {
  const ctx_type *args[] = {&point_type, &ctx_type_long_double};
  ctx_signature *signature; /* worked out once, good for any number of contexts and threads */
  if (ctx_signature_create(&signature, &point_type, args, 2, CTX_NOT_VARIADIC) != CTX_OK) {
    fprintf(stderr, "%s\n", ctx_type_error());
    return 1;
  }
  struct point p = {1.5f, 2.5f};
  long double by = 2;
  const void *values[] = {&p, &by};
  if (ctx_init_signature(&child, stack, sizeof stack, NULL, CTX_ENTRY(scaled), signature, values) !=
      CTX_OK)
    return 1;
  ctx_swap(&host, &child);
  if (ctx_retval_get(&child, signature, &p) != CTX_OK) return 1;
  printf("%g %g\n", (double)p.x, (double)p.y);
  ctx_signature_destroy(signature);
}
