#include "tools/explain/layout.h"

enum { BITS = 8 };

static uint64_t round_up(uint64_t n, uint64_t multiple) {
  return (n + multiple - 1) / multiple * multiple;
}

static size_t larger(size_t a, size_t b) { return a > b ? a : b; }

/* Returns where a bit-field goes that may begin at `free`, all in bits. It never crosses a boundary
 * that a variable of its type would not cross, unless it is packed. */
static uint64_t place_bit_field(const member *m, uint64_t free, bool is_packed) {
  uint64_t unit = m->type->size * BITS;
  uint64_t boundary = m->type->align * BITS;
  if (m->bit_width == 0) {
    return round_up(free, larger(boundary, m->wanted_align * BITS));
  }
  uint64_t wanted = m->wanted_align * BITS;
  if (is_packed) boundary = 1;
  if (wanted > boundary) boundary = wanted;
  if (free % boundary + m->bit_width > unit) return round_up(free, boundary);
  return wanted != 0 ? round_up(free, wanted) : free;
}

/* Returns the alignment that a member wants of what it is in. */
static size_t align_of_member(const abi *a, const member *m, bool is_packed) {
  if (m->is_bit_field && m->name == NULL) {
    if (!a->unnamed_bit_fields_align) return 1;
    /* One of no bits aligns even what is packed. */
    is_packed = is_packed && m->bit_width != 0;
  }
  return larger(is_packed ? 1 : m->type->align, m->wanted_align);
}

const char *layout_aggregate(const abi *a, type *aggregate, size_t wanted_align,
                             const member **out_culprit) {
  uint64_t end = 0; /* of all members so far, in bits */
  size_t align = 1;
  size_t weight = 1;
  size_t depth = 0;
  for (member *m = aggregate->members; m != NULL; m = m->next) {
    bool is_packed = aggregate->is_packed || m->is_packed;
    uint64_t free = aggregate->form == TYPE_UNION ? 0 : end;
    uint64_t width = m->is_bit_field ? m->bit_width : (uint64_t)m->type->size * BITS;
    size_t member_align = align_of_member(a, m, is_packed);
    m->bit_offset = m->is_bit_field ? place_bit_field(m, free, is_packed)
                                    : round_up(free, (uint64_t)member_align * BITS);
    *out_culprit = m;
    if (m->bit_offset + width > TYPE_MAX_SIZE * BITS) {
      return "the type is larger than the address space";
    }
    if (m->bit_offset + width > end) end = m->bit_offset + width;
    align = larger(align, member_align);
    weight += m->type->weight;
    depth = larger(depth, m->type->depth + 1);
    if (m->type->is_flexible) aggregate->is_flexible = true;
    if (weight > TYPE_MAX_WEIGHT) return "there are too many members";
    if (depth > TYPE_MAX_DEPTH) return "types are nested too deeply";
  }
  aggregate->align = larger(align, wanted_align);
  aggregate->size = round_up(round_up(end, BITS) / BITS, aggregate->align);
  aggregate->weight = weight;
  aggregate->depth = depth;
  aggregate->is_complete = true;
  return NULL;
}
