#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_X86_64_SYSV_

#include <string.h>

#include "ctx/arch/x86_64_sysv/frame.h"
#include "ctx/arch/x86_64_sysv/layout.h"

static size_t ctx_round_up(size_t size, size_t align) { return (size + align - 1) & ~(align - 1); }

static char *ctx_round_down(char *address, size_t align) {
  return address - ((uintptr_t)address & (align - 1));
}

/* Returns the most bytes that aligning an address costs which is aligned to 16 already; 0 for 0. */
static size_t ctx_gap(size_t align) { return align > 16 ? align - 16 : 0; }

void ctx_frame_plan_call(ctx_frame_plan *plan, const ctx_placer *placer, const ctx_type *type,
                         const ctx_result_place *result) {
  memset(plan, 0, sizeof *plan);
  for (size_t i = 0; i != result->num_pieces; i++) {
    const ctx_return_piece *piece = &result->pieces[i];
    bool is_x87 = piece->source == CTX_RETURN_ST0 || piece->source == CTX_RETURN_ST1;
    bool is_vector0 = piece->source == CTX_RETURN_VECTOR0;
    if (is_x87) plan->num_x87++;
    if (is_vector0) plan->result_vector = piece->size;
    /* The other registers have a field in every context. */
    if (is_x87 || piece->source == CTX_RETURN_XMM1 || (is_vector0 && piece->size > CTX_SIZE_XMM)) {
      plan->is_wide = true;
    }
  }
  if (result->where == CTX_WHERE_MEMORY) {
    plan->is_wide = true;
    plan->result_size = (uint32_t)type->size;
    plan->result_align = (uint32_t)type->align;
  }
  plan->num_vector = (uint32_t)placer->num_vector;
  plan->memory_size = (uint32_t)ctx_round_up(placer->memory_size, 16);
  plan->memory_align = placer->memory_align > 16 ? (uint32_t)placer->memory_align : 16;
  plan->has_padding = placer->has_padding;
  if (placer->vector_size > CTX_SIZE_SCALAR || plan->memory_align > 16) plan->is_wide = true;
  plan->has_entry = plan->is_wide || placer->num_gp + placer->num_vector + placer->memory_size != 0;
  plan->vector_size = !plan->is_wide                       ? CTX_SIZE_SCALAR
                      : placer->vector_size > CTX_SIZE_XMM ? (uint32_t)placer->vector_size
                                                           : CTX_SIZE_XMM;
}

size_t ctx_frame_result_size(const ctx_frame_plan *plan) {
  return ctx_round_up(plan->result_size, 16) + ctx_gap(plan->result_align);
}

size_t ctx_frame_size_wide(const ctx_frame_plan *plan) {
  return sizeof(ctx_root_frame_) + sizeof(ctx_result_frame_) + ctx_frame_entry_size(plan) +
         plan->memory_size + ctx_gap(plan->memory_align) + ctx_frame_result_size(plan);
}

char *ctx_frame_build_wide(const ctx_frame_plan *plan, char *end, void *result) {
  char *at = end - sizeof(ctx_root_frame_) - sizeof(ctx_result_frame_);
  ctx_result_frame_ *results = (ctx_result_frame_ *)(void *)at;
  if (result == NULL) {
    at = ctx_round_down(at - plan->result_size, plan->result_align > 16 ? plan->result_align : 16);
    result = at;
  }
  results->memory = plan->result_size != 0 ? result : NULL;
  results->memory_size = plan->result_size;
  results->num_x87 = plan->num_x87;
  results->vector_size = plan->result_vector;

  size_t entry_size = ctx_frame_entry_size(plan);
  at = ctx_round_down(at - plan->memory_size, plan->memory_align) - entry_size;
  memset(at, 0, entry_size + plan->memory_size);
  ctx_entry_frame *entry = (ctx_entry_frame *)(void *)at;
  entry->gp[0] = (uint64_t)(uintptr_t)results->memory;
  entry->num_vector = plan->num_vector;
  entry->vector_size = plan->vector_size;
  return at;
}

size_t ctx_frame_parts(const ctx_frame_plan *plan, const ctx_type *type, const ctx_place *place,
                       ctx_part parts[CTX_MAX_PARTS]) {
  if (place->where == CTX_WHERE_MEMORY) {
    size_t to = ctx_frame_entry_size(plan) + place->offset;
    parts[0] = (ctx_part){.size = (uint32_t)type->size, .to = (uint32_t)to};
    return 1;
  }
  for (size_t i = 0; i < place->num_pieces; i++) {
    const ctx_piece *piece = &place->pieces[i];
    size_t to = piece->is_vector ? CTX_OFFSET_VECTOR((size_t)piece->index, plan->vector_size)
                                 : offsetof(ctx_entry_frame, gp) + piece->index * sizeof(uint64_t);
    parts[i] = (ctx_part){.from = piece->from, .size = piece->size, .to = (uint32_t)to};
  }
  return place->num_pieces;
}

#endif
