/* Each condition under REQUIRES, in all public headers, has a name in brackets. For each name there
 * is a test here of the checked build, or a reason why no build can see the condition broken. */
#include "testing/watch/requires.h"

#include <ctype.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>

size_t requires_num_stops;

const char *requires_line(const char *function, const char *noun, const void *address,
                          const char *fault) {
  static char text[256];
  snprintf(text, sizeof text, "ctx: %s: %s 0x%016llx %s", function, noun,
           (unsigned long long)(uintptr_t)address, fault);
  return text;
}

/* ---- The tables ---- */

typedef struct condition {
  const char *name;
  void (*test)(void);
  const char *why_unseen;
  size_t num_seen; /* in headers */
} condition;

#define CONDITION_WITH_TEST(name, test) {name, test, NULL, 0},
#define CONDITION_UNSEEN(name, why) {name, NULL, why, 0},
static condition conditions[] = {REQUIRES_TESTS(CONDITION_WITH_TEST)
                                     REQUIRES_UNSEEN(CONDITION_UNSEEN)};
enum { NUM_CONDITIONS = sizeof conditions / sizeof conditions[0] };

static condition *condition_of(const char *name, size_t length) {
  for (size_t i = 0; i < NUM_CONDITIONS; i++) {
    if (strncmp(conditions[i].name, name, length) == 0 && conditions[i].name[length] == '\0') {
      return &conditions[i];
    }
  }
  return NULL;
}

/* ---- The headers ---- */

static const char *skip_space_and_stars(const char *at) {
  while (isspace((unsigned char)*at) || *at == '*')
    at++;
  return at;
}

static const char *note_name(const char *at) {
  size_t length = strcspn(at, "]");
  condition *found = condition_of(at, length);
  if (found != NULL) found->num_seen++;
  ctx_test_note("[%.*s]", (int)length, at);
  EXPECT_TRUE(found != NULL);
  return at + length;
}

/* A condition is named, or is those of another function. */
static const char *note_condition(const char *at) {
  at = skip_space_and_stars(at);
  if (*at == '[') return note_name(at + 1);
  ctx_test_note("%.40s", at);
  EXPECT_TRUE(strncmp(at, "as ctx_", 7) == 0);
  return at;
}

/* The conditions end with their comment; a semicolon is between two of them. */
static const char *note_conditions(const char *at) {
  at = note_condition(at);
  while (*at != '\0' && strncmp(at, "*/", 2) != 0)
    at = *at == ';' ? note_condition(at + 1) : at + 1;
  return at;
}

static size_t note_header(const char *path) {
  static char text[1 << 17];
  FILE *file = fopen(path, "r");
  if (!EXPECT_TRUE(file != NULL)) return 0;
  size_t length = fread(text, 1, sizeof text - 1, file);
  fclose(file);
  EXPECT_TRUE(length < sizeof text - 1);
  text[length] = '\0';
  size_t num_lists = 0;
  for (const char *at = text; (at = strstr(at, "REQUIRES: ")) != NULL; num_lists++)
    at = note_conditions(at + strlen("REQUIRES:"));
  return num_lists;
}

CTX_TEST(Requires, EachNameInHeadersIsInTheTableOnce) {
  static const char *const patterns[] = {"ctx/*.h", "ctx/arch/*/context.h"};
  size_t num_lists = 0;
  for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
    glob_t headers;
    ASSERT_EQ(0, glob(patterns[i], 0, NULL, &headers));
    for (size_t j = 0; j < headers.gl_pathc; j++)
      num_lists += note_header(headers.gl_pathv[j]);
    globfree(&headers);
  }
  EXPECT_TRUE(num_lists >= 15);
  for (size_t i = 0; i < NUM_CONDITIONS; i++) {
    ctx_test_note("[%s]", conditions[i].name);
    EXPECT_EQ(1, conditions[i].num_seen);
    EXPECT_TRUE((conditions[i].test == NULL) != (conditions[i].why_unseen == NULL));
  }
}

/* ---- The checked build ---- */

CTX_TEST(Requires, CheckedBuildStopsWhereOneIsBroken) {
#ifndef CTX_CHECKED
  CTX_SKIP("needs the checked build");
#else
  for (size_t i = 0; i < NUM_CONDITIONS; i++) {
    if (conditions[i].test == NULL) continue;
    ctx_test_note("[%s]", conditions[i].name);
    size_t num_before = requires_num_stops;
    conditions[i].test();
    EXPECT_TRUE(requires_num_stops > num_before);
  }
#endif
}
