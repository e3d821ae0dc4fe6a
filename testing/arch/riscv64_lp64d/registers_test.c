/* The register checker sees each switch that is wrong, and no other. */
#include "testing/harness/registers.h"

#include <string.h>

#include "testing/arch/riscv64_lp64d/twins.h"
#include "testing/harness/harness.h"

#define DECLARE(what) void ctx_test_twin_##what(struct ctx_context *from, struct ctx_context *to);
#define DECLARE_OF_REGISTER(name, index) DECLARE(loses_##name) DECLARE(cuts_##name)
CTX_TEST_FOR_EACH_KEPT(DECLARE_OF_REGISTER)
#define DECLARE_WRONG(what, says) DECLARE(what)
CTX_TEST_TWINS(DECLARE_WRONG)
CTX_TEST_RIGHT_TWINS(DECLARE)

enum { NUM_ROUNDS = 100 };

static size_t num_lines(const char *text) {
  size_t num = 0;
  for (; *text != '\0'; text++)
    num += *text == '\n';
  return num;
}

CTX_TEST(Registers, WrongSwitchesAreCaught) {
  static const struct {
    ctx_test_switch function;
    const char *what;
    const char *says;
  } twins[] = {
#define WRONG_ROW(what, says) {ctx_test_twin_##what, #what, says},
#define ROWS_OF_REGISTER(name, index) WRONG_ROW(loses_##name, #name) WRONG_ROW(cuts_##name, #name)
      CTX_TEST_FOR_EACH_KEPT(ROWS_OF_REGISTER) CTX_TEST_TWINS(WRONG_ROW)};
  uint64_t state = 1;
  for (size_t i = 0; i < sizeof twins / sizeof twins[0]; i++) {
    ctx_test_note("%s", twins[i].what);
    for (int round = 0; round < NUM_ROUNDS; round++) {
      char verdict[CTX_TEST_VERDICT_SIZE];
      ctx_test_check_registers(&state, twins[i].function, NULL, NULL, verdict);
      ASSERT_TRUE(strstr(verdict, twins[i].says) != NULL);
      /* Each does one thing wrong, and the verdict names nothing else; an exchange is two
       * things. */
      bool is_exchange = strncmp(twins[i].what, "swaps_", strlen("swaps_")) == 0;
      ASSERT_EQ(is_exchange ? 2 : 1, num_lines(verdict));
    }
  }
}

CTX_TEST(Registers, RightSwitchesAreNot) {
  static const struct {
    ctx_test_switch function;
    const char *what;
  } twins[] = {
#define RIGHT_ROW(what) {ctx_test_twin_##what, #what},
      CTX_TEST_RIGHT_TWINS(RIGHT_ROW)};
  uint64_t state = 2;
  for (size_t i = 0; i < sizeof twins / sizeof twins[0]; i++) {
    ctx_test_note("%s", twins[i].what);
    for (int round = 0; round < NUM_ROUNDS; round++) {
      char verdict[CTX_TEST_VERDICT_SIZE];
      ASSERT_STREQ("", ctx_test_check_registers(&state, twins[i].function, NULL, NULL, verdict));
    }
  }
}

/* Whatever a wrong switch does, the code after the check runs as if nothing had happened. */
CTX_TEST(Registers, HostIsGivenItsWordBack) {
  uint64_t frm = ctx_test_frm();
  uint64_t state = 3;
  char verdict[CTX_TEST_VERDICT_SIZE];
  ctx_test_check_registers(&state, ctx_test_twin_changes_rounding_0, NULL, NULL, verdict);
  EXPECT_EQ(frm, ctx_test_frm());
}

static struct ctx_context *seen_from;
static struct ctx_context *seen_to;
static void see_arguments(struct ctx_context *from, struct ctx_context *to) {
  seen_from = from;
  seen_to = to;
}

CTX_TEST(Registers, ArgumentsArePassedOn) {
  struct ctx_context *from = (struct ctx_context *)(uintptr_t)0x1234567890abcdef;
  struct ctx_context *to = (struct ctx_context *)(uintptr_t)0xfedcba0987654321;
  uint64_t state = 4;
  char verdict[CTX_TEST_VERDICT_SIZE];
  EXPECT_STREQ("", ctx_test_check_registers(&state, see_arguments, from, to, verdict));
  EXPECT_EQ(from, seen_from);
  EXPECT_EQ(to, seen_to);
}

CTX_TEST(Registers, EntryIsRecordedAsACallerLeavesIt) {
  struct ctx_test_entry_state entry = {0};
  ctx_test_record_entry(&entry);
  EXPECT_EQ(0, entry.sp % 16);
  EXPECT_EQ(__builtin_frame_address(0), entry.fp);
  EXPECT_NE(0, entry.ra);
  EXPECT_EQ(ctx_test_frm(), entry.frm);
}
