#include "ctx/type_runs.h"

#include "ctx/type_check.h"

#define CTX_X87_SIZE 10

/* Joins runs that touch, before they are visited. */
typedef struct ctx_runs {
  ctx_run_visitor visit;
  void *data;
  size_t start;
  size_t end;
} ctx_runs;

static void ctx_runs_flush(ctx_runs *runs) {
  if (runs->end != runs->start) runs->visit(runs->data, runs->start, runs->end - runs->start);
}

static void ctx_runs_add(ctx_runs *runs, size_t offset, size_t size) {
  if (offset != runs->end) {
    ctx_runs_flush(runs);
    runs->start = offset;
  }
  runs->end = offset + size;
}

static void ctx_runs_of(ctx_runs *runs, const ctx_type *type, size_t offset);

static void ctx_runs_of_member(ctx_runs *runs, const ctx_member *member, size_t offset) {
  const ctx_type *element = member->type;
  size_t count = element->size != 0 ? ctx_member_count(member) : 0;
  if (member->bit_width != 0) {
    size_t first = member->bit_offset / 8;
    size_t last = (member->bit_offset + member->bit_width - 1) / 8;
    ctx_runs_add(runs, offset + first, last - first + 1);
  } else if (ctx_type_is_solid(element)) {
    ctx_runs_add(runs, offset, count * element->size);
  } else {
    for (size_t i = 0; i < count; i++)
      ctx_runs_of(runs, element, offset + i * element->size);
  }
}

static void ctx_runs_of(ctx_runs *runs, const ctx_type *type, size_t offset) {
  if (ctx_type_is_aggregate(type)) {
    for (size_t i = 0; i < type->num_members; i++)
      ctx_runs_of_member(runs, &type->members[i], offset + type->members[i].offset);
  } else if (type->kind == CTX_KIND_COMPLEX_LONG_DOUBLE) {
    ctx_runs_add(runs, offset, CTX_X87_SIZE);
    ctx_runs_add(runs, offset + type->size / 2, CTX_X87_SIZE);
  } else {
    ctx_runs_add(runs, offset, type->kind == CTX_KIND_LONG_DOUBLE ? CTX_X87_SIZE : type->size);
  }
}

void ctx_type_visit_runs(const ctx_type *type, ctx_run_visitor visit, void *data) {
  ctx_runs runs = {.visit = visit, .data = data};
  ctx_runs_of(&runs, type, 0);
  ctx_runs_flush(&runs);
}
