/* 3.2.3, "Passing" and "Returning of Values". */
#include "testing/arch/x86_64_sysv/model.h"

#include <string.h>

#include "testing/oracle/eightbyte.h"

/* ---- Bytes of values ---- */

/* The promise that integers are extended to 64 bits by their sign. */
static eightbyte widened(gen_kind kind, eightbyte value) {
  bool is_signed = gen_scalar_shape(kind) == GEN_SIGNED;
  if (is_signed && (value.word & ~(value.care >> 1)) != 0) value.word |= ~value.care;
  return value;
}

static bool is_integer_scalar(const gen_type *type) {
  return type->kind >= GEN_U8 && type->kind <= GEN_GUEST_PTR;
}

/* The only eightbyte of a scalar, or one of several. */
static eightbyte argument_eightbyte(const gen_value *value, size_t index) {
  eightbyte out = eightbyte_of(value, index);
  return is_integer_scalar(value->type) ? widened(value->type->kind, out) : out;
}

/* ---- Passing ---- */

/* The part of the expectation that grows. */
typedef struct placer {
  model_expectation *out;
  model_registers *registers; /* those in it */
  size_t num_bytes;           /* of the stack */
} placer;

static void put_general(placer *p, uint16_t argument, size_t index, eightbyte value) {
  model_registers *to = p->registers;
  size_t i = to->num_general++;
  to->general[i] = value.word;
  to->general_care[i] = value.care;
  to->general_owner[i] = (model_owner){argument, (uint16_t)index};
}

static void put_vector(placer *p, uint16_t argument, size_t index) {
  model_registers *to = p->registers;
  size_t i = to->num_vector++;
  memset(to->vector[i], 0, sizeof to->vector[i]);
  memset(to->vector_care[i], 0, sizeof to->vector_care[i]);
  to->vector_owner[i] = (model_owner){argument, (uint16_t)index};
}

static void put_vector_word(placer *p, size_t word, eightbyte value) {
  size_t i = p->registers->num_vector - 1;
  p->registers->vector[i][word] = value.word;
  p->registers->vector_care[i][word] = value.care;
}

/* Fills the stack up to there with words that pass nothing. */
static void pad_stack(placer *p, size_t num_bytes) {
  for (; p->num_bytes < num_bytes; p->num_bytes += 8) {
    p->out->words[p->num_bytes / 8] = 0;
    p->out->words_care[p->num_bytes / 8] = 0;
  }
}

static size_t round_up(size_t n, size_t multiple) {
  return (n + multiple - 1) / multiple * multiple;
}

/* "pass it in memory at the memory address ... aligned as the type is", in eightbytes (3.2.2), "in
 * reversed (right-to-left) order": upwards from left to right. */
static bool put_memory(placer *p, uint16_t argument, const gen_value *value) {
  size_t align = value->type->align > 8 ? value->type->align : 8;
  size_t begin = round_up(p->num_bytes, align);
  size_t end = begin + round_up(value->type->size, 8);
  if (end > 8 * (ORACLE_MAX_STACK_WORDS - 1)) return false;
  pad_stack(p, begin);
  p->out->first_word[argument] = begin / 8;
  if (align > p->out->stack_align) p->out->stack_align = align;
  for (size_t i = 0; p->num_bytes < end; i++, p->num_bytes += 8) {
    eightbyte word = argument_eightbyte(value, i);
    p->out->words[p->num_bytes / 8] = word.word;
    p->out->words_care[p->num_bytes / 8] = word.care;
  }
  return true;
}

static bool classes_need_memory(const model_classes *classes) {
  for (size_t i = 0; i < classes->num; i++) {
    switch ((model_class)classes->of[i]) {
      case MODEL_MEMORY:
      case MODEL_X87:
      case MODEL_X87UP:
      case MODEL_COMPLEX_X87:
        return true;
      default:
        break;
    }
  }
  return false;
}

/* "If there are no registers available for any eightbyte of an argument, the whole argument is
 * passed on the stack." */
