#include "testing/callsites/selection.h"

#include <string.h>

#include "testing/callsites/chosen.h"

const selection selection_sets[SELECTION_NUM_SETS] = {
    {.name = "scalars",
     .num_cases = 2000,
     .min_judged = 1950,
     .options = {SELECTION_MAX_ARGS, 8, GEN_ALLOW_RESULT | GEN_ALLOW_VARIADIC},
     .first_seed = 0},
    {.name = "chosen",
     .num_cases = CHOSEN_NUM_CASES,
     .min_judged = CHOSEN_NUM_CASES * 9 / 10,
     .make = chosen_case,
     .options = {.max_vector = 16}},
    {.name = "types",
     .num_cases = 3000,
     .min_judged = 2600,
     .options = {SELECTION_MAX_ARGS, 16, GEN_ALLOW_ALL},
     .first_seed = 100000},
    {.name = "f16",
     .num_cases = 400,
     .min_judged = 350,
     .has_f16 = true,
     .options = {SELECTION_MAX_ARGS, 16, GEN_ALLOW_ALL},
     .first_seed = 200000},
    {.name = "vectors32",
     .num_cases = 700,
     .min_judged = 500,
     .options = {SELECTION_MAX_ARGS, 32, GEN_ALLOW_ALL},
     .first_seed = 300000},
    {.name = "vectors64",
     .num_cases = 700,
     .min_judged = 500,
     .options = {SELECTION_MAX_ARGS, 64, GEN_ALLOW_ALL},
     .first_seed = 400000},
};

const selection *selection_find(const char *name) {
  for (size_t i = 0; i < SELECTION_NUM_SETS; i++) {
    if (strcmp(selection_sets[i].name, name) == 0) return &selection_sets[i];
  }
  return NULL;
}

const processor_feature *selection_feature(const selection *set) {
  return processor_vectors(set->options.max_vector);
}

/* Returns mostly as many as functions have, or a few more than there are registers. */
static size_t num_args_of(size_t number) {
  if (number % 50 == 49) return SELECTION_MAX_ARGS;
  if (number % 10 == 9) return 18;
  return number % 13;
}

static void find_f16(void *data, const gen_leaf *leaf) {
  bool *found = data;
  if (leaf->kind == GEN_F16) *found = true;
}

/* Types that nothing uses count, too: they are compiled. */
static bool has_f16(const gen_case *from) {
  bool found = false;
  gen_for_each_leaf(from->result.type, find_f16, &found);
  for (size_t i = 0; i < from->num_args; i++)
    gen_for_each_leaf(from->args[i].type, find_f16, &found);
  for (size_t i = 0; i < from->pool.num_types; i++)
    gen_for_each_leaf(&from->pool.types[i], find_f16, &found);
  return found;
}

/* Takes the first seed that will do; seeds of other cases are far away. */
void selection_case(const selection *set, size_t number, gen_case *out) {
  if (set->make != NULL) {
    set->make(number, out);
    return;
  }
  uint64_t seed = (set->first_seed + number) << 16;
  do {
    gen_case_from_seed(out, &set->options, seed++, num_args_of(number));
  } while (has_f16(out) != set->has_f16);
}
