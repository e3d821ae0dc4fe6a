/* "Integer Calling Convention" and "Hardware Floating-Point Calling Convention": places. */
#include "testing/arch/riscv64_lp64d/model.h"

#include <string.h>

#include "testing/oracle/eightbyte.h"

/* ---- Bytes of values ---- */

/* "Integer scalars narrower than XLEN bits are widened according to the sign of their type up to 32
 * bits, then sign-extended to XLEN bits." An address in a guest's memory is not a type of C; the
 * library promises that it is widened by zeros, and what a compiler calls with is a uint32_t. */
static eightbyte widened(const gen_value *value) {
  eightbyte out = eightbyte_of(value, 0);
  if (value->type->kind == GEN_GUEST_PTR) return out;
  size_t size = value->type->size;
  bool is_signed = gen_scalar_shape(value->type->kind) == GEN_SIGNED;
  if (size < 8 && (is_signed || size == 4)) {
    uint64_t sign = UINT64_C(1) << (8 * size - 1);
    out.word = (out.word ^ sign) - sign;
  }
  out.care = UINT64_MAX;
  return out;
}

/* "When a floating-point argument narrower than FLEN bits is passed in a floating-point register,
 * it is 1-extended (NaN-boxed) to FLEN bits." */
static eightbyte boxed(eightbyte value, size_t size) {
  uint64_t above = size < 8 ? UINT64_MAX << (8 * size) : 0;
  return (eightbyte){value.word | above, value.care | above};
}

/* ---- Places ---- */

/* The part of the expectation that grows. */
typedef struct placer {
  model_expectation *out;
  size_t num_general;  /* registers that are in use */
  size_t num_floating; /* the same of floating-point ones */
  size_t stack_size;   /* in bytes */
  size_t num_bytes;    /* of copies */
} placer;

static size_t round_up(size_t n, size_t multiple) {
  return (n + multiple - 1) / multiple * multiple;
}

static void put_general(placer *p, model_owner owner, eightbyte value) {
  model_registers *to = &p->out->registers;
  size_t i = p->num_general++;
  to->general[i] = value.word;
  to->general_care[i] = value.care;
  to->general_owner[i] = owner;
}

static void put_floating(placer *p, model_owner owner, eightbyte value) {
  model_registers *to = &p->out->registers;
  size_t i = p->num_floating++;
  to->floating[i] = value.word;
  to->floating_care[i] = value.care;
  to->floating_owner[i] = owner;
}

/* Fills the stack up to there with words that pass nothing. False: there is no room. */
static bool pad_stack(placer *p, size_t num_bytes) {
  if (num_bytes > 8 * (ORACLE_MAX_STACK_WORDS - 1)) return false;
  for (; p->stack_size < num_bytes; p->stack_size += 8) {
    p->out->words[p->stack_size / 8] = 0;
    p->out->words_care[p->stack_size / 8] = 0;
  }
  return true;
}

static bool put_word(placer *p, eightbyte value) {
  size_t at = p->stack_size / 8;
  if (!pad_stack(p, p->stack_size + 8)) return false;
  p->out->words[at] = value.word;
  p->out->words_care[at] = value.care;
  return true;
}

/* "Passed on the stack" whole, "aligned to the greater of the type alignment and XLEN bits, but
 * never more than the stack alignment"; or, if one register is left, its first eight bytes there
 * and the others on the stack. */
static bool put_words(placer *p, uint16_t argument, const eightbyte words[2], size_t num,
                      bool is_aligned) {
  if (p->num_general == MODEL_GENERAL) {
    if (is_aligned && !pad_stack(p, round_up(p->stack_size, 16))) return false;
    p->out->first_word[argument] = p->stack_size / 8;
  }
  for (size_t i = 0; i < num; i++) {
    if (p->num_general < MODEL_GENERAL) {
      put_general(p, (model_owner){argument, (uint16_t)i}, words[i]);
    } else if (!put_word(p, words[i])) {
      return false;
    }
  }
  return true;
}

