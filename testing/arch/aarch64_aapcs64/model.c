/* 6.8.2 "Parameter passing rules" and 6.9 "Result return". */
#include "testing/arch/aarch64_aapcs64/model.h"

#include <string.h>

#include "testing/oracle/eightbyte.h"

/* ---- Bytes of values ---- */

/* The library's promise that integers are extended to 64 bits by their sign. */
static eightbyte widened(gen_kind kind, eightbyte value) {
  bool is_signed = gen_scalar_shape(kind) == GEN_SIGNED;
  if (is_signed && (value.word & ~(value.care >> 1)) != 0) value.word |= ~value.care;
  return value;
}

/* ---- Passing ---- */

/* The part of the expectation that grows; names are the text's. */
typedef struct placer {
  model_expectation *out;
  size_t ngrn;      /* next general-purpose register number */
  size_t nsrn;      /* next SIMD and floating-point register number */
  size_t nsaa;      /* next stacked argument address, from sp */
  size_t num_bytes; /* of copies */
} placer;

static size_t round_up(size_t n, size_t multiple) {
  return (n + multiple - 1) / multiple * multiple;
}

static void put_general(placer *p, uint16_t argument, size_t index, eightbyte value) {
  model_registers *to = &p->out->registers;
  size_t i = p->ngrn++;
  to->general[i] = value.word;
  to->general_care[i] = value.care;
  to->general_owner[i] = (model_owner){argument, (uint16_t)index};
}

/* Puts up to 16 bytes of a value into the next register. */
static void put_vector(placer *p, uint16_t argument, const gen_value *value, size_t from,
                       size_t size) {
  model_registers *to = &p->out->registers;
  size_t i = p->nsrn++;
  for (size_t word = 0; 8 * word < size; word++) {
    size_t left = size - 8 * word;
    eightbyte part = eightbyte_from(value, from + 8 * word, left < 8 ? left : 8);
    to->vector[i][word] = part.word;
    to->vector_care[i][word] = part.care;
  }
  to->vector_owner[i] = (model_owner){argument, (uint16_t)(from / 8)};
}

/* Fills the stack up to there with words that pass nothing. False: there is no room. */
static bool pad_stack(placer *p, size_t num_bytes) {
  if (num_bytes > 8 * (ORACLE_MAX_STACK_WORDS - 1)) return false;
  for (; p->nsaa < num_bytes; p->nsaa += 8) {
    p->out->words[p->nsaa / 8] = 0;
    p->out->words_care[p->nsaa / 8] = 0;
  }
  return true;
}

static bool put_word(placer *p, eightbyte value) {
  size_t at = p->nsaa / 8;
  if (!pad_stack(p, p->nsaa + 8)) return false;
  p->out->words[at] = value.word;
  p->out->words_care[at] = value.care;
  return true;
}

/* C.4 and C.14: "The NSAA is rounded up to the larger of 8 or the natural alignment". Then the
 * value is copied there, its size rounded up to a multiple of 8 (B.5, C.3, C.5, C.16). */
static bool put_memory(placer *p, uint16_t argument, const gen_value *value, size_t natural_align,
                       eightbyte only) {
  if (!pad_stack(p, round_up(p->nsaa, natural_align))) return false;
  p->out->first_word[argument] = p->nsaa / 8;
  if (value->type->size <= 8) return put_word(p, only);
  for (size_t i = 0; 8 * i < value->type->size; i++) {
    if (!put_word(p, eightbyte_of(value, i))) return false;
  }
  return true;
}

/* C.1 to C.6. */
static bool put_floating(placer *p, uint16_t argument, const gen_value *value,
                         const model_shape *shape) {
  if (p->nsrn + shape->num_elements <= MODEL_VECTOR) {
    for (size_t i = 0; i < shape->num_elements; i++)
      put_vector(p, argument, value, i * shape->element_size, shape->element_size);
    return true;
  }
  p->nsrn = MODEL_VECTOR; /* C.3; a single register is missing only if none is left */
  return put_memory(p, argument, value, shape->natural_align, eightbyte_of(value, 0));
}

