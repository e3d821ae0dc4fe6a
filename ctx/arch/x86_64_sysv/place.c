#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_X86_64_SYSV_

#include <string.h>

#include "ctx/arch/x86_64_sysv/layout.h"
#include "ctx/arch/x86_64_sysv/place.h"

/* Returns the bytes of the vector that begins at eightbyte `first`. */
static size_t ctx_vector_size(const ctx_classes *classes, size_t first) {
  size_t end = first + 1;
  while (end < classes->num && classes->eightbyte[end] == CTX_CLASS_SSEUP)
    end++;
  return (end - first) * 8;
}

static void ctx_place_in_memory(ctx_placer *placer, const ctx_type *type, ctx_place *out) {
  size_t align = type->align > 8 ? type->align : 8;
  out->where = CTX_WHERE_MEMORY;
  out->num_pieces = 0;
  out->offset = (placer->memory_size + align - 1) & ~(align - 1);
  placer->memory_size = (out->offset + type->size + 7) & ~(size_t)7;
  if (align > placer->memory_align) placer->memory_align = align;
  if (ctx_class_of_word(type->kind) == CTX_CLASS_NONE) placer->has_padding = true;
}

/* Takes a register for an eightbyte, and for the rest of its vector. False if none is left. */
static bool ctx_place_eightbyte(ctx_placer *placer, const ctx_classes *classes, size_t index,
                                ctx_piece *out) {
  out->is_vector = classes->eightbyte[index] == CTX_CLASS_SSE;
  out->from = (uint8_t)(index * 8);
  if (!out->is_vector) {
    out->size = 8;
    out->index = (uint8_t)placer->num_gp++;
    return out->index < CTX_NUM_GP_REGISTERS;
  }
  out->size = (uint8_t)ctx_vector_size(classes, index);
  out->index = (uint8_t)placer->num_vector++;
  if (out->size > placer->vector_size) placer->vector_size = out->size;
  return out->index < CTX_NUM_VECTOR_REGISTERS;
}

/* Returns false if not all of it is in registers (3.2.3, "Passing", 1 and 5). Then the placer and
 * *out are in any state. */
static bool ctx_place_in_registers(ctx_placer *placer, const ctx_classes *classes, ctx_place *out) {
  out->where = CTX_WHERE_REGISTERS;
  for (size_t i = 0; i != classes->num; i++) {
    ctx_class class = (ctx_class)classes->eightbyte[i];
    if (class == CTX_CLASS_NONE || class == CTX_CLASS_SSEUP) continue;
    if (class != CTX_CLASS_INTEGER && class != CTX_CLASS_SSE) return false;
    if (!ctx_place_eightbyte(placer, classes, i, &out->pieces[out->num_pieces])) return false;
    out->num_pieces++;
  }
  return true;
}

void ctx_place_next(ctx_placer *placer, const ctx_type *type, const ctx_classes *classes,
                    ctx_naming naming, ctx_place *out) {
  memset(out, 0, sizeof *out);
  if (classes->num == 0) return; /* nowhere */
  /* Unnamed vectors of more than 16 bytes go to memory: va_arg looks for them nowhere else. */
  bool is_wide_unnamed = naming == CTX_UNNAMED && ctx_classes_vector_size(classes) > CTX_SIZE_XMM;
  ctx_placer next = *placer;
  if (!is_wide_unnamed && ctx_place_in_registers(&next, classes, out)) {
    *placer = next;
  } else {
    ctx_place_in_memory(placer, type, out);
  }
}

void ctx_place_result(const ctx_type *type, const ctx_classes *classes, ctx_result_place *out) {
  memset(out, 0, sizeof *out);
  if (classes->num == 0) return; /* nowhere */
  out->where = CTX_WHERE_REGISTERS;
  uint8_t gp = CTX_RETURN_RAX, vector = CTX_RETURN_VECTOR0;
  for (size_t i = 0; i != classes->num; i++) {
    ctx_return_piece *piece = &out->pieces[out->num_pieces];
    size_t size = 8;
    switch ((ctx_class)classes->eightbyte[i]) {
      case CTX_CLASS_INTEGER:
        piece->source = gp++;
        break;
      case CTX_CLASS_SSE:
        piece->source = vector++;
        size = ctx_vector_size(classes, i);
        break;
      case CTX_CLASS_X87:
        piece->source = CTX_RETURN_ST0;
        size = 10;
        break;
      case CTX_CLASS_COMPLEX_X87: /* "Returning", 8: one half in st0, one in st1 */
        out->pieces[0] = (ctx_return_piece){CTX_RETURN_ST0, 0, 10};
        out->pieces[1] = (ctx_return_piece){CTX_RETURN_ST1, 16, 10};
        out->num_pieces = 2;
        return;
      case CTX_CLASS_MEMORY:
        out->where = CTX_WHERE_MEMORY;
        return;
      case CTX_CLASS_NONE:
      case CTX_CLASS_SSEUP:
      case CTX_CLASS_X87UP:
        continue;
    }
    piece->to = (uint8_t)(i * 8);
    size_t left = type->size - piece->to;
    piece->size = (uint8_t)(size < left ? size : left);
    out->num_pieces++;
  }
}

#endif
