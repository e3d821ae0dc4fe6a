/* Calls and callees that a compiler has made, of generated cases: what they pass is what the model
 * says, and what ctx passes is what they receive; results too. Which compiler, and with which
 * option, is in the name of the target. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctx/ctx.h"
#include "testing/callsites/exclusion.h"
#include "testing/callsites/judge.h"
#include "testing/callsites/unit.h"
#include "testing/compiler/part.h"
#include "testing/harness/harness.h"

#define TEXT_(x) #x
#define TEXT(x) TEXT_(x)

/* The compiler and its option come as bare words: clang-19, -O2. */
static const compiler tested = {TEXT(CALLSITES_COMPILER), TEXT(CALLSITES_LEVEL)};

enum { CASES_AT_ONCE = 200, MAX_COMPLAINTS = 10 };

typedef struct tally {
  size_t num_calls;
  size_t num_callees;
  size_t num_complaints;
  size_t num_without_callee;
  size_t num_refused; /* by the library */
  size_t num_excluded[EXCLUSION_LIMIT];
} tally;

/* The case and what is done with it, for whoever dies: a callee that is called wrongly may write
 * anywhere. */
static char current[64];
static const gen_case *current_case;
static const char *current_step;

static void say_current(int signal_number) {
  static char declaration[1 << 14];
  ssize_t ignored = write(STDERR_FILENO, current, strlen(current));
  (void)ignored;
  gen_case_describe(current_case, declaration, sizeof declaration);
  fprintf(stderr, "%s:\n%s\n", current_step, declaration);
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

static bool complain_of(const char *what, const char *complaint, const selection *set,
                        size_t number, const gen_case *from, tally *counts) {
  if (*complaint == '\0') return false;
  static char text[1 << 16];
  static char declaration[1 << 14];
  gen_case_describe(from, declaration, sizeof declaration);
  snprintf(text, sizeof text, "%s %s, case %zu of %s, %s:\n%s\n%s", tested.name, tested.options,
           number, set->name, what, complaint, declaration);
  FAIL(text);
  counts->num_complaints++;
  return true;
}

static void judge_one(const selection *set, size_t number, const site_unit *loaded,
                      const site *compiled, tally *counts) {
  static gen_case from;
  static model_expectation expected;
  selection_case(set, number, &from);
  snprintf(current, sizeof current, "it dies: case %zu of %s\n", number, set->name);
  current_case = &from;
  current_step = "layout";
  ASSERT_TRUE(model_expect(&from, &expected));
  exclusion why = exclusion_of(loaded, &from, &expected);
  counts->num_excluded[why]++;
  const judge_case of = {&from, &expected, compiled, loaded->mailbox};
  complain_of("layout", judge_layout(&of), set, number, &from, counts);
  bool is_refused = judge_is_refused(&from);
  /* It does not matter what this compiler does: the library answers for callers by all three. */
  exclusion refused = exclusion_that_is_refused(&from, &expected);
  if (!is_refused && refused != EXCLUSION_NONE) {
    complain_of("ctx accepts it", exclusion_text(refused), set, number, &from, counts);
  }
  if (is_refused && refused == EXCLUSION_NONE) {
    complain_of("ctx refuses it, though all compilers agree", ctx_type_error(), set, number, &from,
                counts);
  }
  bool has_call = !exclusion_is_of_calls(why);
  bool has_callee = compiled->callee != NULL && !exclusion_is_of_callees(why);
  counts->num_calls += has_call;
  counts->num_callees += has_callee && !is_refused;
  counts->num_refused += is_refused;
  counts->num_without_callee += compiled->callee == NULL;
  if (has_call) {
    current_step = "compiled call to the probe";
    complain_of(current_step, judge_call(&of), set, number, &from, counts);
  }
  if (has_call && has_callee) {
    current_step = "compiled call to compiled callee";
    complain_of(current_step, judge_pair(&of), set, number, &from, counts);
  }
  if (has_callee && !is_refused) {
    current_step = "ctx to compiled callee";
    complain_of(current_step, judge_callee(&of), set, number, &from, counts);
  }
}

static void judge_some(const selection *set, size_t first, size_t num_cases, tally *counts) {
  unit loaded;
  bool is_loaded = unit_load(&tested, set, first, num_cases, &loaded);
  EXPECT_TRUE(is_loaded);
  for (size_t i = 0; is_loaded && i < num_cases && counts->num_complaints < MAX_COMPLAINTS; i++)
    judge_one(set, first + i, loaded.loaded, &loaded.loaded->sites[i], counts);
  unit_unload(&loaded);
}

/* Cases of a set, from `first` up to `end`. */
typedef struct slice {
  size_t first, end;
} slice;

static void print_tally(const selection *set, const slice *cases, const tally *counts) {
  printf("%s %s, %s: %zu calls and %zu callees of %zu cases\n", tested.name, tested.options,
         set->name, counts->num_calls, counts->num_callees, cases->end - cases->first);
  for (exclusion i = EXCLUSION_NONE + 1; i < EXCLUSION_LIMIT; i++) {
    if (counts->num_excluded[i] == 0) continue;
    printf("  excluded: %zu: %s\n", counts->num_excluded[i], exclusion_text(i));
  }
  if (counts->num_without_callee != 0) {
    printf(
        "  excluded: %zu callees: va_arg of a union with a vector of more than 16 bytes crashes "
        "gcc 12\n",
        counts->num_without_callee);
  }
  if (counts->num_refused != 0) {
    printf("  refused by ctx: %zu of the cases\n", counts->num_refused);
  }
  fflush(stdout);
}

static size_t min_judged(const selection *set) {
  return set->min_judged * processor_percent_judged / 100;
}

/* The wanted part of each set. The smallest set has some more cases than there may be parts. */
static slice slice_of(const selection *set) {
  part wanted;
  if (!part_wanted(&wanted)) {
    FAIL("CTX_COMPILERS_PART is not a part, as 3/10");
    return (slice){0, 0};
  }
  return (slice){set->num_cases * (wanted.number - 1) / wanted.of,
                 set->num_cases * wanted.number / wanted.of};
}

static void judge_set(const selection *set) {
  tally counts = {0};
  slice cases = slice_of(set);
  signal(SIGSEGV, say_current);
  signal(SIGBUS, say_current);
  for (size_t i = cases.first; i < cases.end && counts.num_complaints < MAX_COMPLAINTS;) {
    size_t num = cases.end - i < CASES_AT_ONCE ? cases.end - i : CASES_AT_ONCE;
    judge_some(set, i, num, &counts);
    i += num;
  }
  signal(SIGSEGV, SIG_DFL);
  signal(SIGBUS, SIG_DFL);
  print_tally(set, &cases, &counts);
  size_t min = min_judged(set);
  /* A part may have more than its share of what is excluded. */
  if (cases.end - cases.first < set->num_cases)
    min = min * (cases.end - cases.first) / set->num_cases / 2;
  EXPECT_NE(0, min);
  EXPECT_TRUE(counts.num_calls >= min);
  EXPECT_TRUE(counts.num_callees >= min);
}

/* Every compiler does this, on every processor. */
CTX_TEST(CallSites, ThousandsAreJudged) {
  size_t num_wanted = 0, num = 0;
  for (size_t i = 0; i < SELECTION_NUM_SETS; i++) {
    const selection *set = &selection_sets[i];
    EXPECT_NE(0, min_judged(set));
    if (selection_feature(set) != NULL || set->has_f16) continue;
    num_wanted += set->min_judged;
    num += min_judged(set);
  }
  EXPECT_TRUE(num_wanted >= 4000);
  EXPECT_TRUE(num >= 3000);
}

#define JUDGE_SET(set_name)                                                               \
  do {                                                                                    \
    const selection *set = selection_find(set_name);                                      \
    const char *reason = unit_cannot(&tested, set);                                       \
    if (reason != NULL) {                                                                 \
      printf("%s %s, %s: none of %zu cases: %s\n", tested.name, tested.options, set_name, \
             set->num_cases, reason);                                                     \
      CTX_SKIP(reason);                                                                   \
    }                                                                                     \
    judge_set(set);                                                                       \
  } while (0)

CTX_TEST(CallSites, ScalarsArriveAndReturnBothWays) { JUDGE_SET("scalars"); }
CTX_TEST(CallSites, ChosenTypesArriveAndReturnBothWays) { JUDGE_SET("chosen"); }
CTX_TEST(CallSites, AllTypesArriveAndReturnBothWays) { JUDGE_SET("types"); }
CTX_TEST(CallSites, Float16ArrivesAndReturnsBothWays) { JUDGE_SET("f16"); }
CTX_TEST(CallSites, VectorsOf32BytesArriveAndReturnBothWays) { JUDGE_SET("vectors32"); }
CTX_TEST(CallSites, VectorsOf64BytesArriveAndReturnBothWays) { JUDGE_SET("vectors64"); }