/* C.9 to C.17, for `size` bytes. */
static bool put_integral(placer *p, uint16_t argument, const gen_value *value,
                         const model_shape *shape, eightbyte only) {
  size_t num = (value->type->size + 7) / 8;
  if (num == 2 && shape->natural_align == 16) p->ngrn = round_up(p->ngrn, 2); /* C.10 */
  if (p->ngrn + num <= MODEL_GENERAL) {
    for (size_t i = 0; i < num; i++)
      put_general(p, argument, i, num == 1 ? only : eightbyte_of(value, i));
    return true;
  }
  p->ngrn = MODEL_GENERAL; /* C.13 */
  return put_memory(p, argument, value, shape->natural_align, only);
}

/* B.4: "the argument is copied to memory allocated by the caller and the argument is replaced by a
 * pointer to the copy". */
static bool put_copy(placer *p, uint16_t argument, const gen_value *value) {
  model_expectation *out = p->out;
  size_t at = round_up(p->num_bytes, GEN_MAX_ALIGN);
  if (at + value->type->size > ORACLE_MAX_COPIED_BYTES) return false;
  oracle_copy *copy = &out->copies[out->num_copies];
  out->copied_argument[out->num_copies++] = argument;
  *copy = (oracle_copy){.size = value->type->size, .at = (uint32_t)at};
  p->num_bytes = at + value->type->size;
  const eightbyte address = {0, 0};
  if (p->ngrn < MODEL_GENERAL) {
    copy->index = (uint32_t)p->ngrn;
    out->registers.general_is_address[p->ngrn] = true;
    put_general(p, argument, 0, address);
    return true;
  }
  copy->in_memory = true;
  copy->index = (uint32_t)(p->nsaa / 8);
  return put_word(p, address);
}

static void refuse(placer *p, size_t argument, model_refusal refusal) {
  if (refusal.verdict > p->out->refusal.verdict) p->out->refusal = refusal;
  if (refusal.verdict >= MODEL_REFUSED && argument < p->out->refused_argument) {
    p->out->refused_argument = argument;
  }
}

/* "Named integral values must be narrowed by the callee rather than the caller" (6.8.2). C promotes
 * them after an ellipsis. */
static eightbyte only_eightbyte(const gen_value *value, const model_shape *shape, bool is_unnamed) {
  eightbyte only = eightbyte_of(value, 0);
  if (shape->form != MODEL_INTEGRAL || value->type->size > 8) return only;
  only = widened(value->type->kind, only);
  if (is_unnamed && value->type->size < 4) only.care = UINT32_MAX;
  return only;
}

/* Returns whether it goes elsewhere if its natural alignment is 16, or if it is not. */
static bool depends_on_alignment(const placer *p, const model_shape *shape, size_t size,
                                 bool is_unnamed) {
  bool memory_differs = p->nsaa % 16 != 0;
  switch (shape->form) {
    case MODEL_HOMOGENEOUS:
      return p->nsrn + shape->num_elements > MODEL_VECTOR && memory_differs;
    case MODEL_COMPOSITE:
      /* gcc 12 begins a single register like a pair only in va_arg. */
      if (size <= 8 && p->ngrn < MODEL_GENERAL) return is_unnamed && p->ngrn % 2 != 0;
      if (p->ngrn + 2 > MODEL_GENERAL) return memory_differs;
      return p->ngrn % 2 != 0;
    default:
      return false;
  }
}

/* In memory, compilers differ on the alignment of some homogeneous aggregates: clang 14 does not
 * look at the packing of 16-byte elements, and in a variadic function gcc 12 and clang 14 look for
 * an address that is aligned to more than the stack is. */
