#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_RISCV64_LP64D_

#include <string.h>

#include "ctx/arch/riscv64_lp64d/classify.h"
#include "ctx/arch/scalars.h"

/* An integer is widened by its own sign to 32 bits, and then by the sign of these. (A guest pointer
 * is an address, and widened by zeros.) A float is copied, since the rest of its register is
 * written beforehand: see ctx_frame_write_boxes. */
ctx_load ctx_scalar_load(uint32_t kind) {
  switch (kind) {
    case CTX_KIND_U8:
    case CTX_KIND_BOOL:
      return CTX_LOAD_U8;
    case CTX_KIND_U16:
      return CTX_LOAD_U16;
    case CTX_KIND_I8:
      return CTX_LOAD_I8;
    case CTX_KIND_I16:
      return CTX_LOAD_I16;
    case CTX_KIND_U32:
    case CTX_KIND_I32:
      return CTX_LOAD_I32;
    case CTX_KIND_GUEST_PTR:
      return CTX_LOAD_U32;
    case CTX_KIND_F32:
      return CTX_LOAD_COPY;
    default:
      return ctx_class_of_word(kind) != CTX_CLASS_NONE ? CTX_LOAD_U64 : CTX_LOAD_COPY;
  }
}

static size_t ctx_excess(size_t num, size_t limit) { return num > limit ? num - limit : 0; }

bool ctx_scalars_plan(ctx_frame_plan *plan, const ctx_value *args, size_t num_args) {
  /* As aarch64_aapcs64, except: numbers after an ellipsis, and those for which no floating-point
   * register is left, take general ones. */
  size_t num_float = 0;
  uint32_t highest = 0;
  for (size_t i = 0; i < num_args; i++) {
    uint32_t kind = args[i].kind - 1;
    num_float += (kind >= CTX_KIND_F32 - 1) & (args[i].is_unnamed == 0);
    highest = kind > highest ? kind : highest;
  }
  if (highest > CTX_KIND_F64 - 1) return false;
  size_t num_words = num_args - num_float + ctx_excess(num_float, CTX_NUM_FP_REGISTERS);
  size_t num_slots = ctx_excess(num_words, CTX_NUM_GP_REGISTERS);
  num_slots += num_slots % 2; /* sp is aligned to 16 */
  *plan = (ctx_frame_plan){
      .has_entry = num_args != 0,
      .slots_size = (uint32_t)(num_slots * sizeof(uint64_t)),
  };
  return true;
}

/* Returns the bits of an argument in a general register or slot: the value has an unsigned integer
 * of 32 bits widened by zeros. */
static uint64_t ctx_scalar_word(const ctx_value *value) {
  return value->kind == CTX_KIND_U32 ? (uint64_t)(int64_t)(int32_t)value->bits : value->bits;
}

static uint64_t ctx_scalar_float(const ctx_value *value) {
  return value->kind == CTX_KIND_F32 ? value->bits | CTX_FP_BOXED << 32 : value->bits;
}

void ctx_scalars_write(char *frame, const ctx_value *args, size_t num_args) {
  ctx_entry_frame *entry = (ctx_entry_frame *)(void *)frame;
  uint64_t *slot = (uint64_t *)(void *)(frame + sizeof *entry);
  size_t num_gp = 0;
  size_t num_fp = 0;
  for (size_t i = 0; i < num_args; i++) {
    bool is_float = ctx_class_of_word(args[i].kind) == CTX_CLASS_FLOAT && !args[i].is_unnamed;
    if (is_float && num_fp < CTX_NUM_FP_REGISTERS) {
      entry->fp[num_fp++] = ctx_scalar_float(&args[i]);
    } else if (num_gp < CTX_NUM_GP_REGISTERS) {
      entry->gp[num_gp++] = ctx_scalar_word(&args[i]);
    } else {
      *slot++ = ctx_scalar_word(&args[i]);
    }
  }
}

#endif
