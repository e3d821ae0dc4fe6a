#include "tools/explain/contents.h"

#include <string.h>

/* Parts as they are found, in order. */
typedef struct finder {
  const abi *abi;
  arena *memory;
  uint64_t from; /* the bits that are asked for */
  uint64_t to;
  part *first;
  part **end;
  size_t budget; /* of parts still: a type can have more of them than anybody reads */
} finder;

static void add_part(finder *f, part_kind kind, uint64_t begin, uint64_t end, const char *text) {
  part *added = arena_alloc(f->memory, sizeof *added);
  *added = (part){.kind = kind, .begin = begin - f->from, .end = end - f->from, .text = text};
  *f->end = added;
  f->end = &added->next;
}

/* The part of a leaf that was asked for. */
static void add_leaf(finder *f, uint64_t begin, uint64_t end, const char *text) {
  if (end <= f->from || begin >= f->to || f->budget == 0) return;
  f->budget--;
  uint64_t part_begin = begin < f->from ? f->from : begin;
  uint64_t part_end = end > f->to ? f->to : end;
  if (part_begin != begin || part_end != end) {
    uint64_t last = part_end - begin - 1;
    bool whole_bytes = (part_begin - begin) % 8 == 0 && (last + 1) % 8 == 0;
    uint64_t unit = whole_bytes ? 8 : 1;
    text = arena_print(f->memory, "%s (%s %lu-%lu)", text, whole_bytes ? "bytes" : "bits",
                       (unsigned long)((part_begin - begin) / unit), (unsigned long)(last / unit));
  }
  add_part(f, PART_VALUE, part_begin, part_end, text);
}

static void find(finder *f, const type *t, const char *label, uint64_t begin);

static void find_in_scalar(finder *f, const type *t, const char *label, uint64_t begin) {
  uint64_t bits = (uint64_t)t->size * 8;
  uint64_t half = bits / 2;
  uint64_t long_double_bits = f->abi->has_x87 ? 80 : 128;
  switch (t->scalar->kind) {
    case CTX_KIND_LONG_DOUBLE:
      add_leaf(f, begin, begin + long_double_bits, label);
      break;
    case CTX_KIND_COMPLEX_LONG_DOUBLE:
      add_leaf(f, begin, begin + long_double_bits, arena_print(f->memory, "real %s", label));
      add_leaf(f, begin + half, begin + half + long_double_bits,
               arena_print(f->memory, "imaginary %s", label));
      break;
    case CTX_KIND_COMPLEX_F32:
    case CTX_KIND_COMPLEX_F64:
      add_leaf(f, begin, begin + half, arena_print(f->memory, "real %s", label));
      add_leaf(f, begin + half, begin + bits, arena_print(f->memory, "imaginary %s", label));
      break;
    default:
      add_leaf(f, begin, begin + bits, label);
  }
}

static void find_in_array(finder *f, const type *t, const char *label, uint64_t begin) {
  enum { MAX_ELEMENTS = 4 };
  uint64_t bits = (uint64_t)t->target->size * 8;
  if (bits == 0) return;
  uint64_t low = begin < f->from ? f->from - begin : 0;
  uint64_t high = f->to - begin;
  if (high > bits * t->count) high = bits * t->count;
  uint64_t first = low / bits;
  uint64_t last = (high - 1) / bits;
  if (last - first >= MAX_ELEMENTS || (t->target->form == TYPE_SCALAR && last > first)) {
    const char *text =
        arena_print(f->memory, "%s[%lu-%lu]", label, (unsigned long)first, (unsigned long)last);
    add_leaf(f, begin + first * bits, begin + (last + 1) * bits, text);
    return;
  }
  for (uint64_t i = first; i <= last; i++) {
    const char *text = arena_print(f->memory, "%s[%lu]", label, (unsigned long)i);
    find(f, t->target, text, begin + i * bits);
  }
}

static uint64_t member_bits(const member *m) {
  return m->is_bit_field ? m->bit_width : (uint64_t)m->type->size * 8;
}

static void find_in_member(finder *f, const member *m, const char *label, uint64_t begin) {
  uint64_t at = begin + m->bit_offset;
  if (at + member_bits(m) <= f->from || at >= f->to) return;
  const char *text = m->name != NULL ? arena_print(f->memory, "%s.%s", label, m->name) : label;
  if (!m->is_bit_field) {
    find(f, m->type, text, at);
  } else if (m->name != NULL) {
    add_leaf(f, at, at + m->bit_width,
             arena_print(f->memory, "%s:%lu", text, (unsigned long)m->bit_width));
  }
}