static model_refusal refuse_in_memory(const placer *p, const gen_type *type,
                                      const model_shape *shape, bool is_variadic) {
  bool is_in_memory = p->nsrn + shape->num_elements > MODEL_VECTOR;
  if (shape->form == MODEL_HOMOGENEOUS && is_in_memory) {
    if (is_variadic && type->align > 16) {
      return (model_refusal){MODEL_REFUSED, "an alignment above 16, if there is an ellipsis"};
    }
    if (shape->element_size == 16 && type->align < 16 && p->nsaa % 16 != 0) {
      return (model_refusal){MODEL_REFUSED, "packed elements of 16 bytes"};
    }
  }
  return (model_refusal){MODEL_ACCEPTED, ""};
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
  model_shape shape = model_shape_of(value->type);
  if (depends_on_alignment(p, &shape, value->type->size, is_unnamed)) {
    refuse(p, index, model_refuse_alignment(value->type, shape.natural_align == 16));
  }
  bool is_variadic = from->num_fixed != GEN_NOT_VARIADIC;
  refuse(p, index, refuse_in_memory(p, value->type, &shape, is_variadic));
  switch (shape.form) {
    case MODEL_NOTHING:
      return true;
    case MODEL_FLOATING:
    case MODEL_HOMOGENEOUS:
      return put_floating(p, argument, value, &shape);
    case MODEL_INTEGRAL:
    case MODEL_COMPOSITE:
      return put_integral(p, argument, value, &shape, only_eightbyte(value, &shape, is_unnamed));
    case MODEL_COPY:
      return put_copy(p, argument, value);
  }
  __builtin_trap();
}

static void clear_registers(model_registers *registers) {
  const model_owner nobody = {MODEL_NOBODY, 0};
  memset(registers, 0, sizeof *registers);
  for (size_t i = 0; i < MODEL_GENERAL; i++)
    registers->general_owner[i] = nobody;
  for (size_t i = 0; i < MODEL_VECTOR; i++)
    registers->vector_owner[i] = nobody;
}

bool model_expect(const gen_case *from, model_expectation *out) {
  placer p = {out, 0, 0, 0, 0}; /* A.1, A.2, A.4 */
  clear_registers(&out->registers);
  out->num_copies = 0;
  out->stack_align = 16; /* 6.4.5.2 */
  out->may_be_variadic = true;
  out->refusal = model_refuse_type(from->result.type);
  out->refused_argument = SIZE_MAX;
  model_return result;
  model_expect_return(from->result.type, &result);
  out->has_hidden_pointer = result.in_memory; /* in a register of its own */
  for (size_t i = 0; i < from->num_args; i++) {
    if (!put_argument(&p, from, i)) return false;
  }
  if (!pad_stack(&p, round_up(p.nsaa, 16))) return false;
  out->num_words = p.nsaa / 8;
  return true;
}

void model_expect_state(model_expectation *out, void (*entry)(void)) {
  uint64_t fpcr = 0;
#ifdef __aarch64__ /* otherwise nothing is called */
  __asm__("mrs %0, fpcr" : "=r"(fpcr));
#endif
  out->registers.fpcr = fpcr;
  out->entry = (uint64_t)(uintptr_t)entry;
}

/* ---- Returning ---- */

/* 6.9: "the result is returned in the same registers as would be used for such an argument". */
void model_expect_return(const gen_type *type, model_return *out) {
  *out = (model_return){0};
  model_shape shape = model_shape_of(type);
  model_return_registers *to = &out->registers;
  switch (shape.form) {
    case MODEL_NOTHING:
      return;
    case MODEL_COPY: /* "Otherwise, the caller shall reserve a block of memory" */
      out->in_memory = true;
      return;
    case MODEL_FLOATING:
    case MODEL_HOMOGENEOUS:
      for (; to->num < shape.num_elements; to->num++) {
        to->of[to->num].reg = (uint8_t)(MODEL_RETURN_V0 + to->num);
        to->of[to->num].from = (uint8_t)(to->num * shape.element_size);
        to->of[to->num].size = shape.element_size;
      }
      return;
    case MODEL_INTEGRAL:
    case MODEL_COMPOSITE:
      for (; 8 * to->num < type->size; to->num++) {
        size_t left = type->size - 8 * to->num;
        to->of[to->num].reg = (uint8_t)(MODEL_RETURN_X0 + to->num);
        to->of[to->num].from = (uint8_t)(8 * to->num);
        to->of[to->num].size = (uint8_t)(left < 8 ? left : 8);
      }
      return;
  }
}

/* A context keeps x0, x1 and q0. */
bool model_return_is_kept(const model_return *where) {
  if (where->in_memory) return false;
  for (size_t i = 0; i < where->registers.num; i++) {
    if (where->registers.of[i].reg > MODEL_RETURN_V0) return false;
  }
  return true;
}
