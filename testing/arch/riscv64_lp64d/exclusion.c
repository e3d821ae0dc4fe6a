#include "testing/callsites/exclusion.h"

enum {
  EXCLUSION_REFUSED = EXCLUSION_NONE + 1, /* of none: ctx calls no such callee */
  NUM_EXCLUSIONS
};
_Static_assert((unsigned)NUM_EXCLUSIONS <= EXCLUSION_LIMIT, "all have a number below");

const char *exclusion_text(exclusion why) {
  switch (why) {
    case EXCLUSION_NONE:
      return "none";
    case EXCLUSION_REFUSED:
      return "an argument that compilers disagree on";
    default:
      return "?";
  }
}

exclusion exclusion_of(const site_unit *compiler, const gen_case *from,
                       const model_expectation *expected) {
  (void)compiler;
  (void)from;
  (void)expected;
  return EXCLUSION_NONE;
}

bool exclusion_is_of_calls(exclusion why) {
  (void)why;
  return false;
}

bool exclusion_is_of_callees(exclusion why) {
  (void)why;
  return false;
}

bool exclusion_is_refused(exclusion why) { return why == EXCLUSION_REFUSED; }

exclusion exclusion_that_is_refused(const gen_case *from, const model_expectation *expected) {
  (void)from;
  return expected->refusal.verdict == MODEL_REFUSED ? EXCLUSION_REFUSED : EXCLUSION_NONE;
}
