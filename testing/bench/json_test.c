#include "testing/bench/json.h"

#include <string.h>

#include "testing/harness/harness.h"

CTX_TEST(Json, ReadsWhatIsThere) {
  json *value =
      json_parse(" {\"a\": [1, -2.5e1, \"x\\n\\\"\\u0041\", true, null, []], \"b\": {\"c\": 0}} ");
  ASSERT_TRUE(value != NULL);
  const json *a = json_member(value, "a");
  EXPECT_EQ(6, json_num_items(a));
  EXPECT_F64_EQ(1, json_number(json_item(a, 0), 9));
  EXPECT_F64_EQ(-25, json_number(json_item(a, 1), 9));
  EXPECT_STREQ("x\n\"A", json_string(json_item(a, 2)));
  EXPECT_EQ(0, json_num_items(json_item(a, 5)));
  EXPECT_TRUE(json_next(json_item(a, 4)) == json_item(a, 5));
  EXPECT_TRUE(json_next(json_item(a, 5)) == NULL);
  EXPECT_F64_EQ(0, json_number(json_member(json_member(value, "b"), "c"), 9));
  json_free(value);
}

CTX_TEST(Json, AnswersTheDefaultWhereThereIsNothing) {
  json *value = json_parse("{\"a\": [1]}");
  ASSERT_TRUE(value != NULL);
  EXPECT_TRUE(json_member(value, "b") == NULL);
  EXPECT_TRUE(json_item(json_member(value, "a"), 1) == NULL);
  EXPECT_TRUE(json_member(json_item(json_member(value, "a"), 0), "a") == NULL);
  EXPECT_TRUE(json_string(value) == NULL);
  EXPECT_F64_EQ(9, json_number(value, 9));
  EXPECT_F64_EQ(9, json_number(NULL, 9));
  EXPECT_EQ(0, json_num_items(value));
  json_free(value);
}

CTX_TEST(Json, RefusesWhatIsNotJson) {
  static const char *const texts[] = {
      "",     " ",       "{",         "[1,]",        "[1 2]", "{\"a\" 1}",  "{\"a\": }", "{a: 1}",
      "\"x",  "\"\\x\"", "\"\\u00\"", "\"\\u20ac\"", "01",    "1.",         "1e",        "+1",
      "0x10", "nan",     "tru",       "1 1",         "[1}",   "{\"a\": 1]", "\"\n\"",    "\"\\",
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    json *value = json_parse(texts[i]);
    EXPECT_STREQ("refused", value == NULL ? "refused" : texts[i]);
    json_free(value);
  }
}

CTX_TEST(Json, RefusesWhatIsTooDeep) {
  char text[200];
  memset(text, '[', sizeof text - 1);
  text[sizeof text - 1] = '\0';
  EXPECT_TRUE(json_parse(text) == NULL);
  memset(text + 64, ']', 64);
  text[128] = '\0';
  json *value = json_parse(text);
  EXPECT_TRUE(value != NULL);
  json_free(value);
  memset(text, '[', 65);
  memset(text + 65, ']', 65);
  text[130] = '\0';
  EXPECT_TRUE(json_parse(text) == NULL);
}
