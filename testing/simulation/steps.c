#include "testing/simulation/steps.h"

/* Each as often as its share of steps should be, from random bytes. */
static const step_kind switches[16] = {
    STEP_SWAP, STEP_SWAP,      STEP_SWAP,           STEP_SWAP,          STEP_YIELD,  STEP_CREATE,
    STEP_INIT, STEP_INIT,      STEP_INIT_SIGNATURE, STEP_RETURN,        STEP_RETURN, STEP_RETURN,
    STEP_SET,  STEP_CHANGE_FP, STEP_DECLARE_FP,     STEP_CLEAR_RETVALS,
};
static const step_kind switches_and_signals[16] = {
    STEP_SWAP,  STEP_SWAP,        STEP_SWAP,           STEP_YIELD,
    STEP_INIT,  STEP_INIT,        STEP_INIT_SIGNATURE, STEP_RETURN,
    STEP_SET,   STEP_SET_MASK,    STEP_KEEP_MASK,      STEP_DECLARE_FP,
    STEP_LEAVE, STEP_LEAVE_LATER, STEP_LEAVE_LATER,    STEP_LEAVE_LATER,
};

step_reader steps_of(const uint8_t *data, size_t size, step_signals signals) {
  if (size > 2 * STEPS_MAX) size = 2 * STEPS_MAX;
  return (step_reader){data, data + size, signals, size};
}

static bool bit(unsigned bits, unsigned index) { return (bits >> index & 1) != 0; }

static void decode_options(step *s, unsigned choice, unsigned operand) {
  s->child = operand & 3;
  s->has_backstop = bit(operand, 2);
  s->has_activation = bit(operand, 3);
  s->fp_save = bit(operand, 4);
  s->fp_default = bit(operand, 5);
  s->has_mask = bit(operand, 7);
  s->mask = choice << 4 | choice;
  s->fp_inherit = choice == 12 || choice == 14;
  s->keeps_no_mask = choice == 13 || choice == 14;
  if (s->fp_inherit) s->fp_save = s->fp_default = false;
  if (s->keeps_no_mask) s->has_mask = false;
}

/* The table in steps.h. */
static void decode(step *s, unsigned choice, unsigned operand) {
  switch (s->kind) {
    case STEP_SWAP:
      s->form = choice % 3;
      s->on_top = choice == 15;
      s->target = operand;
      s->as_host = bit(operand, 7) && bit(operand, 6);
      break;
    case STEP_YIELD:
      s->form = choice % 3;
      break;
    case STEP_SET:
      s->target = operand;
      break;
    case STEP_INIT:
      decode_options(s, choice, operand);
      s->has_args = bit(operand, 6);
      s->bytes_less = 16 * choice;
      break;
    case STEP_INIT_SIGNATURE:
      decode_options(s, choice, operand);
      s->has_memory = bit(operand, 6);
      s->signature = (signature_id)(choice % NUM_SIGNATURES);
      break;
    case STEP_CREATE:
      s->child = operand & 3;
      s->only_destroys = bit(operand, 2);
      s->has_args = bit(operand, 6);
      s->bytes_less = 16 * choice;
      break;
    case STEP_DECLARE_FP:
      s->fp_seed = choice < 4 ? 0 : choice;
      s->target = operand;
      break;
    case STEP_CHANGE_FP:
      s->fp_seed = choice < 4 ? 0 : choice;
      break;
    case STEP_CLEAR_RETVALS:
      s->cancels = choice >= 8;
      s->child = operand & 3;
      break;
    case STEP_SET_MASK:
      s->mask = operand;
      break;
    case STEP_KEEP_MASK:
      s->target = choice;
      s->mask = operand;
      break;
    case STEP_LEAVE:
      s->by_set = bit(choice, 0);
      s->spoils = bit(choice, 1);
      s->target = operand;
      break;
    case STEP_LEAVE_LATER:
      s->by_set = bit(choice, 0);
      s->target = choice >> 1;
      s->num_instructions = operand;
      break;
    case STEP_RETURN:
    case NUM_STEP_KINDS:
      break;
  }
}

bool step_read(step_reader *reader, step *out) {
  if (reader->end - reader->at < 2) return false;
  unsigned first = *reader->at++;
  unsigned second = *reader->at++;
  reader->random = reader->random * UINT64_C(0x100000001b3) + (first << 8 | second);
  const step_kind *kinds =
      reader->signals == STEPS_WITHOUT_SIGNALS ? switches : switches_and_signals;
  *out = (step){.kind = kinds[first % 16], .random = reader->random};
  bool is_now = reader->signals == STEPS_WITH_SIGNALS_BETWEEN;
  if (out->kind == STEP_LEAVE_LATER && is_now) out->kind = STEP_LEAVE;
  decode(out, first / 16, second);
  return true;
}
