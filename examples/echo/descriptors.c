#include "examples/echo/descriptors.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

size_t descriptors_raise_limit(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur > DESCRIPTORS_RESERVED) {
      return limit.rlim_cur - DESCRIPTORS_RESERVED;
    }
  }
  perror("RLIMIT_NOFILE");
  exit(1);
}
