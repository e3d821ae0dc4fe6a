#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_RISCV64_LP64D_

#include <string.h>

#include "ctx/arch/riscv64_lp64d/frame.h"

static size_t ctx_round_up(size_t size, size_t align) { return (size + align - 1) & ~(align - 1); }

static char *ctx_round_down(char *address, size_t align) {
  return address - ((uintptr_t)address & (align - 1));
}

/* Returns the most bytes that aligning an address costs which is aligned to 16 already; 0 for 0. */
static size_t ctx_gap(size_t align) { return align > 16 ? align - 16 : 0; }

void ctx_frame_plan_call(ctx_frame_plan *plan, const ctx_placer *placer, const ctx_type *type,
                         const ctx_result_place *result) {
  memset(plan, 0, sizeof *plan);
  if (result->where == CTX_WHERE_MEMORY) {
    plan->is_wide = true;
    plan->result_size = (uint32_t)type->size;
    plan->result_align = (uint32_t)type->align;
  }
  plan->slots_size = (uint32_t)ctx_round_up(placer->slots_size, 16);
  plan->copies_size = (uint32_t)ctx_round_up(placer->copies_size, 16);
  plan->copies_align = placer->copies_align > 16 ? (uint32_t)placer->copies_align : 16;
  plan->has_padding = placer->has_padding;
  plan->boxed = placer->boxed;
  plan->has_more = plan->is_wide || plan->copies_size != 0;
  plan->has_entry = plan->has_more || placer->num_gp + placer->num_fp + placer->slots_size != 0;
}

size_t ctx_frame_result_size(const ctx_frame_plan *plan) {
  return ctx_round_up(plan->result_size, 16) + ctx_gap(plan->result_align);
}

size_t ctx_frame_size_more(const ctx_frame_plan *plan) {
  return sizeof(ctx_root_frame_) + (plan->is_wide ? sizeof(ctx_result_frame_) : 0) +
         ctx_frame_result_size(plan) + ctx_gap(plan->copies_align) + plan->copies_size +
         plan->slots_size + sizeof(ctx_entry_frame);
}

/* Writes the result frame that ends at `end`. The result goes to `result`, or, if that is null,
 * below the frame. Returns where what has been laid out begins. */
static char *ctx_frame_build_result(const ctx_frame_plan *plan, char *end, void *result) {
  ctx_result_frame_ *frame = (ctx_result_frame_ *)(void *)(end - sizeof(ctx_result_frame_));
  char *at = (char *)frame;
  if (result == NULL) {
    size_t align = plan->result_align > 16 ? plan->result_align : 16;
    at = ctx_round_down(at - plan->result_size, align);
    result = at;
  }
  frame->memory = result;
  frame->memory_size = plan->result_size;
  return at;
}

char *ctx_frame_build_more(const ctx_frame_plan *plan, char *end, void *result) {
  char *root = end - sizeof(ctx_root_frame_);
  char *at = plan->is_wide ? ctx_frame_build_result(plan, root, result) : root;
  char *copies = ctx_round_down(at - plan->copies_size, plan->copies_align);
  char *slots = copies - plan->slots_size;
  memset(slots, 0, plan->slots_size + plan->copies_size);
  ctx_entry_frame *entry = (ctx_entry_frame *)(void *)slots - 1;
  ctx_frame_write_boxes(plan, entry);
  if (plan->is_wide) {
    entry->results = (ctx_result_frame_ *)(void *)root - 1;
    entry->gp[0] = (uint64_t)(uintptr_t)entry->results->memory;
  }
  return (char *)entry;
}

/* All offsets below are in bytes, from the entry frame's start. */

/* Returns where copies begin. */
static size_t ctx_frame_copies(const ctx_frame_plan *plan) {
  return sizeof(ctx_entry_frame) + plan->slots_size;
}

static size_t ctx_frame_slot(const ctx_place *place) {
  return sizeof(ctx_entry_frame) + place->offset;
}

static size_t ctx_frame_register(const ctx_piece *piece) {
  size_t registers =
      piece->is_float ? offsetof(ctx_entry_frame, fp) : offsetof(ctx_entry_frame, gp);
  return registers + piece->index * sizeof(uint64_t);
}

size_t ctx_frame_parts(const ctx_frame_plan *plan, const ctx_type *type, const ctx_place *place,
                       ctx_part parts[CTX_MAX_PARTS]) {
  if (place->is_reference || place->where == CTX_WHERE_MEMORY) {
    size_t to = place->is_reference ? ctx_frame_copies(plan) + place->copy : ctx_frame_slot(place);
    parts[0] = (ctx_part){.size = (uint32_t)type->size, .to = (uint32_t)to};
    return 1;
  }
  for (size_t i = 0; i < place->num_pieces; i++) {
    const ctx_piece *piece = &place->pieces[i];
    parts[i] = (ctx_part){
        .from = piece->from, .size = piece->size, .to = (uint32_t)ctx_frame_register(piece)};
  }
  if (!place->is_split) return place->num_pieces;
  parts[1] = (ctx_part){.from = sizeof(uint64_t),
                        .size = (uint32_t)(type->size - sizeof(uint64_t)),
                        .to = (uint32_t)ctx_frame_slot(place)};
  return 2;
}

bool ctx_frame_reference(const ctx_frame_plan *plan, const ctx_place *place, ctx_part *out) {
  if (!place->is_reference) return false;
  size_t to = place->where == CTX_WHERE_MEMORY ? ctx_frame_slot(place)
                                               : ctx_frame_register(&place->pieces[0]);
  *out = (ctx_part){.from = (uint32_t)(ctx_frame_copies(plan) + place->copy),
                    .size = sizeof(uint64_t),
                    .to = (uint32_t)to};
  return true;
}

#endif
