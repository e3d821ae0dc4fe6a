#include "testing/simulation/play.h"

#include "testing/simulation/act.h"
#include "testing/simulation/alarm.h"
#include "testing/simulation/world.h"

void play(void) {
  static void (*const acts[NUM_STEP_KINDS])(const step *) = {
      [STEP_SWAP] = act_swap,
      [STEP_SET] = act_set,
      [STEP_INIT] = act_init,
      [STEP_INIT_SIGNATURE] = act_init_signature,
      [STEP_CREATE] = act_create,
      [STEP_DECLARE_FP] = act_declare_fp,
      [STEP_CHANGE_FP] = act_change_fp,
      [STEP_CLEAR_RETVALS] = act_clear_retvals,
      [STEP_SET_MASK] = act_set_mask,
      [STEP_KEEP_MASK] = act_keep_mask,
      [STEP_YIELD] = act_yield,
      [STEP_LEAVE] = act_leave,
      [STEP_LEAVE_LATER] = act_leave_later,
  };
  step s;
  while (step_read(&world.steps, &s)) {
    if (s.kind != STEP_RETURN) {
      acts[s.kind](&s);
    } else if (act_return(&s)) {
      return;
    }
  }
  alarm_cancel();
  if (world.model.running != 0) act_set_to(MODEL_HOST(0));
}
