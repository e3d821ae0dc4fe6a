#include "testing/readme/text.h"

#include <stdlib.h>
#include <string.h>

char *text_read(FILE *file) {
  size_t size = 0, capacity = 4096;
  char *text = malloc(capacity);
  while (text != NULL) {
    size += fread(text + size, 1, capacity - size - 1, file);
    if (size < capacity - 1) break;
    capacity *= 2;
    char *larger = realloc(text, capacity);
    if (larger == NULL) free(text);
    text = larger;
  }
  if (text == NULL || ferror(file)) {
    perror("text_read");
    exit(1);
  }
  text[size] = '\0';
  return text;
}

char *text_read_file(const char *path) {
  FILE *file = fopen(path, "r");
  if (file == NULL) {
    perror(path);
    exit(1);
  }
  char *text = text_read(file);
  fclose(file);
  return text;
}

static int line_length(const char *line) { return (int)strcspn(line, "\n"); }

bool text_equal(const char *expected_name, const char *expected, const char *actual_name,
                const char *actual) {
  if (strcmp(expected, actual) == 0) return true;
  size_t line = 1, start = 0;
  for (size_t i = 0; expected[i] == actual[i]; i++) {
    if (expected[i] == '\n') {
      line++;
      start = i + 1;
    }
  }
  fprintf(stderr, "they differ in line %zu:\n%s: %.*s\n%s: %.*s\n", line, expected_name,
          line_length(expected + start), expected + start, actual_name, line_length(actual + start),
          actual + start);
  return false;
}