static bool fits_registers(const placer *p, const model_classes *classes) {
  size_t num_general = p->registers->num_general;
  size_t num_vector = p->registers->num_vector;
  for (size_t i = 0; i < classes->num; i++) {
    num_general += classes->of[i] == MODEL_INTEGER;
    num_vector += classes->of[i] == MODEL_SSE;
  }
  return num_general <= MODEL_GENERAL && num_vector <= MODEL_VECTOR;
}

static void put_registers(placer *p, uint16_t argument, const gen_value *value,
                          const model_classes *classes) {
  size_t upper = 0;
  for (size_t i = 0; i < classes->num; i++) {
    eightbyte word = argument_eightbyte(value, i);
    switch ((model_class)classes->of[i]) {
      case MODEL_INTEGER: /* 2 */
        /* The text extends bool to eight bits; compilers extend all that is narrower than an int to
         * 32 bits, and clang's callees rely on it. */
        if (is_integer_scalar(value->type) && value->type->size < 4) word.care = UINT32_MAX;
        put_general(p, argument, i, word);
        break;
      case MODEL_SSE: /* 3 */
        put_vector(p, argument, i);
        put_vector_word(p, upper = 0, word);
        break;
      case MODEL_SSEUP: /* 4: "in the next available eightbyte chunk of the last used one" */
        put_vector_word(p, ++upper, word);
        break;
      default: /* NO_CLASS */
        break;
    }
  }
}

/* 3.5.7: where an ellipsis takes it, a vector of more than 16 bytes is in memory; so say compilers,
 * and va_arg, whose register save area has 16 bytes for each register. */
bool model_is_wide_vector(const model_classes *classes) {
  return classes->num > 2 && classes->of[0] == MODEL_SSE;
}

/* Some arguments are refused for the place where they would go. */
static model_refusal refuse_place(const placer *p, const gen_case *from, size_t argument,
                                  const model_classes *classes) {
  const gen_type *type = from->args[argument].type;
  gen_kind kind = type->kind;
  bool is_variadic = from->num_fixed != GEN_NOT_VARIADIC;
  if (is_variadic && argument >= from->num_fixed && kind == GEN_F32) {
    return (model_refusal){MODEL_REFUSED, "a float after an ellipsis"};
  }
  if (is_variadic && argument < from->num_fixed && model_is_wide_vector(classes)) {
    return (model_refusal){MODEL_REFUSED, "a wide vector before an ellipsis"};
  }
  if (is_variadic && argument >= from->num_fixed && model_is_wide_vector(classes) &&
      gen_has_union(type)) {
    return (model_refusal){MODEL_REFUSED, "a union of a wide vector after an ellipsis"};
  }
  /* clang before 18 splits it between r9 and memory, and does not align it there. */
  if ((kind == GEN_I128 || kind == GEN_U128) && p->registers->num_general > MODEL_GENERAL - 2 &&
      (p->registers->num_general < MODEL_GENERAL || p->num_bytes % 16 != 0)) {
    return (model_refusal){MODEL_REFUSED, "a 16-byte integer at the end of the registers"};
  }
  return (model_refusal){MODEL_ACCEPTED, ""};
}

static void refuse(placer *p, size_t argument, model_refusal refusal) {
  if (refusal.verdict > p->out->refusal.verdict) p->out->refusal = refusal;
  if (refusal.verdict == MODEL_REFUSED && argument < p->out->refused_argument) {
    p->out->refused_argument = argument;
  }
}

static bool put_argument(placer *p, const gen_case *from, size_t argument) {
  const gen_value *value = &from->args[argument];
  p->out->first_word[argument] = SIZE_MAX;
  refuse(p, argument, model_refuse_type(value->type));
  if (value->type->size == 0) return true; /* 2.: "NO_CLASS": nothing is passed */
  model_classes classes;
  model_classify(value->type, &classes);
  refuse(p, argument, refuse_place(p, from, argument, &classes));
  if (classes_need_memory(&classes) ||
      (argument >= from->num_fixed && model_is_wide_vector(&classes)) ||
      !fits_registers(p, &classes)) {
    return put_memory(p, (uint16_t)argument, value);
  }
  put_registers(p, (uint16_t)argument, value, &classes);
  return true;
}

