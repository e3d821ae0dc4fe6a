#include "ctx/frame_x86_64_sysv.h"

#include <string.h>

#include "ctx/classify_x86_64_sysv.h"

static size_t ctx_excess(size_t num, size_t limit) { return num > limit ? num - limit : 0; }

size_t ctx_frame_size(const ctx_value *args, size_t num_args) {
  if (num_args == 0) return sizeof(ctx_root_frame);
  /* Where the first argument in memory lies depends on how many there are: so they are counted
   * before any is placed, and a bad one is found before anything is written. No branches: which
   * class comes next cannot be predicted. */
  size_t num_sse = 0;
  bool bad = false;
  for (size_t i = 0; i < num_args; i++) {
    num_sse += ctx_classify(args[i].kind) == CTX_CLASS_SSE;
    bad |= ctx_classify(args[i].kind) == CTX_CLASS_NONE;
  }
  if (bad) return 0;
  size_t num_slots = ctx_excess(num_args - num_sse, CTX_NUM_GP_REGISTERS) +
                     ctx_excess(num_sse, CTX_NUM_SSE_REGISTERS);
  num_slots += num_slots % 2; /* psABI 3.2.2: the end of the argument area is 16-byte aligned */
  return sizeof(ctx_root_frame) + num_slots * sizeof(uint64_t) + sizeof(ctx_entry_frame);
}

ctx_entry_frame *ctx_frame_build_entry(char *end, size_t size, const ctx_value *args,
                                       size_t num_args) {
  const void *end_of_slots = end - sizeof(ctx_root_frame);
  ctx_entry_frame *entry = (ctx_entry_frame *)(void *)(end - size);
  /* In parts that compilers clear in place: for the whole they take a string instruction, which
   * takes longer to start than all else here. */
  _Static_assert(sizeof *entry == 4 * 32, "four parts");
  memset((char *)entry, 0, 32);
  memset((char *)entry + 32, 0, 32);
  memset((char *)entry + 64, 0, 32);
  memset((char *)entry + 96, 0, 32);

  uint64_t *slot = (uint64_t *)(entry + 1);
  size_t num_gp = 0;
  size_t num_sse = 0;
  size_t i = 0;
  for (; i < num_args; i++) {
    if (ctx_classify(args[i].kind) == CTX_CLASS_INTEGER) {
      if (num_gp < CTX_NUM_GP_REGISTERS) {
        entry->gp[num_gp++] = args[i].bits;
        continue;
      }
    } else if (num_sse < CTX_NUM_SSE_REGISTERS) {
      entry->sse[num_sse++] = args[i].bits;
      continue;
    }
    if (num_gp + num_sse == CTX_NUM_GP_REGISTERS + CTX_NUM_SSE_REGISTERS) break;
    *slot++ = args[i].bits;
  }
  entry->num_vector = num_sse;
  /* Once the registers are full the class no longer matters. */
  for (; i < num_args; i++)
    *slot++ = args[i].bits;
  if ((const void *)slot != end_of_slots) *slot = 0; /* the padding of an odd number of slots */
  return entry;
}