/* A union is one part, whose text has what each of its members has there. */
static void find_in_union(finder *f, const type *t, const char *label, uint64_t begin) {
  const char *text = "";
  uint64_t end = begin;
  for (const member *m = t->members; m != NULL; m = m->next) {
    finder inner = *f;
    inner.first = NULL;
    inner.end = &inner.first;
    find_in_member(&inner, m, label, begin);
    f->budget = inner.budget;
    if (inner.first == NULL) continue;
    if (begin + member_bits(m) > end) end = begin + member_bits(m);
    text = arena_print(f->memory, "%s%s%s", text, *text != '\0' ? " or " : "",
                       contents_text(f->memory, inner.first));
  }
  if (end <= f->from || *text == '\0') return;
  if (end > f->to) end = f->to;
  add_part(f, PART_VALUE, begin < f->from ? f->from : begin, end, text);
}

static void find(finder *f, const type *t, const char *label, uint64_t begin) {
  uint64_t end = begin + (uint64_t)t->size * 8;
  if (end <= f->from || begin >= f->to || f->budget == 0) return;
  switch (t->form) {
    case TYPE_SCALAR:
      find_in_scalar(f, t, label, begin);
      break;
    case TYPE_ARRAY:
      find_in_array(f, t, label, begin);
      break;
    case TYPE_UNION:
      find_in_union(f, t, label, begin);
      break;
    default:
      for (const member *m = t->members; m != NULL; m = m->next)
        find_in_member(f, m, label, begin);
  }
}

static const char *width_text(arena *memory, uint64_t bits, const char *what) {
  bool whole_bytes = bits % 8 == 0;
  unsigned long num = (unsigned long)(whole_bytes ? bits / 8 : bits);
  return arena_print(memory, "%lu %s%s of %s", num, whole_bytes ? "byte" : "bit",
                     num == 1 ? "" : "s", what);
}

/* Puts padding between parts. */
static void fill_gaps(arena *memory, part **at, uint64_t end) {
  uint64_t begin = 0;
  for (;; at = &(*at)->next) {
    uint64_t next = *at != NULL ? (*at)->begin : end;
    if (begin < next) {
      part *added = arena_alloc(memory, sizeof *added);
      *added = (part){*at, PART_PADDING, begin, next, width_text(memory, next - begin, "padding")};
      *at = added;
    }
    if (*at == NULL) break;
    begin = (*at)->end;
  }
}

/* Returns how the rest of a register or of a slot is filled. */
static part_kind kind_beyond(const abi *a, const type *t) {
  bool is_unsigned_word = type_is_integer(t) && t->size == 4 && a->unsigned_words_have_signs;
  return type_is_signed(t) || is_unsigned_word ? PART_SIGN : PART_ZERO;
}

static void add_beyond(finder *f, part_kind kind, uint64_t begin, uint64_t end) {
  if (begin == end) return;
  static const char *const names[] = {
      [PART_ZERO] = "zero", [PART_SIGN] = "sign", [PART_ONES] = "ones"};
  for (f->end = &f->first; *f->end != NULL;)
    f->end = &(*f->end)->next;
  add_part(f, kind, begin, end, width_text(f->memory, end - begin, names[kind]));
}

/* Finds the parts that are asked for, and what is between them, up to `end`. */
static void find_all(finder *f, const type *t, const char *label, uint64_t end) {
  enum { MAX_PARTS = 256 };
  f->budget = MAX_PARTS;
  f->end = &f->first;
  find(f, t, label, 0);
  fill_gaps(f->memory, &f->first, end - f->from);
}

static uint64_t smaller(uint64_t a, uint64_t b) { return a < b ? a : b; }

part *contents_of_register(const abi *a, arena *memory, const type *t, const char *label,
                           const piece *p) {
  finder f = {.abi = a,
              .memory = memory,
              .from = (uint64_t)p->from * 8,
              .to = (uint64_t)(p->from + p->size) * 8};
  uint64_t end = smaller((uint64_t)t->size * 8, f.to);
  find_all(&f, t, label, end);
  part_kind kind = p->is_boxed ? PART_ONES : kind_beyond(a, t);
  add_beyond(&f, kind, end, f.from + (uint64_t)p->width * 8);
  return f.first;
}

part *contents_of_slot(const abi *a, arena *memory, const type *t, const char *label, size_t from) {
  finder f = {
      .abi = a, .memory = memory, .from = (uint64_t)from * 8, .to = (uint64_t)(from + 8) * 8};
  uint64_t end = t->form == TYPE_SCALAR ? smaller((uint64_t)t->size * 8, f.to) : f.to;
  find_all(&f, t, label, end);
  add_beyond(&f, kind_beyond(a, t), end, f.to);
  return f.first;
}

const char *contents_text(arena *memory, const part *first) {
  const char *text = "";
  for (const part *at = first; at != NULL; at = at->next)
    text = arena_print(memory, "%s%s%s", text, *text != '\0' ? ", " : "", at->text);
  return text;
}
