#define _GNU_SOURCE /* getline */
#include <stdlib.h>
#include <string.h>

#include "testing/compiler/compiler.h"

static bool has_word(char *line, const char *word) {
  char *rest;
  char *found = strtok_r(line, " \t\n", &rest);
  while (found != NULL && strcmp(found, word) != 0)
    found = strtok_r(NULL, " \t\n", &rest);
  return found != NULL;
}

/* Processors call them flags or features. */
static bool lists_features(const char *line) {
  return strncmp(line, "flags", strlen("flags")) == 0 ||
         strncmp(line, "Features", strlen("Features")) == 0;
}

/* Looks at the first processor's, which the others are like. */
bool compiler_cpu_has(const char *feature) {
  FILE *file = fopen("/proc/cpuinfo", "r");
  if (file == NULL) return false;
  char *line = NULL;
  size_t size = 0;
  bool has = false;
  while (getline(&line, &size, file) > 0) {
    char *words = strchr(line, ':');
    if (words == NULL || !lists_features(line)) continue;
    has = has_word(words + 1, feature);
    break;
  }
  free(line);
  fclose(file);
  return has;
}
