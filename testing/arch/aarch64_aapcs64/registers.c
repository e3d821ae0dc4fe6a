#include "testing/harness/registers.h"

#include <stddef.h>

#include "testing/arch/aarch64_aapcs64/registers_layout.h"

#define CHECK_OFFSET(type, field, offset) \
  _Static_assert(offsetof(struct type, field) == (offset), #field)
#define CHECK_KEPT(name, low, index) \
  CHECK_OFFSET(ctx_test_register_set, name, CTX_TEST_SET_KEPT(index));
CTX_TEST_FOR_EACH_KEPT(CHECK_KEPT)
CHECK_OFFSET(ctx_test_register_set, sp, CTX_TEST_SET_SP);
CHECK_OFFSET(ctx_test_register_set, sp, CTX_TEST_SET_KEPT(CTX_TEST_NUM_KEPT));
CHECK_OFFSET(ctx_test_register_set, fpcr, CTX_TEST_SET_FPCR);
CHECK_OFFSET(ctx_test_registers, before, CTX_TEST_BEFORE);
CHECK_OFFSET(ctx_test_registers, after, CTX_TEST_AFTER);
CHECK_OFFSET(ctx_test_registers, host, CTX_TEST_HOST);
CHECK_OFFSET(ctx_test_entry_state, sp, CTX_TEST_ENTRY_SP);
CHECK_OFFSET(ctx_test_entry_state, fp, CTX_TEST_ENTRY_FP);
CHECK_OFFSET(ctx_test_entry_state, lr, CTX_TEST_ENTRY_LR);
CHECK_OFFSET(ctx_test_entry_state, fpcr, CTX_TEST_ENTRY_FPCR);
_Static_assert(sizeof(struct ctx_test_register_set) == CTX_TEST_SET_SIZE, "size of a set");

/* Each general register is in one of the lists, and in no more. */
#define NUMBER(name, number) NUMBER_##name = number,
enum { CTX_TEST_FOR_EACH_GENERAL(NUMBER) };
#define ADD_KEPT(name, low, index) +(UINT32_C(1) << NUMBER_##name)
#define SUM_OF_KEPT (UINT32_C(0) CTX_TEST_FOR_EACH_KEPT_GENERAL(ADD_KEPT))
#define ADD_VOLATILE(name) +(UINT32_C(1) << NUMBER_##name)
#define SUM_OF_VOLATILE (UINT32_C(0) CTX_TEST_FOR_EACH_VOLATILE(ADD_VOLATILE))
_Static_assert((SUM_OF_KEPT ^ SUM_OF_VOLATILE) == 0x7fffffff, "all are listed");
_Static_assert(SUM_OF_KEPT + SUM_OF_VOLATILE == 0x7fffffff, "each is listed once");

const char *ctx_test_registers_verdict(const struct ctx_test_registers *registers,
                                       char verdict[CTX_TEST_VERDICT_SIZE]) {
  const struct ctx_test_register_set *before = &registers->before;
  const struct ctx_test_register_set *after = &registers->after;
  verdict[0] = '\0';
#define COMPLAIN(name, low, index) ctx_test_complain(verdict, #name, before->name, after->name);
  CTX_TEST_FOR_EACH_KEPT(COMPLAIN)
  ctx_test_complain(verdict, "sp", before->sp, after->sp);
  ctx_test_complain(verdict, "FPCR", before->fpcr, after->fpcr);
  return verdict;
}

const char *ctx_test_entry_verdict(const struct ctx_test_entry_state *state,
                                   char verdict[CTX_TEST_VERDICT_SIZE]) {
  verdict[0] = '\0';
  ctx_test_complain(verdict, "sp modulo 16", 0, state->sp % 16);
  ctx_test_complain(verdict, "FPCR", ctx_test_fpcr(), state->fpcr);
  ctx_test_complain(verdict, "lr is 0", 0, state->lr == 0);
  return verdict;
}

uint64_t ctx_test_fpcr(void) {
  uint64_t fpcr = 0; /* MSan does not look into assembly */
  __asm__ volatile("mrs %0, fpcr" : "=r"(fpcr));
  return fpcr;
}

void ctx_test_set_fpcr(uint64_t fpcr) {
  __asm__ volatile("msr fpcr, %0\n\tmsr fpsr, xzr" : : "r"(fpcr));
}
