/* A tour: C functions of several signatures, each called on a stack of its own, left in the middle,
 * resumed, and asked what it returned. None of them is written for it. Their arguments are given as
 * a list, which the compiler compares with what they take. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctx/ctx.h"

static ctx_context host, child;
static _Alignas(16) char stack[64 * 1024];

/* Prepares `child` for a call, on the one stack: each call here is over before the next begins. */
static void prepare(ctx_entry entry, const ctx_value *args, size_t num_args) {
  ctx_status status = ctx_init(&child, stack, sizeof stack, entry, args, num_args);
  if (status != CTX_OK) {
    fprintf(stderr, "ctx_init: %s\n", ctx_status_message(status));
    exit(1);
  }
}

static void enter(void) { ctx_swap(&host, &child); }
static void leave(void) { ctx_swap(&child, &host); }

/* ---- Integers ---- */

static int64_t integers(int8_t a, uint8_t b, int16_t c, uint32_t d, int64_t e, bool f) {
  printf("  received %d %d %d %" PRIu32 " %" PRId64 " %s\n", a, b, c, d, e, f ? "true" : "false");
  leave();
  printf("  still has %d %d %d %" PRIu32 " %" PRId64 " %s\n", a, b, c, d, e, f ? "true" : "false");
  return a + b + c + (int64_t)d + e + f;
}

static void show_integers(void) {
  puts("integers of several widths");
  prepare(CTX_CALL(integers, (int8_t)-1, (uint8_t)255, (int16_t)-300, 4000000000u,
                   (int64_t)-5000000000, (bool)true));
  enter();
  printf("  main: has it returned? %s\n", ctx_has_returned(&child) ? "yes" : "no");
  enter();
  printf("  main: has it returned? %s: %" PRId64 "\n", ctx_has_returned(&child) ? "yes" : "no",
         ctx_retval_i64(&child));
}

/* ---- Floating point ---- */

static float floats(float a, double b) {
  printf("  received %g %g\n", (double)a, b);
  leave();
  return a * (float)b;
}

static void show_floats(void) {
  puts("a float and a double");
  prepare(CTX_CALL(floats, 1.5f, -0.25));
  enter();
  puts("  main: resuming");
  enter();
  printf("  main: returned %g\n", (double)ctx_retval_f32(&child));
}

/* ---- More arguments than registers ---- */

/* Six integers and eight doubles fit into registers; g, h, and s, t are passed in memory. */
static double many(int a, int b, int c, int d, int e, int f, int g, int h, double k, double l,
                   double m, double n, double o, double p, double q, double r, double s, double t) {
  printf("  received %d %d %d %d %d %d, %d %d\n", a, b, c, d, e, f, g, h);
  printf("  received %g %g %g %g %g %g %g %g, %g %g\n", k, l, m, n, o, p, q, r, s, t);
  leave();
  return (a + b + c + d + e + f + g + h) + (k + l + m + n + o + p + q + r + s + t);
}

static void show_many(void) {
  puts("more arguments than registers");
  prepare(CTX_CALL(many, 1, 2, 3, 4, 5, 6, 7, 8, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0));
  enter();
  puts("  main: resuming");
  enter();
  printf("  main: returned %g\n", ctx_retval_f64(&child));
}

/* ---- Variadic functions ---- */

static void show_variadic(void) {
  char text[64] = "";
  puts("snprintf");
  prepare(CTX_CALL_VARIADIC(snprintf, text, sizeof text, "%s is about %.4f, or %d/%d", "pi",
                            3.14159265, 355, 113));
  enter();
  printf("  main: it wrote \"%s\"\n", text);
  printf("  main: returned %d\n", ctx_retval_i32(&child));
}

/* ---- Pointers ---- */

static void show_pointers(void) {
  static const char path[] = "examples/tour.c";
  puts("strrchr");
  prepare(CTX_CALL(strrchr, path, '/'));
  enter();
  printf("  main: returned a pointer to \"%s\"\n", (const char *)ctx_retval_ptr(&child));
}

/* ---- A value each way, at every switch ---- */

static int total_until_zero(int *box) {
  int total = 0;
  while (*box != 0) {
    total += *box;
    *box = total;
    leave();
  }
  return total;
}

static void show_conversation(void) {
  int box = 0;
  puts("a running total");
  prepare(CTX_CALL(total_until_zero, &box));
  for (int sent = 10; sent <= 30; sent += 10) {
    box = sent;
    enter();
    printf("  main: sent %d, got %d\n", sent, box);
  }
  box = 0;
  enter();
  printf("  main: returned %d\n", ctx_retval_i32(&child));
}

/* ---- Who is returned to ---- */

static ctx_context other;
static _Alignas(16) char other_stack[64 * 1024];

static char first(void) {
  puts("  first: to second");
  ctx_swap(&child, &other);
  puts("  first: resumed, since second returned to whoever swapped to it last; returning");
  return '1';
}

static char second(void) {
  puts("  second: returning");
  return '2';
}

static void show_parents(void) {
  puts("two children");
  prepare(CTX_CALL(first));
  if (CTX_START(&other, other_stack, sizeof other_stack, second) != CTX_OK) {
    exit(1);
  }
  enter();
  printf("  main: they returned %c and %c\n", ctx_retval_i8(&child), ctx_retval_i8(&other));
}

/* ---- Bad input ---- */

static void show_errors(void) {
  ctx_context refused;
  puts("a stack whose end is not aligned");
  ctx_status status = CTX_START(&refused, stack, sizeof stack - 1, second);
  printf("  main: %s: %s\n", ctx_status_name(status), ctx_status_message(status));
}

int main(void) {
  show_integers();
  show_floats();
  show_many();
  show_variadic();
  show_pointers();
  show_conversation();
  show_parents();
  show_errors();
  return 0;
}
