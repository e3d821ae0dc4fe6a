/* A global register variable is the same before and after switches, whatever others do with it. */
#include "testing/snippets/global_register_program.h"

#include <stdio.h>

#include "ctx/ctx.h"
#include "testing/arch/arch.h"
/* clang-format would put spaces into the path: */
/* clang-format off */
#include CTX_TEST_ARCH(snippets/global_register.c)
/* clang-format on */

static ctx_context host, child;
static _Alignas(16) char stack[65536];
static volatile int wrong;

static void entry(void) {
  for (;;) {
    interpreter_state = 1;
    change_callee_saved_registers();
    yield(&child);
    wrong += interpreter_state != 1;
    swap(&child, &host);
    wrong += interpreter_state != 1;
  }
}

int main(void) {
  if (ctx_init(&child, stack, sizeof stack, CTX_ENTRY(entry), CTX_NO_ARGS) != CTX_OK) return 1;
  for (long i = 100; i < 110; i++) {
    interpreter_state = i;
    swap(&host, &child);
    wrong += interpreter_state != i;
  }
  puts(wrong ? "lost" : "OK");
  return wrong != 0;
}
