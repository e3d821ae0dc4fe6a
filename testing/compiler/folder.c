#define _GNU_SOURCE /* mkdtemp, nftw */
#include "testing/compiler/folder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

#include "testing/compiler/text.h"

char *folder_create(void) {
  const char *parent = getenv("TEST_TMPDIR");
  char *path = text_format("%s/compiler_XXXXXX", parent != NULL ? parent : P_tmpdir);
  if (mkdtemp(path) != NULL) return path;
  free(path);
  return NULL;
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place) {
  (void)status;
  (void)kind;
  (void)place;
  return remove(path);
}

void folder_remove(char *path) {
  enum { MAX_OPEN_FOLDERS = 16 };
  nftw(path, remove_entry, MAX_OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
  free(path);
}
