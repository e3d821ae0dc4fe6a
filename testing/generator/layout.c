#include "testing/generator/layout.h"

static uint64_t round_up(uint64_t n, uint64_t multiple) {
  return (n + multiple - 1) / multiple * multiple;
}

static uint64_t max(uint64_t a, uint64_t b) { return a > b ? a : b; }

static bool is_bit_field(const gen_member *member) {
  return member->form == GEN_BIT_FIELD || member->form == GEN_UNNAMED_BIT_FIELD;
}

void gen_layout_begin(gen_layout *layout, gen_kind kind, bool packed, unsigned aligned) {
  layout->is_union = kind == GEN_UNION;
  layout->packed = packed;
  layout->bits = 0;
  layout->align = aligned != 0 ? aligned : 1;
}

static uint64_t member_bits(const gen_member *member) {
  uint64_t bits = UINT64_C(8) * member->type->size;
  switch (member->form) {
    case GEN_PLAIN:
      return bits;
    case GEN_ARRAY:
      return bits * member->count;
    case GEN_FLEXIBLE:
      return 0;
    case GEN_BIT_FIELD:
    case GEN_UNNAMED_BIT_FIELD:
      return member->bits;
  }
  __builtin_trap();
}

/* Returns the alignment in bytes of a member that is not a bit-field. */
static uint32_t member_align(const gen_layout *layout, const gen_member *member) {
  uint32_t align = layout->packed || member->packed ? 1 : member->type->align;
  return align > member->align ? align : member->align;
}

/* Returns the first bit at or after `at` where the bit-field may begin: it must not cross a
 * boundary of its declared type, unless the aggregate is packed; one of width 0 begins a new
 * unit. */
static uint64_t bit_field_place(const gen_layout *layout, const gen_member *member, uint64_t at) {
  uint64_t unit = UINT64_C(8) * member->type->size;
  if (member->bits == 0) return round_up(at, unit);
  if (layout->packed) return at;
  return at % unit + member->bits > unit ? round_up(at, unit) : at;
}

void gen_layout_add(gen_layout *layout, gen_member *member) {
  uint64_t at = layout->is_union ? 0 : layout->bits;
  if (is_bit_field(member)) {
    at = bit_field_place(layout, member, at);
    /* One without a name may align itself only. */
    bool aligns = member->form == GEN_BIT_FIELD || GEN_UNNAMED_BIT_FIELDS_ALIGN;
    if (!layout->packed && aligns) {
      layout->align = (uint32_t)max(layout->align, member->type->align);
    }
  } else {
    uint32_t align = member_align(layout, member);
    at = round_up(at, UINT64_C(8) * align);
    layout->align = (uint32_t)max(layout->align, align);
  }
  member->bit_offset = (uint32_t)at;
  layout->bits = max(layout->bits, at + member_bits(member));
}

uint64_t gen_layout_size(const gen_layout *layout) {
  return round_up(round_up(layout->bits, 8) / 8, layout->align);
}
