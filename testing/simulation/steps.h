/* What a simulation does next: bytes spelled as steps, two bytes each. Every byte string is a list
 * of steps; those that the contract does not allow at their moment are left out. */
#ifndef CTX_TESTING_SIMULATION_STEPS_H_
#define CTX_TESTING_SIMULATION_STEPS_H_

#include <stddef.h>
#include <stdint.h>

#include "testing/simulation/model.h"

typedef enum step_kind {
  STEP_SWAP,
  STEP_SET,
  STEP_RETURN,
  STEP_INIT,
  STEP_DECLARE_FP,
  STEP_CHANGE_FP,
  STEP_CLEAR_RETVALS,
  STEP_INIT_SIGNATURE,
  STEP_CREATE, /* or destroy */
  /* Of those that have signals: */
  STEP_SET_MASK,    /* the thread's */
  STEP_KEEP_MASK,   /* ctx_declare_signal_mask */
  STEP_LEAVE,       /* by a signal, here */
  STEP_LEAVE_LATER, /* by a signal that comes so many instructions into the next step's call */
  NUM_STEP_KINDS
} step_kind;

typedef struct step {
  step_kind kind;
  unsigned choice;  /* 0 to 15: which form, which way, what with */
  unsigned operand; /* 0 to 255: which context, how much */
} step;

typedef struct step_reader {
  const uint8_t *at;
  const uint8_t *end;
  bool has_signals;
  uint64_t random; /* depends on all bytes read */
} step_reader;

enum { STEPS_MAX = 128 };

step_reader steps_of(const uint8_t *data, size_t size, bool has_signals);

/* False at the end. */
bool step_read(step_reader *reader, step *out);

/* The n-th bit set, counted from 0 and around; -1 if there is none. */
int nth_of(unsigned bits, unsigned n);

#endif /* CTX_TESTING_SIMULATION_STEPS_H_ */
