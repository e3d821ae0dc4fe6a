#include "testing/harness/registers.h"

#include <stddef.h>

#include "testing/arch/riscv64_lp64d/registers_layout.h"

#define CHECK_OFFSET(type, field, offset) \
  _Static_assert(offsetof(struct type, field) == (offset), #field)
#define CHECK_KEPT(name, index) CHECK_OFFSET(ctx_test_register_set, name, CTX_TEST_SET_KEPT(index));
CTX_TEST_FOR_EACH_KEPT(CHECK_KEPT)
CHECK_OFFSET(ctx_test_register_set, sp, CTX_TEST_SET_SP);
CHECK_OFFSET(ctx_test_register_set, sp, CTX_TEST_SET_KEPT(CTX_TEST_NUM_KEPT));
CHECK_OFFSET(ctx_test_register_set, frm, CTX_TEST_SET_FRM);
CHECK_OFFSET(ctx_test_registers, before, CTX_TEST_BEFORE);
CHECK_OFFSET(ctx_test_registers, after, CTX_TEST_AFTER);
CHECK_OFFSET(ctx_test_registers, host, CTX_TEST_HOST);
CHECK_OFFSET(ctx_test_entry_state, sp, CTX_TEST_ENTRY_SP);
CHECK_OFFSET(ctx_test_entry_state, fp, CTX_TEST_ENTRY_FP);
CHECK_OFFSET(ctx_test_entry_state, ra, CTX_TEST_ENTRY_RA);
CHECK_OFFSET(ctx_test_entry_state, frm, CTX_TEST_ENTRY_FRM);
_Static_assert(sizeof(struct ctx_test_register_set) == CTX_TEST_SET_SIZE, "size of a set");

/* Each register is in one of the lists, and in no more. */
#define NUMBER(name, number) NUMBER_##name = number,
enum { CTX_TEST_FOR_EACH_GENERAL(NUMBER) CTX_TEST_FOR_EACH_FLOATING(NUMBER) };
#define ADD(name) +(UINT64_C(1) << NUMBER_##name)
#define ADD_KEPT(name, index) ADD(name)
#define SUM_OF_GENERAL                                                                          \
  (UINT64_C(0) CTX_TEST_FOR_EACH_KEPT_GENERAL(ADD_KEPT) CTX_TEST_FOR_EACH_VOLATILE(ADD) ADD(sp) \
       CTX_TEST_FOR_EACH_FIXED(ADD))
#define SUM_OF_FLOATING \
  (UINT64_C(0) CTX_TEST_FOR_EACH_KEPT_FLOATING(ADD_KEPT) CTX_TEST_FOR_EACH_VOLATILE_FLOATING(ADD))
#define COUNT(...) +1
#define NUM_GENERAL                                                                    \
  (0 CTX_TEST_FOR_EACH_KEPT_GENERAL(COUNT) CTX_TEST_FOR_EACH_VOLATILE(COUNT) COUNT(sp) \
       CTX_TEST_FOR_EACH_FIXED(COUNT))
#define NUM_FLOATING \
  (0 CTX_TEST_FOR_EACH_KEPT_FLOATING(COUNT) CTX_TEST_FOR_EACH_VOLATILE_FLOATING(COUNT))
_Static_assert(SUM_OF_GENERAL == 0xffffffff && NUM_GENERAL == 32, "each is listed once");
_Static_assert(SUM_OF_FLOATING == 0xffffffff && NUM_FLOATING == 32, "each is listed once");

const char *ctx_test_registers_verdict(const struct ctx_test_registers *registers,
                                       char verdict[CTX_TEST_VERDICT_SIZE]) {
  const struct ctx_test_register_set *before = &registers->before;
  const struct ctx_test_register_set *after = &registers->after;
  verdict[0] = '\0';
#define COMPLAIN(name, index) ctx_test_complain(verdict, #name, before->name, after->name);
  CTX_TEST_FOR_EACH_KEPT(COMPLAIN)
  ctx_test_complain(verdict, "sp", before->sp, after->sp);
  ctx_test_complain(verdict, "frm", before->frm, after->frm);
  return verdict;
}

const char *ctx_test_entry_verdict(const struct ctx_test_entry_state *state,
                                   char verdict[CTX_TEST_VERDICT_SIZE]) {
  verdict[0] = '\0';
  ctx_test_complain(verdict, "sp modulo 16", 0, state->sp % 16);
  ctx_test_complain(verdict, "frm", ctx_test_frm(), state->frm);
  ctx_test_complain(verdict, "ra is 0", 0, state->ra == 0);
  return verdict;
}

uint64_t ctx_test_frm(void) {
  uint64_t frm = 0; /* MSan does not look into assembly */
  __asm__ volatile("frrm %0" : "=r"(frm));
  return frm;
}

void ctx_test_set_frm(uint64_t frm) { __asm__ volatile("fscsr zero\n\tfsrm %0" : : "r"(frm)); }
