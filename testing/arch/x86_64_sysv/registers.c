#include "testing/harness/registers.h"

#include <stddef.h>

#include "testing/arch/x86_64_sysv/registers_layout.h"

#define CHECK_OFFSET(type, field, offset) \
  _Static_assert(offsetof(struct type, field) == (offset), #field)
#define CHECK_KEPT(name, low, index) \
  CHECK_OFFSET(ctx_test_register_set, name, CTX_TEST_SET_KEPT(index));
CTX_TEST_FOR_EACH_KEPT(CHECK_KEPT)
CHECK_OFFSET(ctx_test_register_set, rsp, CTX_TEST_SET_RSP);
CHECK_OFFSET(ctx_test_register_set, rsp, CTX_TEST_SET_KEPT(CTX_TEST_NUM_KEPT));
CHECK_OFFSET(ctx_test_register_set, flags, CTX_TEST_SET_FLAGS);
CHECK_OFFSET(ctx_test_register_set, mxcsr, CTX_TEST_SET_MXCSR);
CHECK_OFFSET(ctx_test_register_set, x87, CTX_TEST_SET_X87);
CHECK_OFFSET(ctx_test_registers, before, CTX_TEST_BEFORE);
CHECK_OFFSET(ctx_test_registers, after, CTX_TEST_AFTER);
CHECK_OFFSET(ctx_test_registers, host, CTX_TEST_HOST);
CHECK_OFFSET(ctx_test_entry_state, sp, CTX_TEST_ENTRY_SP);
CHECK_OFFSET(ctx_test_entry_state, fp, CTX_TEST_ENTRY_FP);
CHECK_OFFSET(ctx_test_entry_state, flags, CTX_TEST_ENTRY_FLAGS);
CHECK_OFFSET(ctx_test_entry_state, mxcsr, CTX_TEST_ENTRY_MXCSR);
CHECK_OFFSET(ctx_test_entry_state, x87, CTX_TEST_ENTRY_X87);
_Static_assert(sizeof(struct ctx_test_register_set) == CTX_TEST_SET_SIZE, "size of a set");
_Static_assert(sizeof(struct ctx_test_x87) == 28, "fnstenv writes 28 bytes");

/* Each register is in one of the lists, and in no more. */
enum {
#define NUMBER(name, number) NUMBER_##name = number,
  CTX_TEST_FOR_EACH_GENERAL(NUMBER)
#define ADD_KEPT(name, low, index) +(1 << NUMBER_##name)
      SUM_OF_KEPT = 0 CTX_TEST_FOR_EACH_KEPT(ADD_KEPT),
#define ADD_VOLATILE(name) +(1 << NUMBER_##name)
  SUM_OF_VOLATILE = 0 CTX_TEST_FOR_EACH_VOLATILE(ADD_VOLATILE)
};
_Static_assert((SUM_OF_KEPT ^ SUM_OF_VOLATILE ^ 1 << NUMBER_rsp) == 0xffff, "all are listed");
_Static_assert(SUM_OF_KEPT + SUM_OF_VOLATILE + (1 << NUMBER_rsp) == 0xffff, "each is listed once");

const char *ctx_test_registers_verdict(const struct ctx_test_registers *registers,
                                       char verdict[CTX_TEST_VERDICT_SIZE]) {
  const struct ctx_test_register_set *before = &registers->before;
  const struct ctx_test_register_set *after = &registers->after;
  verdict[0] = '\0';
#define COMPLAIN(name, low, index) ctx_test_complain(verdict, #name, before->name, after->name);
  CTX_TEST_FOR_EACH_KEPT(COMPLAIN)
  ctx_test_complain(verdict, "rsp", before->rsp, after->rsp);
  ctx_test_complain(verdict, "direction flag", 0, after->flags & CTX_TEST_DIRECTION_FLAG);
  ctx_test_complain(verdict, "MXCSR control bits", before->mxcsr & CTX_TEST_MXCSR_CONTROL,
                    after->mxcsr & CTX_TEST_MXCSR_CONTROL);
  ctx_test_complain(verdict, "x87 control word", before->x87.control & CTX_TEST_X87_CONTROL,
                    after->x87.control & CTX_TEST_X87_CONTROL);
  ctx_test_complain(verdict, "x87 tags", CTX_TEST_X87_ALL_EMPTY, after->x87.tags);
  return verdict;
}

const char *ctx_test_entry_verdict(const struct ctx_test_entry_state *state,
                                   char verdict[CTX_TEST_VERDICT_SIZE]) {
  verdict[0] = '\0';
  ctx_test_complain(verdict, "rsp above the return address, modulo 16", 0, (state->sp + 8) % 16);
  ctx_test_complain(verdict, "direction flag", 0, state->flags & CTX_TEST_DIRECTION_FLAG);
  ctx_test_complain(verdict, "MXCSR control bits", ctx_test_mxcsr_control(),
                    state->mxcsr & CTX_TEST_MXCSR_CONTROL);
  ctx_test_complain(verdict, "x87 control word", ctx_test_x87_control(),
                    state->x87.control & CTX_TEST_X87_CONTROL);
  ctx_test_complain(verdict, "x87 tags", CTX_TEST_X87_ALL_EMPTY, state->x87.tags);
  return verdict;
}

uint32_t ctx_test_mxcsr_control(void) {
  uint32_t mxcsr = 0; /* MSan does not look into assembly */
  __asm__ volatile("stmxcsr %0" : "=m"(mxcsr));
  return mxcsr & CTX_TEST_MXCSR_CONTROL;
}

uint16_t ctx_test_x87_control(void) {
  uint16_t control = 0;
  __asm__ volatile("fnstcw %0" : "=m"(control));
  return control & CTX_TEST_X87_CONTROL;
}

void ctx_test_set_fp_words(uint32_t mxcsr, uint16_t x87_control) {
  __asm__ volatile("ldmxcsr %0\n\tfnclex\n\tfldcw %1" : : "m"(mxcsr), "m"(x87_control));
}
