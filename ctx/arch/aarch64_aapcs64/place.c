#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_AARCH64_AAPCS64_

#include <string.h>

#include "ctx/arch/aarch64_aapcs64/place.h"

static size_t ctx_round_up(size_t size, size_t align) { return (size + align - 1) & ~(align - 1); }

/* Takes the next `num` of eight registers; all of them if there are not so many. Then no later
 * argument gets one (6.8.2, C.3 and C.13). Returns the first one's index, 8 if there are not. */
static size_t ctx_take_registers(size_t *taken, size_t num) {
  size_t first = *taken;
  bool fits = first + num <= CTX_NUM_GP_REGISTERS;
  *taken = fits ? first + num : CTX_NUM_GP_REGISTERS;
  return fits ? first : CTX_NUM_GP_REGISTERS;
}
_Static_assert(CTX_NUM_GP_REGISTERS == CTX_NUM_VECTOR_REGISTERS, "both have eight");

static void ctx_place_in_memory(ctx_placer *placer, size_t size, size_t align, ctx_place *out) {
  out->where = CTX_WHERE_MEMORY;
  out->offset = ctx_round_up(placer->slots_size, align);
  placer->slots_size = ctx_round_up(out->offset + size, 8);
}

/* Places what the classes say, in registers if they suffice. Of the text's rules these are C.1 to
 * C.6 for vector registers, and C.9 to C.17 for general ones. */
static void ctx_place_value(ctx_placer *placer, size_t size, const ctx_classes *classes,
                            ctx_place *out) {
  bool is_vector = classes->whole == CTX_CLASS_VECTOR;
  if (!is_vector && classes->align == 16) placer->num_gp = ctx_round_up(placer->num_gp, 2);
  size_t first =
      ctx_take_registers(is_vector ? &placer->num_vector : &placer->num_gp, classes->num);
  if (first == CTX_NUM_GP_REGISTERS) {
    ctx_place_in_memory(placer, size, classes->align, out);
    return;
  }
  out->where = CTX_WHERE_REGISTERS;
  out->num_pieces = classes->num;
  for (size_t i = 0; i < classes->num; i++) {
    out->pieces[i] = (ctx_piece){.is_vector = is_vector,
                                 .index = (uint8_t)(first + i),
                                 .from = (uint8_t)(i * classes->element_size),
                                 .size = (uint8_t)classes->element_size};
  }
}

/* Places a copy, and then its address (B.4). */
static void ctx_place_reference(ctx_placer *placer, const ctx_type *type, ctx_place *out) {
  static const ctx_classes address = {
      .whole = CTX_CLASS_INTEGER, .num = 1, .element_size = 8, .align = 8};
  size_t align = type->align > 8 ? type->align : 8;
  out->is_reference = true;
  out->copy = ctx_round_up(placer->copies_size, align);
  placer->copies_size = ctx_round_up(out->copy + type->size, 8);
  if (align > placer->copies_align) placer->copies_align = align;
  ctx_place_value(placer, sizeof(uint64_t), &address, out);
}

void ctx_place_next(ctx_placer *placer, const ctx_type *type, const ctx_classes *classes,
                    ctx_naming naming, ctx_place *out) {
  (void)naming;
  memset(out, 0, sizeof *out);
  switch (classes->whole) {
    case CTX_CLASS_NONE:
      return; /* nowhere */
    case CTX_CLASS_REFERENCE:
      ctx_place_reference(placer, type, out);
      break;
    case CTX_CLASS_INTEGER:
    case CTX_CLASS_VECTOR:
      ctx_place_value(placer, type->size, classes, out);
      if (out->where == CTX_WHERE_MEMORY && ctx_class_of_word(type->kind) == CTX_CLASS_NONE) {
        placer->has_padding = true;
      }
      break;
  }
  placer->memory_size = placer->slots_size + placer->copies_size;
}

void ctx_place_result(const ctx_type *type, const ctx_classes *classes, ctx_result_place *out) {
  memset(out, 0, sizeof *out);
  if (classes->whole == CTX_CLASS_NONE) return; /* nowhere */
  if (classes->whole == CTX_CLASS_REFERENCE) {
    out->where = CTX_WHERE_MEMORY; /* 6.9 */
    return;
  }
  out->where = CTX_WHERE_REGISTERS;
  out->num_pieces = classes->num;
  for (size_t i = 0; i < classes->num; i++) {
    size_t to = i * classes->element_size;
    size_t left = type->size - to;
    size_t first = classes->whole == CTX_CLASS_VECTOR ? CTX_RETURN_Q0 : CTX_RETURN_X0;
    out->pieces[i] = (ctx_return_piece){
        .source = (uint8_t)(first + i),
        .to = (uint8_t)to,
        .size = (uint8_t)(left < classes->element_size ? left : classes->element_size)};
  }
}

#endif