/* The registers that are left pass nothing. */
static void clear_unused(model_registers *registers) {
  const model_owner nobody = {MODEL_NOBODY, 0};
  for (size_t i = registers->num_general; i < MODEL_GENERAL; i++) {
    registers->general[i] = registers->general_care[i] = 0;
    registers->general_owner[i] = nobody;
  }
  for (size_t i = registers->num_vector; i < MODEL_VECTOR; i++) {
    memset(registers->vector[i], 0, sizeof registers->vector[i]);
    memset(registers->vector_care[i], 0, sizeof registers->vector_care[i]);
    registers->vector_owner[i] = nobody;
  }
}

bool model_expect(const gen_case *from, model_expectation *out) {
  placer p = {out, &out->registers, 0};
  out->registers.num_general = 0;
  out->registers.num_vector = 0;
  out->num_copies = 0;
  out->stack_align = 16; /* 3.2.2: "The end of the input argument area shall be aligned" */
  out->may_be_variadic = true;
  out->refusal = model_refuse_type(from->result.type);
  out->refused_argument = SIZE_MAX;
  model_return result;
  model_expect_return(from->result.type, &result);
  out->has_hidden_pointer = result.in_memory;
  if (result.in_memory) put_general(&p, MODEL_HIDDEN_POINTER, 0, (eightbyte){0, 0});
  for (size_t i = 0; i < from->num_args; i++) {
    if (!put_argument(&p, from, i)) return false;
  }
  pad_stack(&p, round_up(p.num_bytes, 16));
  out->num_words = p.num_bytes / 8;
  clear_unused(&out->registers);
  return true;
}

void model_expect_state(model_expectation *out, void (*entry)(void)) {
  out->registers.mxcsr = __builtin_ia32_stmxcsr();
  __asm__("fnstcw %0" : "=m"(out->registers.x87_control));
  out->entry = (uint64_t)(uintptr_t)entry;
}

/* ---- Returning ---- */

void model_expect_return(const gen_type *type, model_return *out) {
  *out = (model_return){0};
  if (type->size == 0) return;
  model_classes classes;
  model_classify(type, &classes);
  if (classes.of[0] == MODEL_MEMORY) {
    out->in_memory = true; /* 2 */
    return;
  }
  model_return_registers *to = &out->registers;
  to->num = classes.num;
  model_return_register general = MODEL_RETURN_RAX;
  model_return_register vector = MODEL_RETURN_XMM0;
  uint8_t upper = 0;
  for (size_t i = 0; i < classes.num; i++) {
    switch ((model_class)classes.of[i]) {
      case MODEL_INTEGER: /* 3 */
        to->of[i].reg = (uint8_t)general;
        general = MODEL_RETURN_RDX;
        break;
      case MODEL_SSE: /* 4 */
        to->of[i].reg = (uint8_t)vector;
        vector = MODEL_RETURN_XMM1;
        upper = 0;
        break;
      case MODEL_SSEUP: /* 5 */
        to->of[i].reg = to->of[i - 1].reg;
        to->of[i].word = ++upper;
        break;
      case MODEL_X87: /* 6 */
        to->of[i].reg = MODEL_RETURN_ST0;
        break;
      case MODEL_COMPLEX_X87: /* 8: the real part in st0, the imaginary one in st1 */
        if (i % 2 == 0) to->of[i].reg = i == 0 ? MODEL_RETURN_ST0 : MODEL_RETURN_ST1;
        break;
      default: /* 7: X87UP is with X87; NO_CLASS: nothing */
        break;
    }
  }
}

/* A context keeps rax, rdx and xmm0. */
bool model_return_is_kept(const model_return *where) {
  if (where->in_memory) return false;
  for (size_t i = 0; i < where->registers.num; i++) {
    bool is_beyond = where->registers.of[i].reg >= MODEL_RETURN_XMM1;
    if (is_beyond || where->registers.of[i].word > 1) return false;
  }
  return true;
}
