#include "testing/arch/x86_64_sysv/snippets/global_register_program.h"

/* Keeps more values alive than there are registers that a call may change. */
__attribute__((noinline)) static void call(void) { __asm__ volatile(""); }

void change_callee_saved_registers(void) {
  volatile long source = 1;
  long a = source, b = source + 1, c = source + 2, d = source + 3, e = source + 4, f = source + 5;
  for (int i = 0; i < 3; i++) {
    call();
    a += f, b += a, c += b, d += c, e += d, f += e;
  }
  source = a + b + c + d + e + f;
}
