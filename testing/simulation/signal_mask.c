#include "testing/simulation/signal_mask.h"

#include <stddef.h>
#include <string.h>

uint64_t signal_mask_of(unsigned bits) { return (uint64_t)(bits & 255) << 40; }

sigset_t signal_mask_set(uint64_t mask) {
  sigset_t set;
  sigemptyset(&set);
  for (; mask != 0; mask &= mask - 1)
    sigaddset(&set, __builtin_ctzll(mask) + 1);
  return set;
}

void signal_mask_load(uint64_t mask) {
  sigset_t set = signal_mask_set(mask);
  pthread_sigmask(SIG_SETMASK, &set, NULL);
}

uint64_t signal_mask_in_force(void) {
  sigset_t set;
  uint64_t mask; /* Linux has 64 signals, and a set begins with them */
  pthread_sigmask(SIG_SETMASK, NULL, &set);
  memcpy(&mask, &set, sizeof mask);
  return mask;
}
