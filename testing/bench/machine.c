#include "testing/bench/machine.h"

#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

const char *bench_processor(void) {
  static char name[256] = "unknown processor";
  char line[256];
  FILE *cpuinfo = fopen("/proc/cpuinfo", "r");
  if (cpuinfo == NULL) return name;
  while (fgets(line, sizeof line, cpuinfo) != NULL) {
    const char *colon = strchr(line, ':');
    if (strncmp(line, "model name", strlen("model name")) != 0 || colon == NULL) continue;
    snprintf(name, sizeof name, "%s", colon + 2);
    name[strcspn(name, "\n\"\\")] = '\0';
    break;
  }
  fclose(cpuinfo);
  return name;
}

const char *bench_kernel(void) {
  static char name[160] = "unknown system";
  struct utsname system;
  if (uname(&system) != 0) return name;
  /* Major and minor: the rest differs from one distribution to the next. */
  const char *dot = strchr(system.release, '.');
  size_t length = dot == NULL ? 0 : (size_t)(dot - system.release) + 1;
  length += strspn(system.release + length, "0123456789");
  snprintf(name, sizeof name, "%s %.*s", system.sysname, (int)length, system.release);
  return name;
}
