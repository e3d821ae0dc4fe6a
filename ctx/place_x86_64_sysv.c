#include "ctx/place_x86_64_sysv.h"

#include <string.h>

#include "ctx/cpu_x86_64.h"
#include "ctx/type_check.h"
#include "ctx/type_error.h"

/* Before main, so that no thread has to be told, and before all constructors but those of the
 * implementation (priorities up to 100). Here, since whatever makes a context, or a signature, is
 * linked with this file. */
__attribute__((constructor(101))) static void ctx_ask_cpu(void) {
  const ctx_cpu_words words = ctx_cpu_read();
  ctx_asm_vector_size = ctx_cpu_vector_size(&words);
}

/* The bytes of the register in which the vector that begins at eightbyte `first` ends. */
static size_t ctx_vector_size(const ctx_classes *classes, size_t first) {
  size_t end = first + 1;
  while (end < classes->num && classes->eightbyte[end] == CTX_CLASS_SSEUP)
    end++;
  return (end - first) * 8;
}

static ctx_status ctx_check_processor(const ctx_type *type, size_t vector_size) {
  if (vector_size <= ctx_asm_vector_size) return CTX_OK;
  return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "%s: this processor has no registers of %zu bytes",
                       ctx_type_name(type), vector_size);
}

/* Checks and classifies; on CTX_OK *vector_size is, if above 16, that of the register it would
 * need: more than two eightbytes are in vector registers only as one vector. */
static ctx_status ctx_place_classify(const ctx_type *type, ctx_classes *classes,
                                     size_t *vector_size) {
  ctx_status status = ctx_type_check(type);
  if (status != CTX_OK) return status;
  status = ctx_classify_type(type, classes);
  if (status != CTX_OK) return status;
  *vector_size = classes->eightbyte[0] == CTX_CLASS_SSE ? classes->num * 8 : 0;
  return CTX_OK;
}

static void ctx_place_in_memory(ctx_placer *placer, const ctx_type *type, ctx_place *out) {
  size_t align = type->align > 8 ? type->align : 8;
  out->where = CTX_WHERE_MEMORY;
  out->num_pieces = 0;
  out->offset = (placer->memory_size + align - 1) & ~(align - 1);
  placer->memory_size = (out->offset + type->size + 7) & ~(size_t)7;
  if (align > placer->memory_align) placer->memory_align = align;
  if (ctx_classify(type->kind) == CTX_CLASS_NONE) placer->has_padding = true;
}

/* A 128-bit integer is two eightbytes that are passed as a struct of two (3.2.3, figure 3.4), but
 * clang before 18 splits it between r9 and memory, and does not align it there. */
static bool ctx_place_is_disputed(const ctx_placer *placer, const ctx_type *type) {
  if (type->kind != CTX_KIND_I128 && type->kind != CTX_KIND_U128) return false;
  if (placer->num_gp + 2 <= CTX_NUM_GP_REGISTERS) return false;
  return placer->num_gp < CTX_NUM_GP_REGISTERS || placer->memory_size % 16 != 0;
}

