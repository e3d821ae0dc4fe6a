/* A program, in C and C++: a context is suspended five functions deep, each of which has a cleanup,
 * and is cancelled. It writes which of them have run, "l" and "4" to "1", and how the context
 * ended. Each cleanup frees memory. The argument is the number of the function that leaves. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctx/ctx.h"
#include "ctx/inline.h"

static ctx_context host, child;
static char stack[65536] __attribute__((__aligned__(16)));
static int number;

static void (*volatile external_swap)(ctx_context *from, ctx_context *to) = ctx_swap;
static ctx_context *(*volatile external_yield)(ctx_context *self) = ctx_yield;

static void say(const char *text) { fputs(text, stdout); }

/* A letter of a function's own, which its cleanup says. */
static char *take(const char *letter) {
  char *copy = strdup(letter);
  if (copy == NULL) abort();
  return copy;
}
static void say_and_free(char **letter) {
  say(*letter);
  free(*letter);
  *letter = NULL;
}
#define LETTER(text) \
  char *letter __attribute__((__unused__, __cleanup__(say_and_free))) = take(text)

/* With and without a call, beside the switch, from which an exception may come: that decides
 * whether compilers make a table of such places at all. */
static void (*volatile may_throw)(const char *text) = say;
#define NOTHING(text) (void)0
#define DEFINE_LEAF(name, more, leave)                   \
  __attribute__((__noinline__)) static void name(void) { \
    LETTER("l");                                         \
    leave;                                               \
    more("goes on ");                                    \
  }
#define DEFINE_LEAVES(name, leave)          \
  DEFINE_LEAF(name##_alone, NOTHING, leave) \
  DEFINE_LEAF(name##_and_calls, may_throw, leave)
DEFINE_LEAVES(swap_callless, ctx_swap(&child, &host))
DEFINE_LEAVES(swap_inline, ctx_swap_inline(&child, &host))
DEFINE_LEAVES(swap_external, external_swap(&child, &host))
DEFINE_LEAVES(yield_callless, (void)ctx_yield(&child))
DEFINE_LEAVES(yield_inline, (void)ctx_yield_inline(&child))
DEFINE_LEAVES(yield_external, (void)external_yield(&child))

#define LEAVES(name) name##_alone, name##_and_calls
static void (*const leaves[])(void) = {LEAVES(swap_callless), LEAVES(swap_inline),
                                       LEAVES(swap_external), LEAVES(yield_callless),
                                       LEAVES(yield_inline),  LEAVES(yield_external)};

#define DEFINE_CALLER(name, text, called)                \
  __attribute__((__noinline__)) static void name(void) { \
    LETTER(text);                                        \
    called();                                            \
    say("goes on ");                                     \
  }
DEFINE_CALLER(fourth, "4", leaves[number])
DEFINE_CALLER(third, "3", fourth)
DEFINE_CALLER(second, "2", third)
DEFINE_CALLER(first, "1", second)

int main(int argc, char **argv) {
  if (argc != 2) return 1;
  number = atoi(argv[1]);
  if (ctx_init(&child, stack, sizeof stack, CTX_ENTRY(first), CTX_NO_ARGS) != CTX_OK) return 1;
  ctx_swap(&host, &child);
  ctx_status status = ctx_cancel(&host, &child);
  if (status == CTX_OK) {
    printf(ctx_state(&child) == CTX_STATE_CANCELLED ? " cancelled\n" : " not ended\n");
    return 0;
  }
  /* It is suspended as before. */
  printf(" %s", ctx_status_name(status));
  if (status == CTX_ERR_NOT_UNWINDABLE) {
    say(", ");
    ctx_swap(&host, &child);
    say(ctx_state(&child) == CTX_STATE_RETURNED ? "returned" : "not ended");
  }
  if (status == CTX_ERR_NO_UNWINDER) {
    ctx_options options;
    memset(&options, 0, sizeof options);
    options.flags = CTX_FLAG_THROW_TO_PARENT;
    say(", ");
    say(ctx_status_name(ctx_init_with_options(&child, stack, sizeof stack, &options,
                                              CTX_ENTRY(first), CTX_NO_ARGS)));
  }
  say("\n");
  return 0;
}
