/* A self-checking program, in C and in C++, for all the ways in which ctx can be compiled: says OK.
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctx/ctx.h"
#include "ctx/inline.h"
#include "testing/arch/arch.h"
#include CTX_TEST_ARCH(smoke.h)

#define CHECK(condition)                                                      \
  do {                                                                        \
    if (!(condition)) {                                                       \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
      exit(1);                                                                \
    }                                                                         \
  } while (0)

#define STACK_SIZE 65536
static char stack[STACK_SIZE] __attribute__((aligned(16)));
static char inner_stack[STACK_SIZE] __attribute__((aligned(16)));
static ctx_context host;
static ctx_context child;
static ctx_context inner;

/* ---- Arguments and results ---- */

static int8_t mixed(int8_t a, double b, uint16_t c, float d, int64_t e, const char *f, bool g,
                    uint8_t h, int16_t i, double j, double k, double l, double m, double n,
                    double o, double p, float q, uint32_t r) {
  CHECK(a == -1 && b == 2.5 && c == 0xffff && d == -0.25f && e == INT64_MIN);
  CHECK(strcmp(f, "six") == 0 && g && h == 200 && i == -300);
  CHECK(j == 10 && k == 11 && l == 12 && m == 13 && n == 14 && o == 15 && p == 16);
  CHECK(q == 17.5f && r == 0xfffffffe);
  return -7;
}

/* In C++ CTX_CALL_VARIADIC is there from C++17 on. */
#if !defined(__cplusplus) || __cplusplus >= 201703L
#define HAS_CALL
static double add_all(int num, ...) {
  double sum = 0;
  va_list list;
  va_start(list, num);
  for (int i = 0; i < num; i++)
    sum += va_arg(list, int) * va_arg(list, double);
  va_end(list);
  return sum;
}
#endif

static void nothing(void) {}

static void check_arguments(void) {
  CHECK(ctx_init(&child, stack, STACK_SIZE, (ctx_entry)mixed,
                 CTX_ARGS((int8_t)-1, 2.5, (uint16_t)0xffff, -0.25f, INT64_MIN, "six", true,
                          (uint8_t)200, (int16_t)-300, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0,
                          17.5f, (uint32_t)0xfffffffe)) == CTX_OK);
  CHECK(!ctx_has_returned(&child));
  ctx_swap(&host, &child);
  CHECK(ctx_has_returned(&child) && ctx_retval_i8(&child) == -7);

#ifdef HAS_CALL
  CHECK(ctx_init(&child, stack, STACK_SIZE,
                 CTX_CALL_VARIADIC(add_all, 10, 1, 1.0, 2, 1.0, 3, 1.0, 4, 1.0, 5, 1.0, 6, 1.0, 7,
                                   1.0, 8, 1.0, 9, 1.0, 10, 0.5)) == CTX_OK);
  ctx_swap(&host, &child);
  CHECK(ctx_retval_f64(&child) == 50.0);

  char text[64];
  CHECK(ctx_init(&child, stack, STACK_SIZE,
                 CTX_CALL_VARIADIC(snprintf, text, sizeof text, "%d %.2f %s %ld", 42, 1.5, "text",
                                   -1L)) == CTX_OK);
  ctx_swap(&host, &child);
  CHECK(ctx_retval_i32(&child) == 15 && strcmp(text, "42 1.50 text -1") == 0);
#endif

  CHECK(ctx_init(&child, stack, STACK_SIZE, nothing, CTX_NO_ARGS) == CTX_OK);
  ctx_swap(&host, &child);
  CHECK(ctx_has_returned(&child));
  CHECK(ctx_init(&child, stack, 16, nothing, CTX_NO_ARGS) == CTX_ERR_STACK_SMALL);
  CHECK(strcmp(ctx_status_name(CTX_ERR_STACK_SMALL), "CTX_ERR_STACK_SMALL") == 0);
}

/* ---- All forms of swap, with values that live across ---- */

static void (*volatile swap_by_pointer)(ctx_context *, ctx_context *) = ctx_swap;

static uint64_t ping_pong(uint64_t a, uint64_t b, double x) {
  uint64_t c = a ^ b;
  uint64_t d = a + b;
  uint64_t e = a - b;
  double y = x * 2;
  ctx_context *self = &child;
  ctx_context *resumer = &host;
  __asm__(""
          : "+r"(self)); /* of which nothing is known, except that the switch leaves it as it is */
  for (int i = 0; i < 1000; i++) {
    switch (i % 5) {
      case 0:
        ctx_swap(self, resumer);
        break;
      case 1:
        ctx_swap_inline(self, resumer);
        break;
      case 2:
        resumer = ctx_swap_resumer(self, resumer);
        break;
      case 3:
        resumer = ctx_swap_resumer_inline(self, resumer);
        break;
      default:
        swap_by_pointer(self, resumer);
    }
    CHECK(self == &child && resumer == &host);
    c += d;
    d += e;
    e += c;
    y += x;
  }
  return a + b + c + d + e + (uint64_t)y;
}

static uint64_t ping_pong_alone(uint64_t a, uint64_t b, double x) {
  uint64_t c = a ^ b;
  uint64_t d = a + b;
  uint64_t e = a - b;
  double y = x * 2;
  for (int i = 0; i < 1000; i++) {
    c += d;
    d += e;
    e += c;
    y += x;
  }
  return a + b + c + d + e + (uint64_t)y;
}

