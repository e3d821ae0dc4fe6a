#include "testing/callsites/exclusion.h"

#include "testing/arch/aarch64_aapcs64/model.h"

/* The first two are something that gcc 12 does and clang 14 does not; with the next two it is the
 * other way round. The others are not about compilers: ctx cannot know all that they know. */
enum {
  EXCLUSION_PACKED_BIT_FIELD = EXCLUSION_NONE + 1, /* of gcc's calls and callees */
  EXCLUSION_RESULT_UNALIGNED,                      /* of gcc's calls */
  EXCLUSION_PACKED_ELEMENTS,                       /* of clang's calls and callees */
  EXCLUSION_EMPTY_VA_ARG,                          /* of clang's callees */
  EXCLUSION_REFUSED,                               /* of none: ctx calls no such callee */
  EXCLUSION_UNDECIDED,                             /* of callees */
  NUM_EXCLUSIONS
};
_Static_assert((unsigned)NUM_EXCLUSIONS <= EXCLUSION_LIMIT, "all have a number below");

const char *exclusion_text(exclusion why) {
  switch (why) {
    case EXCLUSION_NONE:
      return "none";
    case EXCLUSION_PACKED_BIT_FIELD:
      return "a bit-field of 16 bytes in a packed aggregate: gcc 12 takes the alignment of its "
             "type "
             "for its own";
    case EXCLUSION_RESULT_UNALIGNED:
      return "a result in memory that is aligned to 32 or 64: the memory that gcc gives is not";
    case EXCLUSION_PACKED_ELEMENTS:
      return "a packed homogeneous aggregate of 16-byte elements in memory: clang 14 aligns it";
    case EXCLUSION_EMPTY_VA_ARG:
      return "va_arg of an empty aggregate with a member that is aligned to 32 or 64: clang 14 "
             "takes an argument that nobody passes";
    case EXCLUSION_REFUSED:
      return "an argument whose place depends on what no description says, or compilers disagree "
             "on";
    case EXCLUSION_UNDECIDED:
      return "a member of 16 bytes that is packed, in an aggregate that is aligned nevertheless: "
             "no "
             "description says so";
    default:
      return "?";
  }
}

static bool has_packed_bit_field(const gen_type *type) {
  if (type->size > 16 || model_shape_of(type).natural_align == 16) return false;
  for (size_t i = 0; i < type->num_members; i++) {
    const gen_member *member = &type->members[i];
    if (member->form == GEN_BIT_FIELD && member->type->align >= 16) return true;
  }
  return false;
}

/* Where it makes no difference nothing is refused. */
static bool is_moved_by_gcc(const gen_case *from, const model_expectation *expected) {
  bool found = false;
  for (size_t i = 0; i < from->num_args; i++)
    found |= has_packed_bit_field(from->args[i].type);
  return found && expected->refusal.verdict >= MODEL_REFUSED;
}

static bool is_moved_by_clang(const gen_case *from, const model_expectation *expected) {
  bool found = false;
  for (size_t i = 0; i < from->num_args; i++) {
    model_shape shape = model_shape_of(from->args[i].type);
    found |= shape.form == MODEL_HOMOGENEOUS && shape.element_size == 16 &&
             from->args[i].type->align < 16;
  }
  return found && expected->refusal.verdict >= MODEL_REFUSED;
}

static bool has_empty_va_arg(const gen_case *from) {
  for (size_t i = from->num_fixed; i < from->num_args; i++) {
    const gen_type *type = from->args[i].type;
    if (type->size == 0 && type->num_members > 0 && type->align > 16) return true;
  }
  return false;
}

exclusion exclusion_of(const site_unit *compiler, const gen_case *from,
                       const model_expectation *expected) {
  if (!compiler->is_clang && is_moved_by_gcc(from, expected)) return EXCLUSION_PACKED_BIT_FIELD;
  if (compiler->is_clang && is_moved_by_clang(from, expected)) return EXCLUSION_PACKED_ELEMENTS;
  if (expected->refusal.verdict == MODEL_UNDECIDED) return EXCLUSION_UNDECIDED;
  if (compiler->is_clang && has_empty_va_arg(from)) return EXCLUSION_EMPTY_VA_ARG;
  bool is_strict = expected->has_hidden_pointer && from->result.type->align > 16;
  return !compiler->is_clang && is_strict ? EXCLUSION_RESULT_UNALIGNED : EXCLUSION_NONE;
}

bool exclusion_is_of_calls(exclusion why) {
  return why == EXCLUSION_PACKED_BIT_FIELD || why == EXCLUSION_RESULT_UNALIGNED ||
         why == EXCLUSION_PACKED_ELEMENTS;
}

bool exclusion_is_of_callees(exclusion why) {
  return why == EXCLUSION_PACKED_BIT_FIELD || why == EXCLUSION_UNDECIDED ||
         why == EXCLUSION_PACKED_ELEMENTS || why == EXCLUSION_EMPTY_VA_ARG;
}

bool exclusion_is_refused(exclusion why) { return why == EXCLUSION_REFUSED; }

exclusion exclusion_that_is_refused(const gen_case *from, const model_expectation *expected) {
  (void)from;
  return expected->refusal.verdict == MODEL_REFUSED ? EXCLUSION_REFUSED : EXCLUSION_NONE;
}
