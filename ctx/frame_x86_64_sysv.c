#include "ctx/frame_x86_64_sysv.h"

#include "ctx/asm.h"
#include "ctx/classify_x86_64_sysv.h"

static size_t ctx_excess(size_t num, size_t limit) { return num > limit ? num - limit : 0; }

size_t ctx_frame_size(const ctx_value *args, size_t num_args) {
  /* Where the first argument in memory lies depends on how many there are: so they are counted
   * before any is placed, and a bad one is found before anything is written. */
  size_t num_sse = 0;
  for (size_t i = 0; i < num_args; i++) {
    ctx_class class = ctx_classify(args[i].kind);
    if (class == CTX_CLASS_NONE) return 0;
    num_sse += class == CTX_CLASS_SSE;
  }
  if (num_args == 0) return sizeof(ctx_root_frame);
  size_t num_slots = ctx_excess(num_args - num_sse, CTX_NUM_GP_REGISTERS) +
                     ctx_excess(num_sse, CTX_NUM_SSE_REGISTERS);
  num_slots += num_slots % 2; /* psABI 3.2.2: the end of the argument area is 16-byte aligned */
  return sizeof(ctx_root_frame) + num_slots * sizeof(uint64_t) + sizeof(ctx_entry_frame);
}

char *ctx_frame_build(char *end, size_t size, ctx_context *context, const ctx_value *args,
                      size_t num_args) {
  ctx_root_frame *root = (ctx_root_frame *)(void *)(end - sizeof *root);
  *root = (ctx_root_frame){.context = context, .unwind_end = (uint64_t)(uintptr_t)ctx_asm_orphan};
  if (num_args == 0) return (char *)root;

  ctx_entry_frame *entry = (ctx_entry_frame *)(void *)(end - size);
  *entry = (ctx_entry_frame){.num_vector = 0};
  uint64_t *slot = (uint64_t *)(entry + 1);
  size_t num_gp = 0;
  size_t num_sse = 0;
  for (size_t i = 0; i < num_args; i++) {
    if (ctx_classify(args[i].kind) == CTX_CLASS_INTEGER) {
      *(num_gp < CTX_NUM_GP_REGISTERS ? &entry->gp[num_gp++] : slot++) = args[i].bits;
    } else {
      *(num_sse < CTX_NUM_SSE_REGISTERS ? &entry->sse[num_sse++] : slot++) = args[i].bits;
    }
  }
  entry->num_vector = num_sse;
  if (slot != (uint64_t *)(void *)root) *slot = 0; /* the padding of an odd number of slots */
  return (char *)entry;
}
