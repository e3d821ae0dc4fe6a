/* Stands in for a fuzzing engine: runs the empty input, and each that is named on the command line,
 * once. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned long num_replayed;

/* Reads it into memory exactly as large as the input, so that a sanitizer sees a read past its
 * end. */
static int replay_file(const char *path, size_t size) {
  FILE *file = fopen(path, "rb");
  uint8_t *data = malloc(size != 0 ? size : 1);
  int failed = file == NULL || data == NULL || fread(data, 1, size, file) != size;
  if (failed) {
    perror(path);
  } else {
    LLVMFuzzerTestOneInput(data, size);
    num_replayed++;
  }
  free(data);
  if (file != NULL) fclose(file);
  return failed;
}

static int replay(const char *path) {
  struct stat status;
  if (stat(path, &status) != 0) {
    perror(path);
    return 1;
  }
  if (!S_ISDIR(status.st_mode)) return replay_file(path, (size_t)status.st_size);
  DIR *directory = opendir(path);
  if (directory == NULL) {
    perror(path);
    return 1;
  }
  int failed = 0;
  for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
    if (entry->d_name[0] == '.') continue;
    char inner[4096];
    int length = snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
    failed |= length < (int)sizeof inner ? replay(inner) : 1;
  }
  closedir(directory);
  return failed;
}

int main(int argc, char **argv) {
  int failed = 0;
  LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
  for (int i = 1; i < argc; i++) {
    if (argv[i][0] != '-') failed |= replay(argv[i]); /* an engine's flags mean nothing here */
  }
  fprintf(stderr, "Replayed the empty input and %lu others.\n", num_replayed);
  return failed;
}
