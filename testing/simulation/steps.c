#include "testing/simulation/steps.h"

/* Each as often as its share of steps should be, from random bytes. */
static const step_kind switches[16] = {
    STEP_SWAP, STEP_SWAP,      STEP_SWAP,           STEP_SWAP,          STEP_SWAP,   STEP_CREATE,
    STEP_INIT, STEP_INIT,      STEP_INIT_SIGNATURE, STEP_RETURN,        STEP_RETURN, STEP_RETURN,
    STEP_SET,  STEP_CHANGE_FP, STEP_DECLARE_FP,     STEP_CLEAR_RETVALS,
};
static const step_kind switches_and_signals[16] = {
    STEP_SWAP,  STEP_SWAP,        STEP_SWAP,           STEP_SWAP,
    STEP_INIT,  STEP_INIT,        STEP_INIT_SIGNATURE, STEP_RETURN,
    STEP_SET,   STEP_SET_MASK,    STEP_KEEP_MASK,      STEP_DECLARE_FP,
    STEP_LEAVE, STEP_LEAVE_LATER, STEP_LEAVE_LATER,    STEP_LEAVE_LATER,
};

step_reader steps_of(const uint8_t *data, size_t size, bool has_signals) {
  if (size > 2 * STEPS_MAX) size = 2 * STEPS_MAX;
  return (step_reader){data, data + size, has_signals, size};
}

bool step_read(step_reader *reader, step *out) {
  if (reader->end - reader->at < 2) return false;
  unsigned first = *reader->at++;
  unsigned second = *reader->at++;
  const step_kind *kinds = reader->has_signals ? switches_and_signals : switches;
  *out = (step){kinds[first % 16], first / 16, second};
  reader->random = reader->random * UINT64_C(0x100000001b3) + (first << 8 | second);
  return true;
}

int nth_of(unsigned bits, unsigned n) {
  if (bits == 0) return -1;
  n %= (unsigned)__builtin_popcount(bits);
  for (; n != 0; n--)
    bits &= bits - 1;
  return __builtin_ctz(bits);
}
