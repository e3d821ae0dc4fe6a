/* Random bytes do what api_fuzz does. */
#include "testing/hostile/hostile.h"

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

enum { CASE_SIZE = 64, NUM_CASES = 20000 };

/* Returns a byte at random: any; or mostly zero; or none that spoils anything. Otherwise hardly a
 * case would have a single fault, and hardly one would have none. */
static uint8_t random_byte(uint64_t *seed, size_t flavour) {
  uint8_t byte = (uint8_t)ctx_test_random(seed);
  if (flavour == 0) return byte;
  if (flavour == 1) return byte & 0x3d;
  return ctx_test_random(seed) % 4 == 0 ? byte : 0;
}

static void expect_no_complaints(const char *(*call)(const uint8_t *data, size_t size)) {
  uint64_t seed = 1;
  for (size_t i = 0; i < NUM_CASES; i++) {
    uint8_t data[CASE_SIZE];
    for (size_t j = 0; j < sizeof data; j++)
      data[j] = random_byte(&seed, i % 3);
    size_t size = ctx_test_random(&seed) % sizeof data;
    ctx_test_note("case %zu", i);
    const char *complaint = call(data, size);
    EXPECT_NO_COMPLAINT(complaint);
    if (*complaint != '\0') return;
  }
  ctx_test_note(NULL);
}

static void expect_often(const uint64_t *by_status, const ctx_status *statuses, size_t num) {
  for (size_t i = 0; i < num; i++) {
    ctx_test_note("%s", ctx_status_name(statuses[i]));
    EXPECT_TRUE(by_status[statuses[i]] > 5);
  }
  ctx_test_note(NULL);
}
#define EXPECT_OFTEN(by_status, ...)                           \
  expect_often((by_status), (const ctx_status[]){__VA_ARGS__}, \
               sizeof((const ctx_status[]){__VA_ARGS__}) / sizeof(ctx_status))

CTX_TEST(Hostile, EveryCallIsAnsweredAsDocumented) {
  expect_no_complaints(hostile_call);
  const hostile_counts *counts = &hostile_counts_so_far;
  EXPECT_OFTEN(counts->by_status, CTX_OK, CTX_ERR_NULL_ARGUMENT, CTX_ERR_CONTEXT_UNALIGNED,
               CTX_ERR_STACK_RANGE, CTX_ERR_STACK_UNALIGNED, CTX_ERR_BAD_FLAG, CTX_ERR_BAD_VALUE,
               CTX_ERR_BAD_TYPE, CTX_ERR_UNSUPPORTED_TYPE, CTX_ERR_STACK_SMALL);
  EXPECT_TRUE(counts->runs > 100);
  EXPECT_TRUE(counts->stacks > 100);
  EXPECT_TRUE(counts->stack_errors > 100);
}

CTX_TEST(Hostile, EveryDescriptionIsAnsweredAsDocumented) {
  expect_no_complaints(hostile_types);
  const hostile_counts *counts = &hostile_counts_so_far;
  EXPECT_OFTEN(counts->types_by_status, CTX_OK, CTX_ERR_NULL_ARGUMENT, CTX_ERR_BAD_TYPE,
               CTX_ERR_UNSUPPORTED_TYPE);
  EXPECT_OFTEN(counts->signatures_by_status, CTX_OK, CTX_ERR_NULL_ARGUMENT, CTX_ERR_BAD_TYPE,
               CTX_ERR_UNSUPPORTED_TYPE);
  EXPECT_OFTEN(counts->signed_inits_by_status, CTX_OK, CTX_ERR_NULL_ARGUMENT, CTX_ERR_STACK_SMALL,
               CTX_ERR_RESULT_UNALIGNED);
}
