/* A program in C, without C++'s library. An exception leaves an entry, for a parent that seems to
 * catch it, and then does not. */
#include <stdio.h>
#include <string.h>
#include <unwind.h>

#include "ctx/ctx.h"

static ctx_context host, child;
static char stack[65536] __attribute__((__aligned__(16)));
static struct _Unwind_Exception exception;
static void (*volatile swap)(ctx_context *from, ctx_context *to) = ctx_swap;

/* In place of the compiler's own, of functions with cleanups: there is a handler when the exception
 * is raised in the child, and none any more when it is raised again in the parent. */
_Unwind_Reason_Code __gcc_personality_v0(int version, _Unwind_Action actions,
                                         _Unwind_Exception_Class class,
                                         struct _Unwind_Exception *raised,
                                         struct _Unwind_Context *frame);
_Unwind_Reason_Code __gcc_personality_v0(int version, _Unwind_Action actions,
                                         _Unwind_Exception_Class class,
                                         struct _Unwind_Exception *raised,
                                         struct _Unwind_Context *frame) {
  (void)version, (void)actions, (void)class, (void)raised, (void)frame;
  static int num_asked;
  return num_asked++ == 0 ? _URC_HANDLER_FOUND : _URC_CONTINUE_UNWIND;
}

static void clean(char *unused) {
  (void)unused;
  puts("a cleanup has run");
}

static void entry(void) {
  (void)_Unwind_RaiseException(&exception);
  puts("it has come back to who raised it");
}

int main(void) {
  __attribute__((__cleanup__(clean), __unused__)) char unused = 0;
  ctx_options options;
  memset(&options, 0, sizeof options);
  options.flags = CTX_FLAG_THROW_TO_PARENT;
  if (ctx_init_with_options(&child, stack, sizeof stack, &options, CTX_ENTRY(entry), CTX_NO_ARGS) !=
      CTX_OK)
    return 1;
  swap(&host, &child);
  puts("the parent goes on");
  return 0;
}
