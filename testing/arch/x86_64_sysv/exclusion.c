#include "testing/callsites/exclusion.h"

#include "testing/arch/x86_64_sysv/model.h"

/* Each is something that one of gcc 12, clang 14 and clang 19 does differently. */
enum {
  EXCLUSION_I128_ONE_REGISTER_LEFT = EXCLUSION_NONE + 1, /* clang */
  EXCLUSION_I128_UNALIGNED,                              /* clang before 18 */
  EXCLUSION_F128_NOT_COUNTED,                            /* clang 14 */
  EXCLUSION_ARRAY_IN_UNION,                              /* clang */
  EXCLUSION_EMPTY_BESIDE_VECTOR,                         /* clang */
  EXCLUSION_BIT_FIELD_IN_UNION,                          /* gcc */
  EXCLUSION_UNNAMED_UNION,                               /* gcc */
  EXCLUSION_NAMED_WIDE_VECTOR,                           /* clang: in a variadic function */
  EXCLUSION_UNPROTOTYPED_VECTOR,                         /* C11 cannot declare `f(...)` */
  EXCLUSION_RESULT_UNALIGNED,                            /* gcc: of its calls only */
  EXCLUSION_EMPTY_ALIGNED,                               /* clang 14: of its callees only */
  NUM_EXCLUSIONS
};
_Static_assert((unsigned)NUM_EXCLUSIONS <= EXCLUSION_LIMIT, "all have a number below");

const char *exclusion_text(exclusion why) {
  switch (why) {
    case EXCLUSION_NONE:
      return "none";
    case EXCLUSION_I128_ONE_REGISTER_LEFT:
      return "__int128 where one general register is left: clang does not leave it to the next";
    case EXCLUSION_I128_UNALIGNED:
      return "__int128 in memory: clang before 18 does not align it to 16";
    case EXCLUSION_F128_NOT_COUNTED:
      return "__float128 after the ellipsis, or before the last vector register is taken: clang 14 "
             "reads it from memory, and forgets that it takes a register";
    case EXCLUSION_ARRAY_IN_UNION:
      return "a vector in a union with an array of more than 16 bytes: clang forgets the array";
    case EXCLUSION_EMPTY_BESIDE_VECTOR:
      return "a struct of a vector of more than 16 bytes and an empty member: clang puts it in "
             "memory";
    case EXCLUSION_BIT_FIELD_IN_UNION:
      return "a bit-field in a union where an integer of its width would be misaligned: gcc has it "
             "in memory";
    case EXCLUSION_UNNAMED_UNION:
      return "a union of a vector of more than 16 bytes, after the ellipsis: gcc passes it in a "
             "register";
    case EXCLUSION_NAMED_WIDE_VECTOR:
      return "a named vector of more than 16 bytes in a variadic function: clang puts it in memory";
    case EXCLUSION_UNPROTOTYPED_VECTOR:
      return "a vector of more than 16 bytes to `f(...)`: C11 has no such prototype";
    case EXCLUSION_RESULT_UNALIGNED:
      return "a result in memory that is aligned to 32 or 64: the memory that gcc gives is not";
    case EXCLUSION_EMPTY_ALIGNED:
      return "an empty struct that is aligned to 16 or more, after the ellipsis: clang 14's va_arg "
             "aligns to it";
    default:
      return "?";
  }
}

static bool is_bare_i128(const gen_type *type) {
  return type->kind == GEN_I128 || type->kind == GEN_U128;
}

/* Returns how many general registers the arguments before this one are in. */
static size_t general_before(const model_expectation *expected, size_t argument) {
  size_t num = 0;
  for (size_t i = 0; i < expected->registers.num_general; i++) {
    uint16_t owner = expected->registers.general_owner[i].argument;
    num += owner == MODEL_HIDDEN_POINTER || owner < argument;
  }
  return num;
}

/* Returns where the stack's part of the arguments before this one ends, in words. */
static size_t words_before(const gen_case *from, const model_expectation *expected,
                           size_t argument) {
  for (size_t i = argument; i-- > 0;) {
    if (expected->first_word[i] == SIZE_MAX) continue;
    return expected->first_word[i] + (from->args[i].type->size + 7) / 8;
  }
  return 0;
}

static bool is_in_memory(const gen_type *type) {
  model_classes classes;
  model_classify(type, &classes);
  return classes.num != 0 && classes.of[0] == MODEL_MEMORY;
}

static bool is_wide_vector(const gen_type *type) {
  model_classes classes;
  model_classify(type, &classes);
  return model_is_wide_vector(&classes);
}

static bool would_take_vector(const gen_type *type) {
  model_classes classes;
  model_classify(type, &classes);
  for (size_t i = 0; i < classes.num; i++) {
    if (classes.of[i] == MODEL_SSE) return true;
  }
  return false;
}

