#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_X86_64_SYSV_

#include "ctx/arch/scalars.h"
#include "ctx/arch/x86_64_sysv/classify.h"
#include "ctx/arch/x86_64_sysv/layout.h"

ctx_load ctx_scalar_load(uint32_t kind) {
  switch (kind) {
    case CTX_KIND_U8:
    case CTX_KIND_BOOL:
      return CTX_LOAD_U8;
    case CTX_KIND_U16:
      return CTX_LOAD_U16;
    case CTX_KIND_U32:
    case CTX_KIND_GUEST_PTR:
    case CTX_KIND_F32:
      return CTX_LOAD_U32;
    case CTX_KIND_I8:
      return CTX_LOAD_I8;
    case CTX_KIND_I16:
      return CTX_LOAD_I16;
    case CTX_KIND_I32:
      return CTX_LOAD_I32;
    default:
      return ctx_class_of_word(kind) != CTX_CLASS_NONE ? CTX_LOAD_U64 : CTX_LOAD_COPY;
  }
}

static size_t ctx_excess(size_t num, size_t limit) { return num > limit ? num - limit : 0; }

bool ctx_scalars_plan(ctx_frame_plan *plan, const ctx_value *args, size_t num_args) {
  /* The arguments are counted before any is written: their number decides where the first one in
   * memory lies, and a bad one must be found in time. The loop has no branches, since nobody can
   * predict which class comes next. Kinds are taken less one, so that NONE becomes the highest. */
  size_t num_sse = 0;
  uint32_t highest = 0;
  for (size_t i = 0; i < num_args; i++) {
    uint32_t kind = args[i].kind - 1;
    num_sse += kind >= CTX_KIND_F32 - 1;
    highest = kind > highest ? kind : highest;
  }
  if (highest > CTX_KIND_F64 - 1) return false;
  size_t num_slots = ctx_excess(num_args - num_sse, CTX_NUM_GP_REGISTERS) +
                     ctx_excess(num_sse, CTX_NUM_VECTOR_REGISTERS);
  num_slots += num_slots % 2; /* psABI 3.2.2: the end of the argument area is 16-byte aligned */
  *plan = (ctx_frame_plan){
      .has_entry = num_args != 0,
      .vector_size = CTX_SIZE_SCALAR,
      .num_vector =
          (uint32_t)(num_sse < CTX_NUM_VECTOR_REGISTERS ? num_sse : CTX_NUM_VECTOR_REGISTERS),
      .memory_size = (uint32_t)(num_slots * sizeof(uint64_t)),
  };
  return true;
}

void ctx_scalars_write(char *frame, const ctx_value *args, size_t num_args) {
  uint64_t *gp = ((ctx_entry_frame *)(void *)frame)->gp;
  uint64_t *sse = (uint64_t *)(void *)(frame + CTX_OFFSET_VECTORS);
  uint64_t *slot = (uint64_t *)(void *)(frame + CTX_SIZE_ENTRY_FRAME(CTX_SIZE_SCALAR));
  size_t num_gp = 0;
  size_t num_sse = 0;
  size_t i = 0;
  for (; i < num_args; i++) {
    if (ctx_class_of_word(args[i].kind) == CTX_CLASS_INTEGER) {
      if (num_gp < CTX_NUM_GP_REGISTERS) {
        gp[num_gp++] = args[i].bits;
        continue;
      }
    } else if (num_sse < CTX_NUM_VECTOR_REGISTERS) {
      sse[num_sse++] = args[i].bits;
      continue;
    }
    if (num_gp + num_sse == CTX_NUM_GP_REGISTERS + CTX_NUM_VECTOR_REGISTERS) break;
    *slot++ = args[i].bits;
  }
  /* Once the registers are full the class no longer matters. */
  for (; i < num_args; i++)
    *slot++ = args[i].bits;
}

#endif
