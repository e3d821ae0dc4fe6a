#include "testing/snippets/global_register_program.h"

/* Keeps more values alive than there are registers that a call may change. */
__attribute__((noinline)) static void call(void) { __asm__ volatile(""); }

void change_callee_saved_registers(void) {
  volatile long source = 1;
  long a = source, b = source + 1, c = source + 2, d = source + 3, e = source + 4, f = source + 5;
  long g = source + 6, h = source + 7, i = source + 8, j = source + 9, k = source + 10;
  for (int n = 0; n < 3; n++) {
    call();
    a += k, b += a, c += b, d += c, e += d, f += e, g += f, h += g, i += h, j += i, k += j;
  }
  source = a + b + c + d + e + f + g + h + i + j + k;
}
