#include <stdio.h>
#include <string.h>

#include "testing/harness/record.h"
#include "testing/harness/registers.h"

void ctx_test_complain(char verdict[CTX_TEST_VERDICT_SIZE], const char *what, uint64_t expected,
                       uint64_t actual) {
  if (expected == actual) return;
  size_t length = strlen(verdict);
  snprintf(verdict + length, CTX_TEST_VERDICT_SIZE - length,
           "\n  %s: expected 0x%016llx, found 0x%016llx", what, (unsigned long long)expected,
           (unsigned long long)actual);
}

void ctx_test_registers_draw(struct ctx_test_registers *registers, uint64_t *state) {
#define DRAW(name, ...) registers->before.name = ctx_test_random(state);
  CTX_TEST_FOR_EACH_KEPT(DRAW)
}

const char *ctx_test_check_registers(uint64_t *state, ctx_test_switch function,
                                     struct ctx_context *from, struct ctx_context *to,
                                     char verdict[CTX_TEST_VERDICT_SIZE]) {
  struct ctx_test_registers registers = {0};
  ctx_test_registers_draw(&registers, state);
  ctx_test_call_with_registers(&registers, function, from, to);
  return ctx_test_registers_verdict(&registers, verdict);
}
