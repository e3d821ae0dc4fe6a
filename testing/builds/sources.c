#include "testing/builds/sources.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "testing/compiler/text.h"
#include "testing/harness/harness.h"

glob_t sources_find(void) {
  glob_t sources;
  EXPECT_EQ(0, glob("ctx/*/*.c", 0, NULL, &sources));
  EXPECT_EQ(0, glob("ctx/*/*/*.c", GLOB_APPEND, NULL, &sources));
  EXPECT_EQ(0, glob("asm/*/*.S", GLOB_APPEND, NULL, &sources));
  return sources;
}

char *sources_in_words(const glob_t *sources) {
  char *words = strdup("");
  for (size_t i = 0; i < sources->gl_pathc; i++)
    words = text_append(text_append(words, " "), sources->gl_pathv[i]);
  return words;
}
