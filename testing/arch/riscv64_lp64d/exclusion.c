#include "testing/callsites/exclusion.h"

#include "testing/arch/riscv64_lp64d/model.h"

enum {
  EXCLUSION_EMPTY = EXCLUSION_NONE + 1, /* of gcc's calls and callees */
  EXCLUSION_EMPTY_ALIGNED,              /* the same */
  EXCLUSION_RESULT_UNALIGNED,           /* of gcc's calls */
  EXCLUSION_BIT_FIELD,                  /* of clang's calls and callees */
  EXCLUSION_HALF,                       /* of clang 14's */
  EXCLUSION_NO_PROTOTYPE,               /* of all calls and callees */
  EXCLUSION_SLOT,                       /* of clang 14's calls */
  EXCLUSION_REFUSED,                    /* of none: ctx calls no such callee */
  NUM_EXCLUSIONS
};
_Static_assert((unsigned)NUM_EXCLUSIONS <= EXCLUSION_LIMIT, "all have a number below");

const char *exclusion_text(exclusion why) {
  switch (why) {
    case EXCLUSION_NONE:
      return "none";
    case EXCLUSION_EMPTY:
      return "an empty union or an array of empty structs, in a struct of floating-point numbers: "
             "gcc 12 takes it for a member";
    case EXCLUSION_EMPTY_ALIGNED:
      return "an empty aggregate that is aligned to 16 or more, behind an odd number of slots: gcc "
             "12 leaves out a slot";
    case EXCLUSION_RESULT_UNALIGNED:
      return "a result in memory that is aligned to 32 or 64: the memory that gcc gives is not";
    case EXCLUSION_BIT_FIELD:
      return "a bit-field beside a floating-point number, of a type that is wider than its place: "
             "clang passes what lies behind";
    case EXCLUSION_HALF:
      return "a _Float16 in a struct: clang 14 passes it as an integer";
    case EXCLUSION_NO_PROTOTYPE:
      return "an ellipsis alone: C11 calls such a function without a prototype, by which "
             "floating-point numbers go elsewhere";
    case EXCLUSION_SLOT:
      return "an integer of less than 8 bytes in memory: clang 14 does not extend it";
    case EXCLUSION_REFUSED:
      return "a type that compilers disagree on, or that no description has";
    default:
      return "?";
  }
}

static bool is_any_named(const gen_case *from, bool (*is)(const gen_type *type)) {
  for (size_t i = 0; i < from->num_args && i < from->num_fixed; i++)
    if (is(from->args[i].type)) return true;
  return is(from->result.type);
}

/* Where it makes no difference nothing is refused. */
static bool is_moved_by_gcc(const gen_case *from, const model_expectation *expected) {
  bool found = false;
  for (size_t i = 0; i < from->num_args; i++)
    found |= model_gcc_aligns_empty(from->args[i].type);
  return found && expected->refusal.verdict >= MODEL_REFUSED;
}

static bool has_narrow_slot(const gen_case *from, const model_expectation *expected) {
  for (size_t i = 0; i < from->num_args; i++) {
    const gen_type *type = from->args[i].type;
    bool is_in_memory = expected->first_word[i] != SIZE_MAX;
    if (is_in_memory && type->size < 8 && model_shape_of(type).form == MODEL_INTEGER) return true;
  }
  return false;
}

exclusion exclusion_of(const site_unit *compiler, const gen_case *from,
                       const model_expectation *expected) {
  if (from->num_fixed == 0) return EXCLUSION_NO_PROTOTYPE;
  if (!compiler->is_clang) {
    if (is_any_named(from, model_gcc_sees_empty)) return EXCLUSION_EMPTY;
    if (is_moved_by_gcc(from, expected)) return EXCLUSION_EMPTY_ALIGNED;
    bool is_strict = expected->has_hidden_pointer && from->result.type->align > 16;
    return is_strict ? EXCLUSION_RESULT_UNALIGNED : EXCLUSION_NONE;
  }
  if (is_any_named(from, model_clang_sees_more_of_bit_field)) return EXCLUSION_BIT_FIELD;
  bool has_half = is_any_named(from, model_clang_14_sees_half);
  if (has_half && compiler->version == 14) return EXCLUSION_HALF;
  bool has_slot = has_narrow_slot(from, expected);
  return has_slot && compiler->version == 14 ? EXCLUSION_SLOT : EXCLUSION_NONE;
}

bool exclusion_is_of_calls(exclusion why) { return why != EXCLUSION_NONE; }

bool exclusion_is_of_callees(exclusion why) {
  return why != EXCLUSION_NONE && why != EXCLUSION_SLOT && why != EXCLUSION_RESULT_UNALIGNED;
}

bool exclusion_is_refused(exclusion why) { return why == EXCLUSION_REFUSED; }

exclusion exclusion_that_is_refused(const gen_case *from, const model_expectation *expected) {
  (void)from;
  return expected->refusal.verdict == MODEL_REFUSED ? EXCLUSION_REFUSED : EXCLUSION_NONE;
}
