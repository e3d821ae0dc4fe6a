#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_X86_64_SYSV_

#include "ctx/arch/x86_64_sysv/cpu.h"
#include "ctx/arch/x86_64_sysv/routines.h"

/* Asks the processor before main, so that no thread has to learn of it later, and before all
 * constructors except the implementation's (priorities up to 100). The answer is a variable of the
 * assembly's, since code that only switches is linked without this file. All code that makes a
 * context is linked with it, since init calls ctx_cpu_vector_size. */
__attribute__((constructor(101))) static void ctx_cpu_ask(void) {
  const ctx_cpu_words words = ctx_cpu_read();
  ctx_asm_vector_size = ctx_cpu_vector_size_of(&words);
}

uint8_t ctx_cpu_vector_size(void) { return ctx_asm_vector_size; }

#endif
