#include "tools/explain/description.h"

typedef struct made_description {
  struct made_description *previous;
  const type *of;
  unnamed_bit_fields unnamed;
  ctx_type *made;
} made_description;

static bool is_unnamed_bit_field(const member *m) { return m->is_bit_field && m->name == NULL; }

static size_t count_members(const type *t, unnamed_bit_fields unnamed) {
  size_t num = 0;
  for (const member *m = t->members; m != NULL; m = m->next)
    num += !is_unnamed_bit_field(m) || (unnamed == UNNAMED_ARE_MEMBERS && m->bit_width != 0);
  return num;
}

/* Returns an array's elements that are not arrays themselves, and how many of them it has. */
static const type *innermost(const type *t, size_t *out_count) {
  *out_count = 1;
  for (; t->form == TYPE_ARRAY; t = t->target)
    *out_count *= t->count;
  return t;
}

static const ctx_type *describe_aggregate(descriptions *d, const type *t,
                                          unnamed_bit_fields unnamed, const char **out_message) {
  size_t num = count_members(t, unnamed);
  ctx_member *members = arena_alloc(d->memory, num * sizeof *members);
  ctx_member *next = members;
  for (const member *m = t->members; m != NULL; m = m->next) {
    if (is_unnamed_bit_field(m) && (unnamed == UNNAMED_ARE_PADDING || m->bit_width == 0)) continue;
    size_t count;
    const ctx_type *described = description_of(d, innermost(m->type, &count), unnamed, out_message);
    if (described == NULL) return NULL;
    *next = (ctx_member){.name = m->name, .type = described, .count = count};
    /* ctx knows arrays by their count. One empty struct is as small as two. */
    if (m->type->form == TYPE_ARRAY && count == 1 && described->size == 0) next->count = 2;
    if (is_unnamed_bit_field(m)) next->name = "a bit-field without a name";
    if (m->is_bit_field) {
      next->bit_width = m->bit_width;
      next->bit_offset = m->bit_offset;
    } else {
      next->offset = m->bit_offset / 8;
      next->size = m->type->size;
    }
    next++;
  }
  ctx_type *made = NULL;
  ctx_status status = t->form == TYPE_UNION
                          ? ctx_type_create_union(&made, t->size, t->align, members, num)
                          : ctx_type_create_struct(&made, t->size, t->align, members, num);
  if (status != CTX_OK) {
    *out_message = arena_print(d->memory, "%s: %s", ctx_status_name(status), ctx_type_error());
    return NULL;
  }
  made_description *record = arena_alloc(d->memory, sizeof *record);
  *record = (made_description){d->last, t, unnamed, made};
  d->last = record;
  return made;
}

const ctx_type *description_of(descriptions *d, const type *t, unnamed_bit_fields unnamed,
                               const char **out_message) {
  if (t->form == TYPE_VOID) return &ctx_type_void;
  if (t->form == TYPE_SCALAR) return t->scalar;
  if (t->is_flexible) {
    *out_message = "compilers disagree on how a struct with an array without a size is passed";
    return NULL;
  }
  for (const made_description *m = d->last; m != NULL; m = m->previous) {
    if (m->of == t && m->unnamed == unnamed) return m->made;
  }
  return describe_aggregate(d, t, unnamed, out_message);
}

bool description_has_unnamed(const type *t) {
  size_t count;
  for (const member *m = t->members; m != NULL; m = m->next) {
    if (is_unnamed_bit_field(m)) return true;
    const type *inner = innermost(m->type, &count);
    if (inner->size != 0 && description_has_unnamed(inner)) return true;
  }
  return false;
}

void descriptions_free(descriptions *d) {
  /* A struct was made after its members, and goes before them. */
  for (; d->last != NULL; d->last = d->last->previous)
    ctx_type_destroy(d->last->made);
}
