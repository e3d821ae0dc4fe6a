#include "testing/harness/registers.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "testing/harness/record.h"
#include "testing/harness/registers_layout.h"

#define CHECK_OFFSET(type, field, offset) \
  _Static_assert(offsetof(struct type, field) == (offset), #offset)
CHECK_OFFSET(ctx_test_register_set, rbx, CTX_TEST_SET_RBX);
CHECK_OFFSET(ctx_test_register_set, rbp, CTX_TEST_SET_RBP);
CHECK_OFFSET(ctx_test_register_set, r12, CTX_TEST_SET_R12);
CHECK_OFFSET(ctx_test_register_set, r13, CTX_TEST_SET_R13);
CHECK_OFFSET(ctx_test_register_set, r14, CTX_TEST_SET_R14);
CHECK_OFFSET(ctx_test_register_set, r15, CTX_TEST_SET_R15);
CHECK_OFFSET(ctx_test_register_set, rsp, CTX_TEST_SET_RSP);
CHECK_OFFSET(ctx_test_register_set, flags, CTX_TEST_SET_FLAGS);
CHECK_OFFSET(ctx_test_register_set, mxcsr, CTX_TEST_SET_MXCSR);
CHECK_OFFSET(ctx_test_register_set, x87, CTX_TEST_SET_X87);
CHECK_OFFSET(ctx_test_registers, before, CTX_TEST_BEFORE);
CHECK_OFFSET(ctx_test_registers, after, CTX_TEST_AFTER);
CHECK_OFFSET(ctx_test_registers, host, CTX_TEST_HOST);
CHECK_OFFSET(ctx_test_entry_state, rsp, CTX_TEST_ENTRY_RSP);
CHECK_OFFSET(ctx_test_entry_state, flags, CTX_TEST_ENTRY_FLAGS);
CHECK_OFFSET(ctx_test_entry_state, mxcsr, CTX_TEST_ENTRY_MXCSR);
CHECK_OFFSET(ctx_test_entry_state, x87, CTX_TEST_ENTRY_X87);
_Static_assert(sizeof(struct ctx_test_register_set) == CTX_TEST_SET_SIZE, "size of a set");
_Static_assert(sizeof(struct ctx_test_x87) == 28, "fnstenv writes 28 bytes");

/* psABI 3.2.3: the control bits are the callee's to keep, the status bits are not. */
enum {
  MXCSR_CONTROL = 0xffc0,
  X87_CONTROL = 0x1f7f,
  X87_ALL_EMPTY = 0xffff,
  DIRECTION_FLAG = 0x400
};

static void complain(char *verdict, const char *what, uint64_t expected, uint64_t actual) {
  if (expected == actual) return;
  size_t length = strlen(verdict);
  snprintf(verdict + length, CTX_TEST_VERDICT_SIZE - length,
           "\n  %s: expected 0x%016llx, found 0x%016llx", what, (unsigned long long)expected,
           (unsigned long long)actual);
}

const char *ctx_test_registers_verdict(const struct ctx_test_registers *registers,
                                       char verdict[CTX_TEST_VERDICT_SIZE]) {
  const struct ctx_test_register_set *before = &registers->before;
  const struct ctx_test_register_set *after = &registers->after;
  verdict[0] = '\0';
  complain(verdict, "rbx", before->rbx, after->rbx);
  complain(verdict, "rbp", before->rbp, after->rbp);
  complain(verdict, "r12", before->r12, after->r12);
  complain(verdict, "r13", before->r13, after->r13);
  complain(verdict, "r14", before->r14, after->r14);
  complain(verdict, "r15", before->r15, after->r15);
  complain(verdict, "rsp", before->rsp, after->rsp);
  complain(verdict, "direction flag", 0, after->flags & DIRECTION_FLAG);
  complain(verdict, "MXCSR control bits", before->mxcsr & MXCSR_CONTROL,
           after->mxcsr & MXCSR_CONTROL);
  complain(verdict, "x87 control word", before->x87.control & X87_CONTROL,
           after->x87.control & X87_CONTROL);
  complain(verdict, "x87 tags", X87_ALL_EMPTY, after->x87.tags);
  return verdict;
}

const char *ctx_test_check_registers(uint64_t *state, ctx_test_switch function,
                                     struct ctx_context *from, struct ctx_context *to,
                                     char verdict[CTX_TEST_VERDICT_SIZE]) {
  struct ctx_test_registers registers = {.before = {.rbx = ctx_test_random(state),
                                                    .rbp = ctx_test_random(state),
                                                    .r12 = ctx_test_random(state),
                                                    .r13 = ctx_test_random(state),
                                                    .r14 = ctx_test_random(state),
                                                    .r15 = ctx_test_random(state)}};
  ctx_test_call_with_registers(&registers, function, from, to);
  return ctx_test_registers_verdict(&registers, verdict);
}

uint32_t ctx_test_mxcsr_control(void) {
  uint32_t mxcsr = 0; /* MSan does not look into assembly */
  __asm__ volatile("stmxcsr %0" : "=m"(mxcsr));
  return mxcsr & MXCSR_CONTROL;
}

uint16_t ctx_test_x87_control(void) {
  uint16_t control = 0;
  __asm__ volatile("fnstcw %0" : "=m"(control));
  return control & X87_CONTROL;
}

void ctx_test_set_fp_words(uint32_t mxcsr, uint16_t x87_control) {
  __asm__ volatile("ldmxcsr %0\n\tfnclex\n\tfldcw %1" : : "m"(mxcsr), "m"(x87_control));
}
