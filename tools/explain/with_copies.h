/* For calling conventions that pass some arguments by the address of a copy: their files include
 * this after placing.h. */
#ifndef CTX_TOOLS_EXPLAIN_WITH_COPIES_H_
#define CTX_TOOLS_EXPLAIN_WITH_COPIES_H_

#include "tools/explain/placing.h"

static void describe_copy(const ctx_place *from, placement *out) {
  out->is_reference = from->is_reference;
  out->copy = from->copy;
}

/* Takes the names of two registers: of the one that has the address of a result in memory, and of
 * the one that has the return address. */
static surroundings surround_by(const placing *p, const char *result, size_t result_order,
                                const char *back, size_t back_order) {
  /* ctx has the copies right above the arguments (ctx/arch/aarch64_aapcs64/frame.h). */
  surroundings s = {.memory_align = 16,
                    .copies = (p->placer.slots_size + 15) / 16 * 16,
                    .copies_align = p->placer.copies_align};
  if (s.copies == 0 && s.copies_align > 16) s.memory_align = s.copies_align;
  if (p->result.where == CTX_WHERE_MEMORY) {
    s.others[s.num_others++] = (other_register){result, result_order, 8, "address of the result"};
  }
  s.others[s.num_others++] = (other_register){back, back_order, 8, "return address"};
  return s;
}

/* Returns false if there are only bit-fields without a name, which are not described. */
static bool has_value(const ctx_type *described) {
  if (!ctx_type_is_aggregate(described)) return true;
  for (size_t i = 0; i < described->num_members; i++) {
    const ctx_member *one = &described->members[i];
    if (one->bit_width != 0 || (one->type->size != 0 && has_value(one->type))) return true;
  }
  return false;
}

#endif /* CTX_TOOLS_EXPLAIN_WITH_COPIES_H_ */
