/* Selects the cases that are compiled, by the name of a set and a number. */
#ifndef CTX_TESTING_CALLSITES_SELECTION_H_
#define CTX_TESTING_CALLSITES_SELECTION_H_

#include "testing/callsites/processor.h"
#include "testing/generator/case.h"

typedef struct selection {
  const char *name;
  size_t num_cases;
  /* At least as many calls, and as many callees, are to be judged, or a part of them (processor.h):
   * that neither exclusions nor refusals take all of them. */
  size_t min_judged;
  /* This makes them; null: they are random, of the options below. */
  void (*make)(size_t number, gen_case *out);
  /* All cases have _Float16, or none: not every compiler has it. */
  bool has_f16;
  gen_options options;
  uint64_t first_seed;
} selection;

enum { SELECTION_NUM_SETS = 6, SELECTION_MAX_ARGS = 64 };

extern const selection selection_sets[SELECTION_NUM_SETS];

/* selection_find is the set of that name, or null. */
const selection *selection_find(const char *name);

/* selection_feature is what a processor needs for vectors as wide as those in the set; or null. */
const processor_feature *selection_feature(const selection *set);

/* selection_case makes case `number` of the set, always the same. */
void selection_case(const selection *set, size_t number, gen_case *out);

#endif /* CTX_TESTING_CALLSITES_SELECTION_H_ */
