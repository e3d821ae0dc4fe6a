#include "ctx/type/runs.h"

#include "ctx/kind.h"

void ctx_runs_begin(ctx_runs *runs, const ctx_type *type) {
  runs->root_member = (ctx_member){.type = type, .count = 1};
  runs->root = (ctx_type){.kind = CTX_KIND_STRUCT, .members = &runs->root_member, .num_members = 1};
  runs->depth = 1;
  runs->levels[0] = (ctx_runs_level){.type = &runs->root};
  runs->next = (ctx_run){0, 0};
}

/* Returns the number of elements of a member that are walked one by one, and their size in bytes.
 * To a walk a complex long double is two long doubles. */
static size_t ctx_runs_count(const ctx_member *member, size_t *out_size) {
  *out_size = member->type->size;
  if (*out_size == 0) return 0;
  size_t count = ctx_member_count(member);
  if (member->type->kind != CTX_KIND_COMPLEX_LONG_DOUBLE) return count;
  *out_size /= 2;
  return 2 * count;
}

/* Makes a step of the walk, to the next element, member or level. It finds the next bytes that are
 * a scalar, an array of scalars, or a bit-field's; false if there are none. */
static bool ctx_runs_step(ctx_runs *runs, ctx_run *out) {
  while (runs->depth != 0) {
    ctx_runs_level *level = &runs->levels[runs->depth - 1];
    if (level->member == level->type->num_members) {
      runs->depth--;
      continue;
    }
    const ctx_member *member = &level->type->members[level->member];
    size_t at = level->offset + member->offset;
    if (member->bit_width != 0) {
      size_t first = member->bit_offset / 8;
      size_t last = (member->bit_offset + member->bit_width - 1) / 8;
      *out = (ctx_run){at + first, last - first + 1};
      level->member++;
      return true;
    }
    size_t size;
    size_t count = ctx_runs_count(member, &size);
    if (ctx_type_is_solid(member->type) && count != 0) {
      *out = (ctx_run){at, count * size};
      level->member++;
      return true;
    }
    if (level->element == count) {
      level->member++;
      level->element = 0;
      continue;
    }
    at += level->element++ * size;
    if (!ctx_type_is_aggregate(member->type)) {
      *out = (ctx_run){at, CTX_LONG_DOUBLE_VALUE_SIZE_};
      return true;
    }
    runs->levels[runs->depth++] = (ctx_runs_level){.type = member->type, .offset = at};
  }
  return false;
}

static bool ctx_run_has(const ctx_run *run, const ctx_run *other) {
  return other->offset >= run->offset && other->offset + other->size <= run->offset + run->size;
}

/* ctx_runs_next joins the bytes of steps that touch, and drops what a union's member before had. */
bool ctx_runs_next(ctx_runs *runs, ctx_run *out) {
  *out = runs->next;
  runs->next = (ctx_run){0, 0};
  ctx_run step;
  while (ctx_runs_step(runs, &step)) {
    if (out->size == 0) {
      *out = step;
    } else if (step.offset == out->offset + out->size) {
      out->size += step.size;
    } else if (!ctx_run_has(out, &step)) {
      runs->next = step;
      return true;
    }
  }
  return out->size != 0;
}