/* Returns whether vector registers have run out by this argument. */
static bool lacks_vector(const gen_case *from, const model_expectation *expected, size_t argument) {
  return expected->first_word[argument] != SIZE_MAX && would_take_vector(from->args[argument].type);
}

static exclusion of_i128(const site_unit *compiler, const gen_case *from,
                         const model_expectation *expected, size_t argument) {
  if (!compiler->is_clang || !is_bare_i128(from->args[argument].type)) return EXCLUSION_NONE;
  if (expected->first_word[argument] == SIZE_MAX) return EXCLUSION_NONE;
  if (general_before(expected, argument) == MODEL_GENERAL - 1) {
    return EXCLUSION_I128_ONE_REGISTER_LEFT;
  }
  bool is_padded = words_before(from, expected, argument) != expected->first_word[argument];
  return compiler->version < 18 && is_padded ? EXCLUSION_I128_UNALIGNED : EXCLUSION_NONE;
}

static exclusion of_wide_vector(const site_unit *compiler, const gen_case *from, size_t argument) {
  if (from->num_fixed == GEN_NOT_VARIADIC || !is_wide_vector(from->args[argument].type)) {
    return EXCLUSION_NONE;
  }
  if (from->num_fixed == 0) return EXCLUSION_UNPROTOTYPED_VECTOR;
  bool is_named = argument < from->num_fixed;
  return compiler->is_clang && is_named ? EXCLUSION_NAMED_WIDE_VECTOR : EXCLUSION_NONE;
}

static exclusion of_f128(const site_unit *compiler, const gen_case *from,
                         const model_expectation *expected, size_t argument) {
  if (!compiler->is_clang || compiler->version > 14) return EXCLUSION_NONE;
  if (from->args[argument].type->kind != GEN_F128) return EXCLUSION_NONE;
  if (argument >= from->num_fixed) return EXCLUSION_F128_NOT_COUNTED;
  for (size_t i = argument + 1; i < from->num_args; i++) {
    if (lacks_vector(from, expected, i)) return EXCLUSION_F128_NOT_COUNTED;
  }
  return EXCLUSION_NONE;
}

static exclusion of_va_arg(const site_unit *compiler, const gen_case *from, size_t argument) {
  if (argument < from->num_fixed || from->num_fixed == 0) return EXCLUSION_NONE;
  if (!compiler->is_clang || compiler->version > 14) return EXCLUSION_NONE;
  const gen_type *type = from->args[argument].type;
  return type->size == 0 && type->align > 8 ? EXCLUSION_EMPTY_ALIGNED : EXCLUSION_NONE;
}

/* ---- Types ---- */

typedef bool type_predicate(const gen_type *type, size_t bit_offset);

/* Returns whether it holds for the type, or for an aggregate within; elements of arrays one by
 * one. */
static bool holds_within(const gen_type *type, size_t bit_offset, type_predicate *holds) {
  if (holds(type, bit_offset)) return true;
  for (size_t i = 0; i < type->num_members; i++) {
    const gen_member *member = &type->members[i];
    size_t count = member->form == GEN_ARRAY ? member->count : 1;
    for (size_t j = 0; j < count && gen_is_aggregate(member->type); j++) {
      size_t at = bit_offset + member->bit_offset + 8 * j * member->type->size;
      if (holds_within(member->type, at, holds)) return true;
    }
  }
  return false;
}

static bool is_long_array(const gen_member *member) {
  return member->form == GEN_ARRAY && member->count > 1 && member->count * member->type->size > 16;
}

/* Without its long arrays the union would be in a vector register, with them it is in memory.
 * Members that are only there to align it do not count. */
static bool is_union_of_vector_and_array(const gen_type *type, size_t bit_offset) {
  static gen_pool scratch;
  (void)bit_offset;
  if (type->kind != GEN_UNION || type->size <= 16 || type->size > 64) return false;
  gen_member others[GEN_MAX_MEMBERS];
  size_t num = 0;
  bool has_array = false;
  for (size_t i = 0; i < type->num_members; i++) {
    const gen_member *member = &type->members[i];
    has_array = has_array || is_long_array(member);
    if (is_long_array(member) || member->type->size == 0) continue;
    others[num] = *member;
    others[num++].align = 0;
  }
  if (!has_array) return false;
  gen_pool_reset(&scratch);
  const gen_type *rest = gen_type_make(&scratch, GEN_UNION, type->packed, 0, others, num);
  model_classes classes;
  model_classify(rest, &classes);
  return classes.num > 1 && classes.of[0] == MODEL_SSE && classes.of[1] == MODEL_SSEUP;
}

static bool is_vector_beside_empty(const gen_type *type, size_t bit_offset) {
  (void)bit_offset;
  return type->kind == GEN_STRUCT && type->num_members > 1 && is_wide_vector(type);
}

