#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "tools/fuzzing/inputs.h"

static bool add_file(inputs *list, const char *path, size_t size) {
  FILE *file = size <= INPUT_MAX_SIZE ? fopen(path, "rb") : NULL;
  input *new = malloc(sizeof *new + size);
  input **all = realloc(list->all, (list->num + 1) * sizeof *all);
  if (all != NULL) list->all = all;
  bool is_read =
      file != NULL && new != NULL &&all != NULL &&fread(new->data, 1, size, file) == size;
  if (is_read) {
    new->size = size;
    all[list->num++] = new;
  } else {
    fprintf(stderr, "%s: it cannot be read, or is too large\n", path);
    free(new);
  }
  if (file != NULL) fclose(file);
  return is_read;
}

bool inputs_add(inputs *list, const char *path) {
  struct stat status;
  DIR *directory = NULL;
  if (stat(path, &status) == 0 && !S_ISDIR(status.st_mode)) {
    return add_file(list, path, (size_t)status.st_size);
  }
  directory = opendir(path);
  if (directory == NULL) {
    perror(path);
    return false;
  }
  bool are_read = true;
  for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
    if (entry->d_name[0] == '.') continue;
    char inner[4096];
    int length = snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
    are_read &= length < (int)sizeof inner && inputs_add(list, inner);
  }
  closedir(directory);
  return are_read;
}
