/* A capture that is right, and copies of it that are wrong in one place each: for the tests of an
 * architecture's verdict, each of which includes this once. */
#ifndef CTX_TESTING_ORACLE_VERDICT_CASES_H_
#define CTX_TESTING_ORACLE_VERDICT_CASES_H_

#include <stdio.h>
#include <string.h>

#include "testing/harness/harness.h"
#include "testing/oracle/verdict.h"

/* The capture of a call that is right, and all that it is judged by. The entry's frame pointer is
 * frame_record's address. */
static gen_case from;
static model_expectation expected;
static oracle_capture right;
static oracle_capture wrong;
static const uint64_t frame_record[2] __attribute__((aligned(16))) = {0, 0};
static const uint64_t not_the_last_record[2] __attribute__((aligned(16))) = {0, 1};
static char report[ORACLE_REPORT_SIZE];

#define ENTRY UINT64_C(0x7f0123456780)

/* ---- The architecture's ---- */

/* Makes all of them, but for `wrong`. Argument 3 is struct { uint8_t a; uint64_t b; }, in two
 * registers; its second word is bytes f7 to fe. */
static void begin(void);

/* A word of `wrong`, and what a report on it begins with. */
typedef struct place {
  uint64_t *word;
  const char *name;
} place;

static place padded_word(size_t index); /* argument 3's words */
static place slot_word(void);           /* named with its argument */
static place empty_word(void);          /* in a register that passes nothing here */

/* ---- Cases ---- */

static void add(gen_kind kind) { gen_case_add(&from, gen_scalar(kind)); }

static bool holds(oracle_relation relation, const oracle_capture *capture) {
  return oracle_verdict(relation, capture, &expected, &from, report);
}

static bool reports(const char *text) { return strstr(report, text) != NULL; }

/* Expects whether each relation refuses the capture once the field has this content. A refusal is
 * reported. */
#define EXPECT_VERDICTS(refused_by_abi, refused_by_library, field, content) \
  do {                                                                      \
    memcpy(&wrong, &right, sizeof wrong);                                   \
    wrong.field = (content);                                                \
    EXPECT_EQ((refused_by_abi), !holds(ORACLE_ABI_EQUAL, &wrong));          \
    EXPECT_EQ((refused_by_abi), *report != '\0');                           \
    EXPECT_EQ((refused_by_library), !holds(ORACLE_LIBRARY_EQUAL, &wrong));  \
    EXPECT_EQ((refused_by_library), *report != '\0');                       \
  } while (0)

#define EXPECT_FLIPPED(refused_by_abi, refused_by_library, field, bit) \
  EXPECT_VERDICTS(refused_by_abi, refused_by_library, field, right.field ^ (UINT64_C(1) << (bit)))

#define EXPECT_FLIPPED_BYTE(refused_by_abi, refused_by_library, field, bit) \
  EXPECT_VERDICTS(refused_by_abi, refused_by_library, field, (uint8_t)(right.field ^ (1u << (bit))))

CTX_TEST(Verdict, AcceptsWhatIsExpected) {
  begin();
  EXPECT_TRUE(holds(ORACLE_ABI_EQUAL, &right));
  EXPECT_STREQ("", report);
  EXPECT_TRUE(holds(ORACLE_LIBRARY_EQUAL, &right));
  EXPECT_STREQ("", report);
}

#ifdef ORACLE_HAS_COPIES

/* Two, each of 24 bytes and aligned to 32: argument 4, and another one in memory. */
#define COPIED UINT64_C(0x7f0123450020) /* the first's address */

/* Captures the bytes of both, and their addresses. */
static void capture_copies(oracle_capture *c) {
  c->num_copies = expected.num_copies;
  for (size_t i = 0; i < expected.num_copies; i++) {
    c->copy_address[i] = COPIED + 32 * i;
    const gen_value *value = &from.args[expected.copied_argument[i]];
    for (size_t byte = 0; byte < value->type->size; byte++)
      c->copied[expected.copies[i].at + byte] = value->bytes[byte] & value->type->cover[byte];
  }
}