/* "Passed by reference and are replaced in the argument list with the address". */
static bool put_copy(placer *p, uint16_t argument, const gen_value *value) {
  model_expectation *out = p->out;
  size_t at = round_up(p->num_bytes, GEN_MAX_ALIGN);
  if (at + value->type->size > ORACLE_MAX_COPIED_BYTES) return false;
  oracle_copy *copy = &out->copies[out->num_copies];
  out->copied_argument[out->num_copies++] = argument;
  *copy = (oracle_copy){.size = value->type->size, .at = (uint32_t)at};
  p->num_bytes = at + value->type->size;
  const eightbyte address = {0, 0};
  if (p->num_general < MODEL_GENERAL) {
    copy->index = (uint32_t)p->num_general;
    out->registers.general_is_address[p->num_general] = true;
    put_general(p, (model_owner){argument, 0}, address);
    return true;
  }
  copy->in_memory = true;
  copy->index = (uint32_t)(p->stack_size / 8);
  return put_word(p, address);
}

static bool put_by_integer_convention(placer *p, uint16_t argument, const gen_value *value,
                                      const model_shape *shape, bool is_unnamed) {
  switch (shape->form) {
    case MODEL_NOTHING: /* "ignored by C compilers" */
      return true;
    case MODEL_COPY:
      return put_copy(p, argument, value);
    case MODEL_INTEGER: {
      const eightbyte words[2] = {widened(value)};
      return put_words(p, argument, words, 1, false);
    }
    case MODEL_WORDS: {
      size_t num = (value->type->size + 7) / 8;
      eightbyte words[2] = {{0, 0}};
      for (size_t i = 0; i < num; i++)
        words[i] = eightbyte_of(value, i);
      /* "Variadic arguments with 2xXLEN-bit alignment and size at most 2xXLEN bits are passed in an
       * aligned register pair, or on the stack by value if none is available." */
      if (is_unnamed && shape->is_aligned) p->num_general = round_up(p->num_general, 2);
      return put_words(p, argument, words, num, shape->is_aligned);
    }
  }
  __builtin_trap();
}

/* Returns whether there are registers of both sorts for all fields. */
static bool has_registers(const placer *p, const model_shape *shape) {
  size_t num_reals = 0;
  for (size_t i = 0; i < shape->num_fields; i++)
    num_reals += shape->fields[i].is_real;
  size_t num_integers = shape->num_fields - num_reals;
  return p->num_floating + num_reals <= MODEL_VECTOR &&
         p->num_general + num_integers <= MODEL_GENERAL;
}

/* "If the integer is narrower than XLEN bits, the remaining bits are unspecified." */
static void put_fields(placer *p, uint16_t argument, const gen_value *value,
                       const model_shape *shape) {
  for (size_t i = 0; i < shape->num_fields; i++) {
    const model_field *field = &shape->fields[i];
    const model_owner owner = {argument, field->from / 8};
    eightbyte bytes = eightbyte_from(value, field->from, field->size);
    if (field->is_real) {
      put_floating(p, owner, boxed(bytes, field->size));
    } else {
      put_general(p, owner, bytes);
    }
  }
}

static void refuse(placer *p, size_t argument, model_refusal refusal) {
  if (refusal.verdict > p->out->refusal.verdict) p->out->refusal = refusal;
  if (refusal.verdict >= MODEL_REFUSED && argument < p->out->refused_argument) {
    p->out->refused_argument = argument;
  }
}

