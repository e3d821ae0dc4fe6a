#include "ctx/call/move.h"

#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(frame.h)
#include "ctx/arch/scalars.h"

void ctx_moves_begin(ctx_moves *moves, const ctx_type *type, const ctx_place *place,
                     const ctx_frame_plan *plan) {
  moves->num_parts = ctx_frame_parts(plan, type, place, moves->parts);
  if (CTX_HAS_REFERENCES && !ctx_frame_reference(plan, place, &moves->reference)) {
    moves->reference.size = 0;
  }
  moves->word = ctx_scalar_load(type->kind);
  if (moves->word != CTX_LOAD_COPY) {
    moves->part = 0;
    moves->run = (ctx_run){0, type->size};
  } else {
    moves->part = moves->num_parts; /* there is no run yet */
    ctx_runs_begin(&moves->runs, type);
  }
}

/* A word is moved at once, to all of its register or slot. */
static bool ctx_moves_next_word(ctx_moves *moves, ctx_move *out) {
  if (moves->run.size == 0 || moves->num_parts == 0) return false;
  *out = (ctx_move){moves->word, 0, moves->parts[0].to, (uint32_t)moves->run.size};
  moves->run.size = 0;
  return true;
}

/* A run of bytes that hold values is moved in pieces, one for each part that it lies in. */
bool ctx_moves_next(ctx_moves *moves, ctx_move *out) {
  if (moves->word != CTX_LOAD_COPY) return ctx_moves_next_word(moves, out);
  if (CTX_HAS_REFERENCES && moves->reference.size != 0) {
    *out = (ctx_move){CTX_LOAD_ADDRESS, moves->reference.from, moves->reference.to,
                      moves->reference.size};
    moves->reference.size = 0;
    return true;
  }
  for (;;) {
    if (moves->part == moves->num_parts) {
      if (!ctx_runs_next(&moves->runs, &moves->run)) return false;
      moves->part = 0;
      continue;
    }
    const ctx_part *part = &moves->parts[moves->part++];
    size_t run_end = moves->run.offset + moves->run.size;
    size_t part_end = (size_t)part->from + part->size;
    size_t from = moves->run.offset > part->from ? moves->run.offset : part->from;
    size_t end = run_end < part_end ? run_end : part_end;
    if (from >= end) continue;
    out->load = end - from == sizeof(uint64_t) ? CTX_LOAD_U64 : CTX_LOAD_COPY;
    out->from = (uint32_t)from;
    out->to = (uint32_t)(part->to + from - part->from);
    out->size = (uint32_t)(end - from);
    return true;
  }
}