CTX_TEST(Verdict, BothRefuseAWrongCopy) {
  begin();
  size_t second = expected.copies[1].at;
  EXPECT_VERDICTS(true, true, num_copies, 1);
  EXPECT_FLIPPED_BYTE(true, true, copied[0], 0);
  EXPECT_FLIPPED_BYTE(true, true, copied[23], 7);
  EXPECT_FLIPPED_BYTE(true, true, copied[second + 8], 3);
  EXPECT_VERDICTS(true, true, copy_address[0], COPIED + 8);
  EXPECT_VERDICTS(true, true, copy_address[1], COPIED + 4);
  /* Compilers may align to 16 what is aligned to more. */
  EXPECT_VERDICTS(false, true, copy_address[1], COPIED + 16);
  EXPECT_FLIPPED_BYTE(false, true, copied[1], 0); /* padding */
}

#endif /* ORACLE_HAS_COPIES */

/* ---- The report ---- */

static void begin_wrong(void) {
  begin();
  memcpy(&wrong, &right, sizeof wrong);
}

CTX_TEST(Report, NamesTheArgumentThePlaceAndTheBytes) {
  begin_wrong();
  place second = padded_word(1);
  *second.word = UINT64_C(0x1122334455667788);
  EXPECT_FALSE(holds(ORACLE_ABI_EQUAL, &wrong));
  char text[ORACLE_REPORT_SIZE];
  snprintf(text, sizeof text,
           "%s: argument 3 (struct { uint8_t a; uint64_t b; }), from its byte 8: "
           "expected f7 f8 f9 fa fb fc fd fe, found 88 77 66 55 44 33 22 11\n",
           second.name);
  EXPECT_STREQ(text, report);
}

CTX_TEST(Report, ShowsNoBytesThatDoNotCount) {
  begin_wrong();
  place first = padded_word(0);
  *first.word ^= 1;
  EXPECT_FALSE(holds(ORACLE_ABI_EQUAL, &wrong));
  EXPECT_TRUE(reports(first.name));
  EXPECT_TRUE(reports(": argument 3 (struct { uint8_t a; uint64_t b; }), "));
  EXPECT_TRUE(reports(" -- -- -- -- -- -- --, found "));
}

CTX_TEST(Report, SaysWhereASlotIs) {
  begin_wrong();
  place slot = slot_word();
  *slot.word ^= 1;
  EXPECT_FALSE(holds(ORACLE_ABI_EQUAL, &wrong));
  EXPECT_TRUE(reports(slot.name));
}

CTX_TEST(Report, SaysWhereNothingWasExpected) {
  begin_wrong();
  place empty = empty_word();
  *empty.word = 1;
  EXPECT_FALSE(holds(ORACLE_LIBRARY_EQUAL, &wrong));
  char text[ORACLE_REPORT_SIZE];
  snprintf(text, sizeof text,
           "%s: no argument: expected 00 00 00 00 00 00 00 00, found 01 00 00 00 00 00 00 00\n",
           empty.name);
  EXPECT_STREQ(text, report);
}

#ifdef ORACLE_HAS_COPIES

CTX_TEST(Report, SaysWhichCopyDiffers) {
  begin_wrong();
  wrong.copied[8] ^= 0xff;
  EXPECT_FALSE(holds(ORACLE_ABI_EQUAL, &wrong));
  EXPECT_TRUE(reports("argument 4: byte 8 of its copy: expected "));
}

#endif /* ORACLE_HAS_COPIES */

CTX_TEST(Report, EndsAfterTheFirstDifferences) {
  begin();
  memset(&wrong, 0xff, sizeof wrong);
  EXPECT_FALSE(holds(ORACLE_ABI_EQUAL, &wrong));
  size_t num_lines = 0;
  for (const char *at = report; (at = strchr(at, '\n')) != NULL; at++)
    num_lines++;
  EXPECT_EQ(8, num_lines);
}

#endif /* CTX_TESTING_ORACLE_VERDICT_CASES_H_ */
