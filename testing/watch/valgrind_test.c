/* valgrind takes contexts for what they are if the library reports them (CTX_VALGRIND), and only
 * then. Needs a valgrind on PATH. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "testing/harness/harness.h"

enum { STATUS_OF_ERRORS = 99 };
#define GUEST "testing/watch/valgrind_guest"
#define GUEST_THAT_IS_SILENT GUEST "_silent"

static bool have_valgrind(void) { return system("valgrind --version >/dev/null 2>&1") == 0; }

/* Runs a guest, keeps what valgrind says, and returns the exit status. */
static int run_guest(const char *guest, const char *argument, char *said, size_t said_size) {
  char command[512];
  snprintf(command, sizeof command,
           "valgrind --error-exitcode=%d --leak-check=no ./%s %s 2>&1 </dev/null", STATUS_OF_ERRORS,
           guest, argument);
  FILE *pipe = popen(command, "r");
  if (pipe == NULL) return -1;
  size_t length = fread(said, 1, said_size - 1, pipe);
  said[length] = '\0';
  while (fgetc(pipe) != EOF)
    continue;
  int status = pclose(pipe);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static char said[1 << 16];

static const char *complaint(void) {
  if (strstr(said, "switching stacks") != NULL || strstr(said, "Invalid") != NULL) return said;
  return "";
}

CTX_TEST(Valgrind, SeesStacksThatItIsToldOf) {
  if (!have_valgrind()) CTX_SKIP("there is no valgrind");
  EXPECT_EQ(0, run_guest(GUEST, "", said, sizeof said));
  EXPECT_NO_COMPLAINT(complaint());
  EXPECT_TRUE(strstr(said, "ERROR SUMMARY: 0 errors") != NULL);
}

CTX_TEST(Valgrind, FindsReadsOfWhatWasNeverWritten) {
  if (!have_valgrind()) CTX_SKIP("there is no valgrind");
  EXPECT_EQ(STATUS_OF_ERRORS, run_guest(GUEST, "bug", said, sizeof said));
  EXPECT_TRUE(strstr(said, "uninitialised") != NULL);
  EXPECT_NO_COMPLAINT(complaint());
}

/* So the first case can fail. */
CTX_TEST(Valgrind, ComplainsWhereItIsNotTold) {
  if (!have_valgrind()) CTX_SKIP("there is no valgrind");
  run_guest(GUEST_THAT_IS_SILENT, "", said, sizeof said);
  EXPECT_TRUE(strstr(said, "switching stacks") != NULL);
}
