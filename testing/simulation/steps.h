/* Bytes spell what a simulation does next, in steps of two bytes each. Every byte string is a list
 * of steps; those that the contract does not allow at their moment are left out.
 *
 * Bits 3 to 0 of the first byte are the kind, by one of the two tables in steps.c; bits 7 to 4 are
 * the choice. The second byte is the operand.
 *
 *                    choice                          operand
 *    SWAP            form: choice modulo 3           target: all bits
 *                    on_top: 15                      as_host: bits 7 and 6 are both set
 *    YIELD           form: choice modulo 3           -
 *    SET             -                               target
 *    RETURN          -                               -
 *    INIT            bytes_less: 16 times choice     child: bits 1 and 0
 *                    mask: choice, in both halves    has_backstop: bit 2
 *                    fp_inherit: 12 and 14           has_activation: bit 3
 *                    keeps_no_mask: 13 and 14
 *                                                    fp_save: bit 4
 *                                                    fp_default: bit 5
 *                                                    has_args: bit 6
 *                                                    has_mask: bit 7
 *    INIT_SIGNATURE  signature: choice modulo their  as INIT, except for
 *                    number; mask: as INIT           has_memory: bit 6
 *    CREATE          bytes_less: 16 times choice     child: bits 1 and 0
 *                                                    only_destroys: bit 2
 *                                                    has_args: bit 6
 *    DECLARE_FP      fp_seed: 0 for 0 to 3,          target
 *                    otherwise choice
 *    CHANGE_FP       fp_seed: as DECLARE_FP          -
 *    CLEAR_RETVALS   cancels: 8 and up               child: bits 1 and 0
 *    SET_MASK        -                               mask
 *    KEEP_MASK       target                          mask
 *    LEAVE           by_set: bit 0                   target
 *                    spoils: bit 1
 *    LEAVE_LATER     by_set: bit 0                   num_instructions
 *                    target: bits 3 to 1
 *
 * A `-` is for bits without a meaning, as are all bits that are not in the table. The corpora in
 * fuzz/ are spelled so: what bits mean does not change. */
#ifndef CTX_TESTING_SIMULATION_STEPS_H_
#define CTX_TESTING_SIMULATION_STEPS_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "testing/simulation/signatures.h"

typedef enum step_kind {
  STEP_SWAP,
  STEP_YIELD,
  STEP_SET,
  STEP_RETURN,
  STEP_INIT,
  STEP_DECLARE_FP, /* ctx_declare_fp_control */
  STEP_CHANGE_FP,  /* without ctx */
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

/* Fields that the kind has no use for are 0. */
typedef struct step {
  step_kind kind;
  uint64_t random; /* depends on the size, and on all bytes up to and with this step */

  /* Which one, of the contexts that it can be at that moment: counted from 0, and around. */
  unsigned target;
  /* Which one, of the children that do not run (CLEAR_RETVALS: of all children): likewise. */
  unsigned child;

  unsigned form; /* an index of simulation_functions.swap, or yield */
  bool on_top;   /* instead of that, by ctx_swap_with */
  bool as_host;  /* the one who leaves a child's stack does so as a host that lives there */

  signature_id signature;
  bool has_args;   /* the entry with arguments, not the one without */
  bool has_memory; /* ctx_options.result */
  bool has_backstop;
  bool has_activation;
  bool has_mask; /* ctx_options.signal_mask; otherwise the thread's is taken */
  bool fp_save;
  bool fp_default;
  bool fp_inherit;     /* not beside the other two */
  bool keeps_no_mask;  /* not beside has_mask */
  unsigned bytes_less; /* than a whole stack */
  bool only_destroys;

  bool cancels; /* instead of clearing results */

  unsigned fp_seed; /* 0: the default words */
  unsigned mask;    /* as signal_mask_of has it */

  bool by_set; /* otherwise by ctx_redirect_signal */
  bool spoils; /* as machine_trap does */
  unsigned num_instructions;
} step;

/* Says where signals can come. */
typedef enum step_signals {
  STEPS_WITHOUT_SIGNALS,
  STEPS_WITH_SIGNALS_BETWEEN, /* LEAVE_LATER is a LEAVE, and is read so */
  STEPS_WITH_SIGNALS_WITHIN
} step_signals;

typedef struct step_reader {
  const uint8_t *at;
  const uint8_t *end;
  step_signals signals;
  uint64_t random;
} step_reader;

enum { STEPS_MAX = 128 };

/* Returns a reader of the first STEPS_MAX steps of the bytes. */
step_reader steps_of(const uint8_t *data, size_t size, step_signals signals);

/* Reads a step; false at the end. */
bool step_read(step_reader *reader, step *out);

#endif /* CTX_TESTING_SIMULATION_STEPS_H_ */
