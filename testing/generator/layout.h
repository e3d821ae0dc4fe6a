/* gcc and clang put the members of an aggregate so: x86-64 psABI 3.1.2, "Aggregates and Unions"
 * and "Bit-Fields", which other conventions agree with; and the attributes packed and aligned
 * change that. */
#ifndef CTX_TESTING_GENERATOR_LAYOUT_H_
#define CTX_TESTING_GENERATOR_LAYOUT_H_

#include "testing/generator/type.h"

/* An aggregate under construction. */
typedef struct gen_layout {
  bool is_union;
  bool packed;
  uint64_t bits;  /* used so far; of a union: by the largest */
  uint32_t align; /* in bytes */
} gen_layout;

void gen_layout_begin(gen_layout *layout, gen_kind kind, bool packed, unsigned aligned);

/* gen_layout_add places the member, and fills in its bit_offset. */
void gen_layout_add(gen_layout *layout, gen_member *member);

/* gen_layout_size is sizeof, if nothing follows. */
uint64_t gen_layout_size(const gen_layout *layout);

#endif /* CTX_TESTING_GENERATOR_LAYOUT_H_ */
