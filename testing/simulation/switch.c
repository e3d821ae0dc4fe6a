#include <string.h>

#include "testing/harness/registers.h"
#include "testing/simulation/machine.h"

_Static_assert((int)MACHINE_TEXT_SIZE == (int)CTX_TEST_VERDICT_SIZE, "a verdict is a complaint");

void machine_switch(machine_switched *out, machine_switch_function *function, ctx_context *from,
                    ctx_context *to, uint64_t seed, void (*begin)(void), void (*end)(void)) {
  struct ctx_test_registers registers;
  memset(&registers, 0, sizeof registers);
  ctx_test_registers_draw(&registers, &seed);
  ctx_test_switch called = (ctx_test_switch)(uintptr_t)function;
  begin();
  out->resumer = ctx_test_call_with_registers(&registers, called, from, to);
  end();
  out->fp = machine_fp_accept(&registers);
  ctx_test_registers_verdict(&registers, out->complaint);
}

const ctx_context *machine_waits(const ctx_context *context) { return context->waits; }