ctx_status ctx_place_next(ctx_placer *placer, const ctx_type *type, ctx_naming naming,
                          ctx_place *out) {
  ctx_classes classes;
  size_t vector_size;
  ctx_status status = ctx_place_classify(type, &classes, &vector_size);
  if (status != CTX_OK) return status;
  if (type->kind == CTX_KIND_VOID) {
    return ctx_type_fail(CTX_ERR_BAD_TYPE, "void is no argument");
  }
  if (naming == CTX_UNNAMED && type->kind == CTX_KIND_F32) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE,
                         "%s: after an ellipsis C passes a double instead", ctx_type_name(type));
  }
  if (naming == CTX_NAMED && vector_size > CTX_SIZE_XMM) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE,
                         "%s: compilers disagree on where a named vector of more than 16 bytes "
                         "goes if there is an ellipsis",
                         ctx_type_name(type));
  }
  if (naming == CTX_UNNAMED && vector_size > CTX_SIZE_XMM && ctx_type_has_union(type)) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE,
                         "%s: compilers disagree on where a union of a vector of more than 16 "
                         "bytes goes after an ellipsis",
                         ctx_type_name(type));
  }
  if (ctx_place_is_disputed(placer, type)) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE,
                         "%s: compilers disagree on where it goes when one general register is "
                         "left, or memory that is not aligned for it",
                         ctx_type_name(type));
  }
  if (CTX_TYPE_MAX_SIZE - placer->memory_size < type->size + type->align) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "the arguments in memory exceed %zu bytes",
                         CTX_TYPE_MAX_SIZE);
  }

  memset(out, 0, sizeof *out);
  ctx_placer next = *placer;
  if (classes.num == 0) return CTX_OK; /* nowhere */
  /* 3.2.3, "Passing", 1 and 5: all of it in registers, or none. Unnamed vectors above 16 bytes go
   * to memory: what va_arg looks for in registers is no wider. */
  bool in_memory = naming == CTX_UNNAMED && vector_size > CTX_SIZE_XMM;
  for (size_t i = 0; i != classes.num && !in_memory; i++) {
    ctx_class class = (ctx_class)classes.eightbyte[i];
    if (class == CTX_CLASS_NONE || class == CTX_CLASS_SSEUP) continue;
    in_memory = class != CTX_CLASS_INTEGER && class != CTX_CLASS_SSE;
    if (in_memory) break;
    ctx_piece *piece = &out->pieces[out->num_pieces++];
    piece->is_vector = class == CTX_CLASS_SSE;
    piece->from = (uint8_t)(i * 8);
    if (piece->is_vector) {
      in_memory = next.num_vector == CTX_NUM_VECTOR_REGISTERS;
      piece->index = (uint8_t)next.num_vector++;
      piece->size = (uint8_t)ctx_vector_size(&classes, i);
      if (piece->size > next.vector_size) next.vector_size = piece->size;
    } else {
      in_memory = next.num_gp == CTX_NUM_GP_REGISTERS;
      piece->index = (uint8_t)next.num_gp++;
      piece->size = 8;
    }
  }
  if (in_memory) {
    ctx_place_in_memory(placer, type, out);
    return CTX_OK;
  }
  status = ctx_check_processor(type, vector_size);
  if (status != CTX_OK) return status;
  out->where = CTX_WHERE_REGISTERS;
  *placer = next;
  return CTX_OK;
}

ctx_status ctx_place_result(const ctx_type *type, ctx_result_place *out) {
  memset(out, 0, sizeof *out);
  ctx_classes classes;
  size_t vector_size;
  ctx_status status = ctx_place_classify(type, &classes, &vector_size);
  if (status != CTX_OK || classes.num == 0) return status;
  status = ctx_check_processor(type, vector_size);
  if (status != CTX_OK) return status;
  out->where = CTX_WHERE_REGISTERS;
  uint8_t gp = CTX_RETURN_RAX, vector = CTX_RETURN_VECTOR0;
  for (size_t i = 0; i != classes.num; i++) {
    ctx_return_piece *piece = &out->pieces[out->num_pieces];
    size_t size = 8;
    switch ((ctx_class)classes.eightbyte[i]) {
      case CTX_CLASS_INTEGER:
        piece->source = gp++;
        break;
      case CTX_CLASS_SSE:
        piece->source = vector++;
        size = ctx_vector_size(&classes, i);
        break;
      case CTX_CLASS_X87:
        piece->source = CTX_RETURN_ST0;
        size = 10;
        break;
      case CTX_CLASS_COMPLEX_X87: /* 4: the real part in st0, the imaginary one in st1 */
        out->pieces[0] = (ctx_return_piece){CTX_RETURN_ST0, 0, 10};
        out->pieces[1] = (ctx_return_piece){CTX_RETURN_ST1, 16, 10};
        out->num_pieces = 2;
        return CTX_OK;
      case CTX_CLASS_MEMORY:
        out->where = CTX_WHERE_MEMORY;
        return CTX_OK;
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
  return CTX_OK;
}
