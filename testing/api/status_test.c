/* Each status has a text, and so has a number that is not a status. */
#include <limits.h>
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

static const struct {
  ctx_status status;
  const char *name;
} statuses[] = {
#define STATUS(name) \
  { name, #name }
    STATUS(CTX_OK),
    STATUS(CTX_ERR_STACK_UNALIGNED),
    STATUS(CTX_ERR_STACK_SMALL),
    STATUS(CTX_ERR_STACK_RANGE),
    STATUS(CTX_ERR_NULL_ARGUMENT),
    STATUS(CTX_ERR_CONTEXT_UNALIGNED),
    STATUS(CTX_ERR_BAD_VALUE),
    STATUS(CTX_ERR_BAD_FLAG),
    STATUS(CTX_ERR_UNSUPPORTED_TYPE),
    STATUS(CTX_ERR_SIGNAL_MASK),
    STATUS(CTX_ERR_NO_MEMORY),
    STATUS(CTX_ERR_MAP_COUNT),
    STATUS(CTX_ERR_POOL_EXHAUSTED),
    STATUS(CTX_ERR_SIGNAL_STACK),
    STATUS(CTX_ERR_BAD_TYPE),
    STATUS(CTX_ERR_RESULT_UNALIGNED),
    STATUS(CTX_ERR_NOT_RETURNED),
    STATUS(CTX_ERR_WRONG_SIGNATURE),
    STATUS(CTX_ERR_NOT_A_CHILD),
    STATUS(CTX_ERR_ENDED),
    STATUS(CTX_ERR_NO_UNWINDER),
    STATUS(CTX_ERR_NOT_UNWINDABLE),
    STATUS(CTX_ERR_MAP_REFUSED),
    STATUS(CTX_ERR_GUARD_REFUSED),
    STATUS(CTX_ERR_RESIDENCY_REFUSED),
    STATUS(CTX_ERR_SIGNAL_STACK_REFUSED),
#undef STATUS
};

enum { NUM_STATUSES = sizeof statuses / sizeof statuses[0] };

/* Two equal cases would be an error here: constants are all different; and -Wswitch says which one
 * is missing in the table above. */
static bool is_in_table(ctx_status status) {
  switch (status) {
    case CTX_OK:
    case CTX_ERR_STACK_UNALIGNED:
    case CTX_ERR_STACK_SMALL:
    case CTX_ERR_STACK_RANGE:
    case CTX_ERR_NULL_ARGUMENT:
    case CTX_ERR_CONTEXT_UNALIGNED:
    case CTX_ERR_BAD_VALUE:
    case CTX_ERR_BAD_FLAG:
    case CTX_ERR_UNSUPPORTED_TYPE:
    case CTX_ERR_SIGNAL_MASK:
    case CTX_ERR_NO_MEMORY:
    case CTX_ERR_MAP_COUNT:
    case CTX_ERR_POOL_EXHAUSTED:
    case CTX_ERR_SIGNAL_STACK:
    case CTX_ERR_BAD_TYPE:
    case CTX_ERR_RESULT_UNALIGNED:
    case CTX_ERR_NOT_RETURNED:
    case CTX_ERR_WRONG_SIGNATURE:
    case CTX_ERR_NOT_A_CHILD:
    case CTX_ERR_ENDED:
    case CTX_ERR_NO_UNWINDER:
    case CTX_ERR_NOT_UNWINDABLE:
    case CTX_ERR_MAP_REFUSED:
    case CTX_ERR_GUARD_REFUSED:
    case CTX_ERR_RESIDENCY_REFUSED:
    case CTX_ERR_SIGNAL_STACK_REFUSED:
      return true;
  }
  return false;
}

CTX_TEST(Status, SuccessIsZero) { EXPECT_EQ(0, CTX_OK); }

CTX_TEST(Status, NameIsTheConstants) {
  for (size_t i = 0; i < NUM_STATUSES; i++) {
    EXPECT_TRUE(is_in_table(statuses[i].status));
    EXPECT_STREQ(statuses[i].name, ctx_status_name(statuses[i].status));
  }
}

CTX_TEST(Status, MessagesAreSentencesOfTheirOwn) {
  for (size_t i = 0; i < NUM_STATUSES; i++) {
    const char *message = ctx_status_message(statuses[i].status);
    ASSERT_TRUE(message != NULL);
    EXPECT_NE(0, strlen(message));
    EXPECT_NE('.', message[strlen(message) - 1]);
    EXPECT_NE(0, strcmp("unknown status", message));
    for (size_t j = 0; j < i; j++) {
      EXPECT_NE(0, strcmp(ctx_status_message(statuses[j].status), message));
    }
  }
}

CTX_TEST(Status, NumbersThatAreNoneHaveATextToo) {
  const int numbers[] = {-1, NUM_STATUSES, NUM_STATUSES + 1, 1000, INT_MAX, INT_MIN};
  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
    ctx_status status;
    memcpy(&status, &numbers[i], sizeof status);
    EXPECT_STREQ("CTX_ERR_UNKNOWN", ctx_status_name(status));
    EXPECT_STREQ("unknown status", ctx_status_message(status));
  }
}
