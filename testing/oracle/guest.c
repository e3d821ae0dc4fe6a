#define _GNU_SOURCE
#include "testing/oracle/guest.h"

#include <signal.h>
#include <string.h>

#include "testing/oracle/call.h"
#include "testing/oracle/probe.h"

enum { STACK_GARBAGE = 0x5a, CONTEXT_GARBAGE = 0xa5, NUM_LOOKED_AT = 64 };

ctx_context guest;
char guest_stack[GUEST_STACK_SIZE] __attribute__((aligned(64)));
static ctx_context host;

static struct {
  int num_activations;
  int num_backstops;
  bool entry_was_called_before_activation;
  bool had_returned_in_backstop;
  uint64_t result_in_backstop;
} seen;

static void activation(void *data) {
  seen.num_activations++;
  seen.entry_was_called_before_activation = oracle_captured.num_calls != 0;
  oracle_clobber(data);
}

static void backstop(void *data) {
  const ctx_context *context = data;
  seen.num_backstops++;
  seen.had_returned_in_backstop = ctx_has_returned(context);
  seen.result_in_backstop = ctx_retval_gp(context, 0);
  oracle_clobber(data);
}

guest_part guest_stack_part(size_t stack_size, size_t stack_needed) {
  size_t size = stack_needed + GUEST_ROOM;
  if (size > stack_size) size = stack_size;
  return (guest_part){guest_stack + stack_size - size, size};
}

ctx_options guest_prepare(unsigned way, size_t stack_size, size_t stack_needed) {
  memset(&host, 0, sizeof host);
  memset(&guest, CONTEXT_GARBAGE, sizeof guest);
  memset(guest_stack + stack_size - stack_needed - GUEST_MARGIN, STACK_GARBAGE,
         stack_needed + GUEST_MARGIN);
  memset(&seen, 0, sizeof seen);
  static sigset_t mask;
  ctx_options options = {0};
  if ((way & ORACLE_OWN_MASK) == 0) options.signal_mask = &mask;
  if ((way & ORACLE_WITH_ACTIVATION) != 0) options.activation = activation;
  if ((way & ORACLE_WITH_BACKSTOP) != 0) {
    options.backstop = backstop;
    options.backstop_data = &guest;
  }
  return options;
}

bool guest_stack_is_untouched(size_t stack_size, size_t stack_needed) {
  static char garbage[NUM_LOOKED_AT];
  if (garbage[0] != STACK_GARBAGE) memset(garbage, STACK_GARBAGE, sizeof garbage);
  const char *below = guest_stack + stack_size - stack_needed - sizeof garbage;
  return memcmp(below, garbage, sizeof garbage) == 0;
}

void guest_run(void) { oracle_swap(&host, &guest); }

const char *guest_judge_callbacks(const ctx_options *options, uint64_t result) {
  if (seen.num_activations != (options->activation != NULL)) return "calls of activation";
  if (seen.entry_was_called_before_activation) return "the entry was called before activation";
  if (seen.num_backstops != (options->backstop != NULL)) return "calls of backstop";
  if (options->backstop == NULL) return "";
  if (!seen.had_returned_in_backstop) return "backstop before return";
  if (seen.result_in_backstop != result) return "the result could not be read in backstop";
  return "";
}
