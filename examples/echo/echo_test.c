/* echo_test COMPARE SERVER CALLBACK_SERVER LOAD: each server holds 10,000 connections at a time, as
 * many as the limit on descriptors allows if that is less (which it says, for .ci/run to count),
 * and no request on them fails. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "examples/echo/descriptors.h"
#include "examples/echo/process.h"

enum { NUM_REQUESTS = 3, WANTED_CONNECTIONS = 10000 };

/* Beyond 8,000 fibers clang 14's and gcc 12's TSan stops the program, and each costs it a MiB. */
#ifdef __SANITIZE_THREAD__
#define MOST_CONTEXTS 1000
#endif
#ifdef __has_feature
#if __has_feature(thread_sanitizer)
#define MOST_CONTEXTS 1000
#endif
#endif
#ifndef MOST_CONTEXTS
#define MOST_CONTEXTS WANTED_CONNECTIONS
#endif

static size_t num_connections(void) {
  size_t num = descriptors_raise_limit();
  if (num > MOST_CONTEXTS) num = MOST_CONTEXTS;
  /* An emulator takes a minute for more. */
  if (num > WANTED_CONNECTIONS / 10 && getenv("CTX_TEST_EMULATOR") != NULL)
    num = WANTED_CONNECTIONS / 10;
  if (num < WANTED_CONNECTIONS) {
    printf(
        "excluded: %zu connections of %d: the limit on descriptors, or TSan's on fibers, or an "
        "emulator\n",
        WANTED_CONNECTIONS - num, WANTED_CONNECTIONS);
  }
  return num;
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fprintf(stderr, "usage: %s COMPARE SERVER CALLBACK_SERVER LOAD\n", argv[0]);
    return 2;
  }
  char connections[32], requests[32], rounds[] = "1", expected[128], line[256];
  size_t num = num_connections();
  snprintf(connections, sizeof connections, "%zu", num);
  snprintf(requests, sizeof requests, "%d", NUM_REQUESTS);
  snprintf(expected, sizeof expected, "| %11zu | %8zu | %6d |", num, num * NUM_REQUESTS, 0);

  process compare = process_start(
      (char *[]){argv[1], argv[2], argv[3], argv[4], rounds, connections, requests, NULL});
  size_t num_servers = 0;
  while (fgets(line, sizeof line, compare.out) != NULL) {
    fputs(line, stdout);
    if (strstr(line, expected) != NULL) num_servers++;
  }
  bool ok = process_finish(&compare, NULL);
  if (num_servers != 2) {
    printf("echo_test: not two rows with %s\n", expected);
    ok = false;
  }
  return ok ? 0 : 1;
}