static bool is_union_with_misaligned_bit_field(const gen_type *type, size_t bit_offset) {
  if (type->kind != GEN_UNION) return false;
  for (size_t i = 0; i < type->num_members; i++) {
    const gen_member *member = &type->members[i];
    if (member->form != GEN_BIT_FIELD) continue;
    size_t integer_bits = 8;
    while (integer_bits < member->bits)
      integer_bits *= 2;
    if (bit_offset % integer_bits != 0) return true;
  }
  return false;
}

/* A type that is in memory anyway does not get there by a compiler's error. */
static exclusion of_type(const site_unit *compiler, const gen_type *type) {
  if (compiler->is_clang) {
    if (type->size <= 64 && holds_within(type, 0, is_union_of_vector_and_array)) {
      return EXCLUSION_ARRAY_IN_UNION;
    }
    bool is_moved = !is_in_memory(type) && holds_within(type, 0, is_vector_beside_empty);
    return is_moved ? EXCLUSION_EMPTY_BESIDE_VECTOR : EXCLUSION_NONE;
  }
  bool is_moved = !is_in_memory(type) && holds_within(type, 0, is_union_with_misaligned_bit_field);
  return is_moved ? EXCLUSION_BIT_FIELD_IN_UNION : EXCLUSION_NONE;
}

static exclusion of_unnamed(const site_unit *compiler, const gen_case *from, size_t argument) {
  const gen_type *type = from->args[argument].type;
  bool excluded = !compiler->is_clang && argument >= from->num_fixed && is_wide_vector(type) &&
                  gen_has_union(type);
  return excluded ? EXCLUSION_UNNAMED_UNION : EXCLUSION_NONE;
}

/* ---- All ---- */

/* True of those exclusions that a search looks for. */
typedef bool exclusion_predicate(exclusion why);

static bool is_any(exclusion why) { return why != EXCLUSION_NONE; }

static exclusion of_argument(const site_unit *compiler, const gen_case *from,
                             const model_expectation *expected, size_t argument,
                             exclusion_predicate *wanted) {
  const exclusion all[] = {
      of_type(compiler, from->args[argument].type), of_unnamed(compiler, from, argument),
      of_i128(compiler, from, expected, argument), of_wide_vector(compiler, from, argument),
      of_f128(compiler, from, expected, argument)};
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
    if (wanted(all[i])) return all[i];
  }
  return EXCLUSION_NONE;
}

/* Looks for those of both directions first. */
static exclusion find(const site_unit *compiler, const gen_case *from,
                      const model_expectation *expected, exclusion_predicate *wanted) {
  exclusion of_result = of_type(compiler, from->result.type);
  if (wanted(of_result)) return of_result;
  for (size_t i = 0; i < from->num_args; i++) {
    exclusion why = of_argument(compiler, from, expected, i, wanted);
    if (why != EXCLUSION_NONE) return why;
  }
  for (size_t i = 0; i < from->num_args; i++) {
    exclusion why = of_va_arg(compiler, from, i);
    if (wanted(why)) return why;
  }
  if (!compiler->is_clang && expected->has_hidden_pointer && from->result.type->align > 16 &&
      wanted(EXCLUSION_RESULT_UNALIGNED)) {
    return EXCLUSION_RESULT_UNALIGNED;
  }
  return EXCLUSION_NONE;
}

exclusion exclusion_of(const site_unit *compiler, const gen_case *from,
                       const model_expectation *expected) {
  return find(compiler, from, expected, is_any);
}

exclusion exclusion_that_is_refused(const gen_case *from, const model_expectation *expected) {
  static const site_unit compilers[] = {{.is_clang = 0, .version = 12},
                                        {.is_clang = 1, .version = 14},
                                        {.is_clang = 1, .version = 19}};
  for (size_t i = 0; i < sizeof compilers / sizeof compilers[0]; i++) {
    exclusion why = find(&compilers[i], from, expected, exclusion_is_refused);
    if (why != EXCLUSION_NONE) return why;
  }
  return EXCLUSION_NONE;
}

bool exclusion_is_of_calls(exclusion why) {
  return why != EXCLUSION_NONE && why != EXCLUSION_EMPTY_ALIGNED;
}

bool exclusion_is_of_callees(exclusion why) {
  return why != EXCLUSION_NONE && why != EXCLUSION_RESULT_UNALIGNED;
}

bool exclusion_is_refused(exclusion why) {
  switch (why) {
    case EXCLUSION_I128_ONE_REGISTER_LEFT:
    case EXCLUSION_I128_UNALIGNED:
    case EXCLUSION_ARRAY_IN_UNION:
    case EXCLUSION_EMPTY_BESIDE_VECTOR:
    case EXCLUSION_BIT_FIELD_IN_UNION:
    case EXCLUSION_UNNAMED_UNION:
    case EXCLUSION_NAMED_WIDE_VECTOR:
      return true;
    default:
      return false;
  }
}