static bool put_argument(placer *p, const gen_case *from, size_t index) {
  const gen_value *value = &from->args[index];
  uint16_t argument = (uint16_t)index;
  bool is_unnamed = from->num_fixed != GEN_NOT_VARIADIC && index >= from->num_fixed;
  p->out->first_word[index] = SIZE_MAX;
  refuse(p, index, model_refuse_type(value->type));
  if (is_unnamed && value->type->kind == GEN_F32) {
    refuse(p, index, (model_refusal){MODEL_REFUSED, "a float after an ellipsis"});
  }
  if (!is_unnamed) refuse(p, index, model_refuse_fields(value->type));
  model_shape shape = model_shape_of(value->type);
  if (!is_unnamed && shape.num_fields != 0 && has_registers(p, &shape)) {
    put_fields(p, argument, value, &shape);
    return true;
  }
  return put_by_integer_convention(p, argument, value, &shape, is_unnamed);
}

static void clear_registers(model_registers *registers) {
  const model_owner nobody = {MODEL_NOBODY, 0};
  memset(registers, 0, sizeof *registers);
  for (size_t i = 0; i < MODEL_GENERAL; i++)
    registers->general_owner[i] = nobody;
  for (size_t i = 0; i < MODEL_VECTOR; i++)
    registers->floating_owner[i] = nobody;
}

bool model_expect(const gen_case *from, model_expectation *out) {
  placer p = {.out = out};
  clear_registers(&out->registers);
  out->num_copies = 0;
  out->stack_align = 16; /* "aligned to a 128-bit boundary upon procedure entry" */
  out->may_be_variadic = true;
  out->refusal = model_refuse_type(from->result.type);
  out->refused_argument = SIZE_MAX;
  refuse(&p, SIZE_MAX, model_refuse_fields(from->result.type));
  model_return result;
  model_expect_return(from->result.type, &result);
  out->has_hidden_pointer = result.in_memory;
  if (result.in_memory) { /* "an implicit first parameter" */
    out->registers.general_is_address[0] = true;
    put_general(&p, (model_owner){MODEL_HIDDEN_POINTER, 0}, (eightbyte){0, 0});
  }
  for (size_t i = 0; i < from->num_args; i++) {
    if (!put_argument(&p, from, i)) return false;
  }
  if (!pad_stack(&p, round_up(p.stack_size, 16))) return false;
  out->num_words = p.stack_size / 8;
  return true;
}

void model_expect_state(model_expectation *out, void (*entry)(void)) {
  model_registers *registers = &out->registers;
  registers->frm = registers->gp = registers->tp = 0;
#ifdef __riscv /* otherwise nothing is called */
  __asm__("frrm %0\n\tmv %1, gp\n\tmv %2, tp"
          : "=&r"(registers->frm), "=&r"(registers->gp), "=r"(registers->tp));
#endif
  out->entry = (uint64_t)(uintptr_t)entry;
}

/* ---- Returning ---- */

static void add_return(model_return_registers *to, model_return_register reg, size_t from,
                       size_t size) {
  to->of[to->num].reg = (uint8_t)reg;
  to->of[to->num].from = (uint16_t)from;
  to->of[to->num].size = (uint8_t)size;
  to->num++;
}

/* "Values are returned in the same manner as a first named argument of the same type would be
 * passed." */
void model_expect_return(const gen_type *type, model_return *out) {
  *out = (model_return){0};
  model_return_registers *to = &out->registers;
  model_shape shape = model_shape_of(type);
  unsigned num_reals = 0, num_integers = 0;
  for (size_t i = 0; i < shape.num_fields; i++) {
    const model_field *field = &shape.fields[i];
    unsigned reg =
        field->is_real ? MODEL_RETURN_FA0 + num_reals++ : MODEL_RETURN_A0 + num_integers++;
    add_return(to, (model_return_register)reg, field->from, field->size);
  }
  if (shape.num_fields != 0) return;
  if (shape.form == MODEL_COPY) {
    out->in_memory = true;
    return;
  }
  for (size_t from = 0; from < type->size; from += 8) {
    size_t left = type->size - from;
    add_return(to, (model_return_register)(MODEL_RETURN_A0 + to->num), from, left < 8 ? left : 8);
  }
}

/* A context keeps a0, a1, fa0 and fa1. */
bool model_return_is_kept(const model_return *where) { return !where->in_memory; }
