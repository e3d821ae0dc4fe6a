#include "ctx/move.h"

#include "ctx/type_check.h"
#include "ctx/type_runs.h"

typedef struct ctx_mover {
  const ctx_place *place;
  const ctx_frame_plan *plan;
  ctx_move_visitor visit;
  void *data;
  uint32_t argument;
} ctx_mover;

static size_t ctx_mover_register(const ctx_mover *mover, const ctx_piece *piece) {
  if (piece->is_vector) return CTX_OFFSET_VECTOR((size_t)piece->index, mover->plan->vector_size);
  return offsetof(ctx_entry_frame, gp) + piece->index * sizeof(uint64_t);
}

static size_t ctx_mover_memory(const ctx_mover *mover) {
  return ctx_frame_entry_size(mover->plan) + mover->place->offset;
}

static void ctx_mover_emit(const ctx_mover *mover, ctx_load load, size_t from, size_t to,
                           size_t size) {
  ctx_move move = {mover->argument, (uint32_t)from, (uint32_t)to, (uint32_t)size};
  mover->visit(mover->data, load, &move);
}

/* A run of bytes that hold values: the part in each register, or all of it in memory. */
static void ctx_mover_run(void *data, size_t start, size_t size) {
  const ctx_mover *mover = data;
  if (mover->place->where == CTX_WHERE_MEMORY) {
    ctx_mover_emit(mover, CTX_LOAD_COPY, start, ctx_mover_memory(mover) + start, size);
    return;
  }
  for (size_t i = 0; i != mover->place->num_pieces; i++) {
    const ctx_piece *piece = &mover->place->pieces[i];
    size_t piece_end = (size_t)piece->from + piece->size;
    size_t from = start > piece->from ? start : piece->from;
    size_t end = start + size < piece_end ? start + size : piece_end;
    if (from >= end) continue;
    ctx_mover_emit(mover, end - from == sizeof(uint64_t) ? CTX_LOAD_U64 : CTX_LOAD_COPY, from,
                   ctx_mover_register(mover, piece) + from - piece->from, end - from);
  }
}

static ctx_load ctx_load_of(uint32_t kind) {
  switch ((ctx_kind)kind) {
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
      return CTX_LOAD_U64;
  }
}

void ctx_move_argument(const ctx_type *type, const ctx_place *place, const ctx_frame_plan *plan,
                       uint32_t argument, ctx_move_visitor visit, void *data) {
  ctx_mover mover = {place, plan, visit, data, argument};
  if (place->where == CTX_WHERE_NOWHERE) return;
  if (ctx_classify(type->kind) == CTX_CLASS_NONE) {
    ctx_type_visit_runs(type, ctx_mover_run, &mover);
    return;
  }
  /* A scalar: a whole register or slot. */
  size_t to = place->where == CTX_WHERE_MEMORY ? ctx_mover_memory(&mover)
                                               : ctx_mover_register(&mover, &place->pieces[0]);
  ctx_mover_emit(&mover, ctx_load_of(type->kind), 0, to, type->size);
}
