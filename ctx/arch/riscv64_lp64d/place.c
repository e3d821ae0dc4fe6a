#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_RISCV64_LP64D_

#include <string.h>

#include "ctx/arch/riscv64_lp64d/place.h"

static size_t ctx_round_up(size_t size, size_t align) { return (size + align - 1) & ~(align - 1); }

/* ---- Registers for each field ("Hardware Floating-point Calling Convention") ---- */

/* Returns how many of the fields are of that class. */
static size_t ctx_count_fields(const ctx_classes *classes, ctx_class class) {
  size_t num = 0;
  for (size_t i = 0; i < classes->num_fields; i++)
    num += classes->fields[i].class == class;
  return num;
}

/* Gives each field a register of its own. False: there are not so many, or no fields. */
static bool ctx_place_fields(ctx_placer *placer, const ctx_classes *classes, ctx_place *out) {
  if (classes->num_fields == 0 ||
      placer->num_gp + ctx_count_fields(classes, CTX_CLASS_INTEGER) > CTX_NUM_GP_REGISTERS ||
      placer->num_fp + ctx_count_fields(classes, CTX_CLASS_FLOAT) > CTX_NUM_FP_REGISTERS) {
    return false;
  }
  out->where = CTX_WHERE_REGISTERS;
  out->num_pieces = classes->num_fields;
  for (size_t i = 0; i < classes->num_fields; i++) {
    const ctx_field *field = &classes->fields[i];
    bool is_float = field->class == CTX_CLASS_FLOAT;
    size_t index = is_float ? placer->num_fp++ : placer->num_gp++;
    if (is_float && field->size < sizeof(uint64_t)) placer->boxed |= (uint8_t)(1u << index);
    out->pieces[i] = (ctx_piece){
        .is_float = is_float, .index = (uint8_t)index, .size = field->size, .from = field->from};
  }
  return true;
}

/* ---- General registers and memory ("Integer Calling Convention") ---- */

static void ctx_place_in_memory(ctx_placer *placer, size_t size, size_t align, ctx_place *out) {
  out->offset = ctx_round_up(placer->slots_size, align);
  placer->slots_size = ctx_round_up(out->offset + size, 8);
}

/* Places up to 16 bytes. If one register is left for two words, the first one is there, and the
 * second one in memory. After an ellipsis an alignment of 16 wants a pair that begins with an even
 * register. */
static void ctx_place_words(ctx_placer *placer, size_t size, const ctx_classes *classes,
                            ctx_naming naming, ctx_place *out) {
  if (naming == CTX_UNNAMED && classes->align == 16) {
    placer->num_gp = ctx_round_up(placer->num_gp, 2);
  }
  size_t left = CTX_NUM_GP_REGISTERS - placer->num_gp;
  if (left == 0) {
    out->where = CTX_WHERE_MEMORY;
    ctx_place_in_memory(placer, size, classes->align, out);
    return;
  }
  out->where = CTX_WHERE_REGISTERS;
  out->is_split = classes->num > left;
  out->num_pieces = out->is_split ? left : classes->num;
  for (size_t i = 0; i < out->num_pieces; i++) {
    out->pieces[i] = (ctx_piece){.index = (uint8_t)(placer->num_gp++),
                                 .size = sizeof(uint64_t),
                                 .from = (uint32_t)(i * sizeof(uint64_t))};
  }
  if (out->is_split) ctx_place_in_memory(placer, size - sizeof(uint64_t), 8, out);
}

/* Places a copy, and then its address. */
static void ctx_place_reference(ctx_placer *placer, const ctx_type *type, ctx_place *out) {
  static const ctx_classes address = {.whole = CTX_CLASS_INTEGER, .num = 1, .align = 8};
  size_t align = type->align > 8 ? type->align : 8;
  out->is_reference = true;
  out->copy = ctx_round_up(placer->copies_size, align);
  placer->copies_size = ctx_round_up(out->copy + type->size, 8);
  if (align > placer->copies_align) placer->copies_align = align;
  ctx_place_words(placer, sizeof(uint64_t), &address, CTX_PLAIN, out);
}

/* ---- All arguments ---- */

void ctx_place_next(ctx_placer *placer, const ctx_type *type, const ctx_classes *classes,
                    ctx_naming naming, ctx_place *out) {
  memset(out, 0, sizeof *out);
  if (classes->whole == CTX_CLASS_NONE) return; /* nowhere */
  if (naming != CTX_UNNAMED && ctx_place_fields(placer, classes, out)) return;
  if (classes->whole == CTX_CLASS_REFERENCE) {
    ctx_place_reference(placer, type, out);
  } else {
    ctx_place_words(placer, type->size, classes, naming, out);
    bool is_in_memory = out->where == CTX_WHERE_MEMORY || out->is_split;
    bool is_word = ctx_class_of_word(type->kind) != CTX_CLASS_NONE && type->kind != CTX_KIND_F32;
    if (is_in_memory && !is_word) placer->has_padding = true;
  }
  placer->memory_size = placer->slots_size + placer->copies_size;
}

/* ---- Results ---- */

/* A result is returned as a first argument is passed. */
void ctx_place_result(const ctx_type *type, const ctx_classes *classes, ctx_result_place *out) {
  ctx_placer placer = {.num_gp = 0};
  ctx_place place;
  ctx_place_next(&placer, type, classes, CTX_PLAIN, &place);
  memset(out, 0, sizeof *out);
  out->where = place.is_reference ? CTX_WHERE_MEMORY : place.where;
  if (place.is_reference) return;
  out->num_pieces = place.num_pieces;
  for (size_t i = 0; i < place.num_pieces; i++) {
    const ctx_piece *piece = &place.pieces[i];
    size_t first = piece->is_float ? CTX_RETURN_FA0 : CTX_RETURN_A0;
    size_t left = type->size - piece->from;
    out->pieces[i] = (ctx_return_piece){.source = (uint8_t)(first + piece->index),
                                        .size = left < piece->size ? (uint8_t)left : piece->size,
                                        .to = piece->from};
  }
}

#endif
