/* The register checker sees each switch that is wrong, and no other. */
#include "testing/harness/registers.h"

#include <string.h>

#include "testing/arch/arch.h"
#include "testing/harness/harness.h"
#include CTX_TEST_ARCH(fp_words.h)
#include CTX_TEST_ARCH(twins.h)

#define DECLARE(what) void ctx_test_twin_##what(struct ctx_context *from, struct ctx_context *to);
#define DECLARE_OF_REGISTER(name, ...) DECLARE(loses_##name) DECLARE(cuts_##name)
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

typedef struct twin {
  ctx_test_switch function;
  const char *what;
  const char *says;
} twin;

static const twin wrong[] = {
#define WRONG_ROW(what, says) {ctx_test_twin_##what, #what, says},
#define ROWS_OF_REGISTER(name, ...) WRONG_ROW(loses_##name, #name) WRONG_ROW(cuts_##name, #name)
    CTX_TEST_FOR_EACH_KEPT(ROWS_OF_REGISTER) CTX_TEST_TWINS(WRONG_ROW)};
enum { NUM_WRONG = sizeof wrong / sizeof wrong[0] };

CTX_TEST(Registers, WrongSwitchesAreCaught) {
  uint64_t state = 1;
  for (size_t i = 0; i < NUM_WRONG; i++) {
    ctx_test_note("%s", wrong[i].what);
    for (int round = 0; round < NUM_ROUNDS; round++) {
      char verdict[CTX_TEST_VERDICT_SIZE];
      ctx_test_check_registers(&state, wrong[i].function, NULL, NULL, verdict);
      ASSERT_TRUE(strstr(verdict, wrong[i].says) != NULL);
      /* Each does one thing wrong, and the verdict names nothing else; an exchange is two
       * things. */
      bool is_exchange = strncmp(wrong[i].what, "swaps_", strlen("swaps_")) == 0;
      ASSERT_EQ(is_exchange ? 2 : 1, num_lines(verdict));
    }
  }
}

CTX_TEST(Registers, RightSwitchesAreNot) {
  static const twin right[] = {
#define RIGHT_ROW(what) {ctx_test_twin_##what, #what, ""},
      CTX_TEST_RIGHT_TWINS(RIGHT_ROW)};
  uint64_t state = 2;
  for (size_t i = 0; i < sizeof right / sizeof right[0]; i++) {
    ctx_test_note("%s", right[i].what);
    for (int round = 0; round < NUM_ROUNDS; round++) {
      char verdict[CTX_TEST_VERDICT_SIZE];
      ASSERT_STREQ("", ctx_test_check_registers(&state, right[i].function, NULL, NULL, verdict));
    }
  }
}

/* Whatever a wrong switch does, the code after the check runs as if nothing had happened. */
CTX_TEST(Registers, HostIsGivenItsWordsBack) {
  fp_words words = fp_now();
  uint64_t state = 3;
  for (size_t i = 0; i < NUM_WRONG; i++) {
    ctx_test_note("%s", wrong[i].what);
    char verdict[CTX_TEST_VERDICT_SIZE];
    ctx_test_check_registers(&state, wrong[i].function, NULL, NULL, verdict);
    FP_EXPECT(words);
  }
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
  char verdict[CTX_TEST_VERDICT_SIZE];
  ctx_test_record_entry(&entry);
  EXPECT_STREQ("", ctx_test_entry_verdict(&entry, verdict));
  EXPECT_EQ(__builtin_frame_address(0), entry.fp);
}

CTX_TEST(Registers, AnEntryThatNoCallerMakesIsNotAccepted) {
  struct ctx_test_entry_state entry = {0};
  char verdict[CTX_TEST_VERDICT_SIZE];
  ctx_test_record_entry(&entry);
  entry.sp += 8;
  EXPECT_EQ(1, num_lines(ctx_test_entry_verdict(&entry, verdict)));
  entry.sp -= 8;
  fp_words words = fp_now();
  fp_set(fp_others[0]);
  ctx_test_entry_verdict(&entry, verdict);
  fp_set(words);
  EXPECT_TRUE(num_lines(verdict) != 0);
}