/* Beside the child's, the host has values of its own in registers, an aligned array, and one whose
 * size is not known before. */
static void check_swaps(uint64_t seed) {
  volatile double aligned[8] __attribute__((aligned(64))) = {1, 2, 3, 4, 5, 6, 7, 8};
  char *sized = (char *)__builtin_alloca((size_t)(seed % 7) + 16);
  uint64_t u = seed * 3;
  uint64_t v = seed * 5;
  uint64_t w = seed * 7;
  uint64_t z = seed * 11;
  double x = (double)seed;
  long double wide = (long double)seed;
  size_t num_swaps = 0;
  memset(sized, 'x', 16);
  CHECK(ctx_init(&child, stack, STACK_SIZE, (ctx_entry)ping_pong,
                 CTX_ARGS(UINT64_C(12345), UINT64_C(678), 1.25)) == CTX_OK);
  while (!ctx_has_returned(&child)) {
    switch (num_swaps % 4) {
      case 0:
        ctx_swap(&host, &child);
        break;
      case 1:
        ctx_swap_inline(&host, &child);
        break;
      case 2:
        swap_by_pointer(&host, &child);
        break;
      default:
        if (num_swaps % 8 == 3) {
          ctx_swap(&host, &child);
        } else {
          ctx_swap_inline(&host, &child);
        }
    }
    num_swaps++;
    u += v;
    v += w;
    w += z;
    x += 0.5;
    wide += 1;
    CHECK((uintptr_t)aligned % 64 == 0 && aligned[num_swaps % 8] == (double)(num_swaps % 8 + 1));
    CHECK(sized[num_swaps % 16] == 'x');
  }
  CHECK(num_swaps == 1001);
  uint64_t u2 = seed * 3;
  uint64_t v2 = seed * 5;
  uint64_t w2 = seed * 7;
  for (size_t i = 0; i < num_swaps; i++) {
    u2 += v2;
    v2 += w2;
    w2 += z;
  }
  CHECK(u == u2 && v == v2 && w == w2 && x == (double)seed + 500.5);
  CHECK(wide == (long double)seed + 1001);
  CHECK(ctx_retval_u64(&child) == ping_pong_alone(12345, 678, 1.25));
}

/* ---- Callbacks, set, a child's child, control words ---- */

static char order[8];

static void note(void *letter) { strcat(order, (const char *)letter); }
static void note_entry(const char *letter, double x) {
  CHECK(x == 0.5);
  strcat(order, letter);
}

static void sets_host(void) { ctx_set(&host); }

static int inner_entry(int x) { return x * 2; }

static int outer_entry(int x) {
  CHECK(ctx_init(&inner, inner_stack, STACK_SIZE, (ctx_entry)inner_entry, CTX_ARGS(x + 1)) ==
        CTX_OK);
  ctx_swap(&child, &inner);
  return ctx_retval_i32(&inner) + 1;
}

static void reads_fp_words(uint32_t *first, uint32_t *second) {
  *first = fp_words_now();
  ctx_swap_inline(&child, &host);
  *second = fp_words_now();
}

static void check_rest(void) {
  ctx_options options;
  char a[] = "a";
  char b[] = "b";
  memset(&options, 0, sizeof options);
  options.activation = note;
  options.activation_data = a;
  options.backstop = note;
  options.backstop_data = b;
  CHECK(ctx_init_with_options(&child, stack, STACK_SIZE, &options, (ctx_entry)note_entry,
                              CTX_ARGS("e", 0.5)) == CTX_OK);
  ctx_swap(&host, &child);
  CHECK(strcmp(order, "aeb") == 0);

  CHECK(ctx_init(&child, stack, STACK_SIZE, sets_host, CTX_NO_ARGS) == CTX_OK);
  ctx_swap(&host, &child);
  CHECK(!ctx_has_returned(&child));

  CHECK(ctx_init(&child, stack, STACK_SIZE, (ctx_entry)outer_entry, CTX_ARGS(20)) == CTX_OK);
  ctx_swap_inline(&host, &child);
  CHECK(ctx_retval_i32(&child) == 43);

  uint32_t first = 0;
  uint32_t second = 0;
  CHECK(ctx_init(&child, stack, STACK_SIZE, (ctx_entry)reads_fp_words, CTX_ARGS(&first, &second)) ==
        CTX_OK);
  give_other_fp_words(&child);
  uint32_t own = fp_words_now();
  ctx_swap(&host, &child);
  CHECK(fp_words_now() == own);
  ctx_swap_inline(&host, &child);
  CHECK(fp_words_now() == own && first == OTHER_FP_WORDS && second == OTHER_FP_WORDS);

  ctx_context *created = NULL;
  CHECK(ctx_create(&created, stack, STACK_SIZE, (ctx_entry)inner_entry, CTX_ARGS(4)) == CTX_OK);
  swap_by_pointer(&host, created);
  CHECK(ctx_retval_i32(created) == 8);
  ctx_destroy(created);
}

int main(int argc, char **argv) {
  (void)argv;
  check_arguments();
  check_swaps((uint64_t)argc + 41);
  check_rest();
  puts("OK");
  return 0;
}
