/* The judges are judged: the probe, by calls that a compiler makes; the expectation, likewise; the
 * verdicts, by records that are wrong in one place. */
#include <string.h>

#include "testing/entry/call.h"
#include "testing/entry/probe.h"
#include "testing/entry/verdict.h"
#include "testing/harness/harness.h"

static double f64_of(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

/* ---- The probe ---------------------------------------------------------------------------------
 */

CTX_TEST(Probe, RecordsACompilersCallAndReturnsWhatItIsTold) {
  ctx_probe_reset(2);
  ctx_probe.result_rax = ctx_test_graffiti(20);
  typedef uint64_t callee(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t,
                          uint64_t);
  callee *volatile probe = (callee *)ctx_probe_entry;
  uint64_t result =
      probe(ctx_test_graffiti(0), ctx_test_graffiti(1), ctx_test_graffiti(2), ctx_test_graffiti(3),
            ctx_test_graffiti(4), ctx_test_graffiti(5), ctx_test_graffiti(6), ctx_test_graffiti(7));
  EXPECT_EQ(ctx_test_graffiti(20), result);
  EXPECT_EQ(ctx_test_graffiti(0), ctx_probe.rdi);
  EXPECT_EQ(ctx_test_graffiti(1), ctx_probe.rsi);
  EXPECT_EQ(ctx_test_graffiti(2), ctx_probe.rdx);
  EXPECT_EQ(ctx_test_graffiti(3), ctx_probe.rcx);
  EXPECT_EQ(ctx_test_graffiti(4), ctx_probe.r8);
  EXPECT_EQ(ctx_test_graffiti(5), ctx_probe.r9);
  EXPECT_EQ(ctx_test_graffiti(6), ctx_probe.words[0]);
  EXPECT_EQ(ctx_test_graffiti(7), ctx_probe.words[1]);
  EXPECT_EQ(1, ctx_probe.num_calls);
}

CTX_TEST(Probe, RecordsVectorRegistersAndReturnsOne) {
  ctx_probe_reset(0);
  ctx_probe.result_xmm0[0] = UINT64_C(0x7ff8123456789abc);
  typedef double callee(double, double, double, double, double, double, double, double);
  callee *volatile probe = (callee *)ctx_probe_entry;
  double result = probe(0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5);
  EXPECT_F64_EQ(f64_of(UINT64_C(0x7ff8123456789abc)), result);
  for (int i = 0; i < CTX_EXPECT_VECTOR; ++i)
    EXPECT_F64_EQ(i + 0.5, f64_of(ctx_probe.xmm[i][0]));
}

void ctx_test_marked_call(void);

/* Also those that no C call passes anything in. */
CTX_TEST(Probe, RecordsEveryRegisterAndFlag) {
  ctx_probe_reset(0);
  ctx_test_marked_call();
  for (size_t i = 0; i < 16; ++i) {
    if (i != 4) EXPECT_EQ(0xb0 + i, ctx_probe.general[i]);
    EXPECT_EQ(0xc0 + i, ctx_probe.xmm[i][0]);
    EXPECT_EQ(0xc0 + i, ctx_probe.xmm[i][1]);
  }
  EXPECT_EQ(0, (ctx_probe.rsp + 8) % 16);
  EXPECT_NE(0, ctx_probe.rflags & UINT64_C(1) << 10);
  EXPECT_EQ(0x3fff, ctx_probe.x87.tag); /* st(0) is register 7 */
  EXPECT_EQ(0x37f, ctx_probe.x87.control);
  EXPECT_EQ(__builtin_ia32_stmxcsr(), ctx_probe.mxcsr);
}

/* ---- The expectation ---------------------------------------------------------------------------
 */

/* What this compiler's caller does is what the psABI says it does. */
CTX_TEST(Expectation, ACompilersCallIsAbiEqual) {
  const struct ctx_test_arg args[] = {
      {CTX_KIND_I8, 0x80},
      {CTX_KIND_F32, 0xffedcba9},
      {CTX_KIND_U8, 0xff},
      {CTX_KIND_I16, 0x8000},
      {CTX_KIND_F64, UINT64_C(0x7ff8123456789abc)},
      {CTX_KIND_U16, 0xffff},
      {CTX_KIND_BOOL, 1},
      {CTX_KIND_I32, 0x80000000},
      {CTX_KIND_I8, 0x81}, /* to memory, from here on */
      {CTX_KIND_U64, UINT64_C(0xfedcba9876543210)},
      {CTX_KIND_F64, UINT64_C(0x8000000000000000)}, /* not to memory */
      {CTX_KIND_PTR, UINT64_C(0x123456789abcdef0)},
  };
  struct ctx_expectation expected;
  ctx_expect(&expected, args, sizeof args / sizeof args[0]);
  ASSERT_EQ(3, expected.num_slots);

  float f32;
  uint32_t f32_bits = 0xffedcba9;
  memcpy(&f32, &f32_bits, sizeof f32);
  ctx_probe_reset(3);
  /* Variadic, so that the caller sets al. */
  typedef void callee(int8_t, float, uint8_t, int16_t, double, uint16_t, bool, int32_t, int8_t,
                      uint64_t, double, void *, ...);
  callee *volatile probe = (callee *)ctx_probe_entry;
  probe(INT8_MIN, f32, UINT8_MAX, INT16_MIN, f64_of(UINT64_C(0x7ff8123456789abc)), UINT16_MAX, true,
        INT32_MIN, -127, UINT64_C(0xfedcba9876543210), -0.0,
        (void *)(uintptr_t)UINT64_C(0x123456789abcdef0));
  EXPECT_NO_COMPLAINT(ctx_verdict_abi(&ctx_probe, &expected));
}

/* ---- The verdicts ------------------------------------------------------------------------------
 */

/* What is recorded of a call that is right: a float, and nine integers of which three are in slots.
 */
static struct ctx_expectation expected;
static const uint64_t frame_record[2] __attribute__((aligned(16))) = {0, 0};

static void record_what_is_expected(struct ctx_probe *probe) {
  struct ctx_test_arg args[10];
  for (size_t i = 0; i < 10; ++i) {
    args[i].kind = i == 0 ? CTX_KIND_F32 : CTX_KIND_I32;
    args[i].bits = ctx_test_graffiti(i);
  }
  ctx_expect(&expected, args, 10);
  memset(probe, 0, sizeof *probe);
  probe->num_calls = 1;
  probe->rax = 1;
  probe->rdi = expected.general[0].word;
  probe->rsi = expected.general[1].word;
  probe->rdx = expected.general[2].word;
  probe->rcx = expected.general[3].word;
  probe->r8 = expected.general[4].word;
  probe->r9 = expected.general[5].word;
  probe->xmm[0][0] = expected.vector[0].word;
  for (size_t i = 0; i < 3; ++i)
    probe->words[i] = expected.slots[i].word;
  probe->rbp = (uint64_t)(uintptr_t)frame_record;
  probe->rsp = 8;
  probe->x87.tag = 0xffff;
}

static bool is_refused(const char *verdict) { return *verdict != '\0'; }

CTX_TEST(Verdict, AcceptsWhatIsExpected) {
  struct ctx_probe probe;
  record_what_is_expected(&probe);
  EXPECT_NO_COMPLAINT(ctx_verdict_abi(&probe, &expected));
  EXPECT_NO_COMPLAINT(ctx_verdict_library(&probe, &expected));
}

/* The field's new content; whether each relation refuses the record then. */
#define EXPECT_VERDICTS(refused_by_abi, refused_by_library, field, content)               \
  do {                                                                                    \
    struct ctx_probe wrong_;                                                              \
    record_what_is_expected(&wrong_);                                                     \
    wrong_.field = (content);                                                             \
    EXPECT_EQ((refused_by_abi), is_refused(ctx_verdict_abi(&wrong_, &expected)));         \
    EXPECT_EQ((refused_by_library), is_refused(ctx_verdict_library(&wrong_, &expected))); \
  } while (0)

CTX_TEST(Verdict, BothRefuseWhatNoCallerDoes) {
  EXPECT_VERDICTS(true, true, num_calls, 0);
  EXPECT_VERDICTS(true, true, num_calls, 2);
  EXPECT_VERDICTS(true, true, rsp, 16);
  EXPECT_VERDICTS(true, true, rflags, UINT64_C(1) << 10);
  EXPECT_VERDICTS(true, true, x87.tag, 0x3fff);
  EXPECT_VERDICTS(true, true, rdi, expected.general[0].word ^ 1);
  EXPECT_VERDICTS(true, true, rsi, expected.general[1].word ^ 1);
  EXPECT_VERDICTS(true, true, rdx, expected.general[2].word ^ 1);
  EXPECT_VERDICTS(true, true, rcx, expected.general[3].word ^ 1);
  EXPECT_VERDICTS(true, true, r8, expected.general[4].word ^ 1);
  EXPECT_VERDICTS(true, true, r9, expected.general[5].word ^ (UINT64_C(1) << 31));
  EXPECT_VERDICTS(true, true, xmm[0][0], expected.vector[0].word ^ (UINT64_C(1) << 31));
  EXPECT_VERDICTS(true, true, words[0], expected.slots[0].word ^ 1);
  EXPECT_VERDICTS(true, true, words[2], expected.slots[2].word ^ (UINT64_C(1) << 31));
  EXPECT_VERDICTS(true, true, rax, 0);
  EXPECT_VERDICTS(true, true, rax, 9);
}

CTX_TEST(Verdict, OnlyLibraryEqualRefusesWhatOtherCallersDo) {
  const uint64_t top = UINT64_C(1) << 63;
  EXPECT_VERDICTS(false, true, rdi, expected.general[0].word ^ top);
  EXPECT_VERDICTS(false, true, words[1], expected.slots[1].word ^ top);
  EXPECT_VERDICTS(false, true, words[3], 1); /* padding */
  EXPECT_VERDICTS(false, true, xmm[0][0], expected.vector[0].word ^ top);
  EXPECT_VERDICTS(false, true, xmm[0][1], top);
  EXPECT_VERDICTS(false, true, xmm[1][0], 1);
  EXPECT_VERDICTS(false, true, xmm[15][1], top);
  EXPECT_VERDICTS(false, true, rax, 2);
  EXPECT_VERDICTS(false, true, rax, 0x101);
  EXPECT_VERDICTS(false, true, rbx, 1);
  EXPECT_VERDICTS(false, true, r10, 1);
  EXPECT_VERDICTS(false, true, r12, 1);
  EXPECT_VERDICTS(false, true, r15, top);
  EXPECT_VERDICTS(false, true, rbp, 0);
  static const uint64_t not_the_last[2] __attribute__((aligned(16))) = {0, 1};
  EXPECT_VERDICTS(false, true, rbp, (uint64_t)(uintptr_t)not_the_last);
  EXPECT_VERDICTS(false, false, r11, 1);
}
