/* The contents of an argument's bytes: its members by their names, and padding. */
#ifndef CTX_TOOLS_EXPLAIN_CONTENTS_H_
#define CTX_TOOLS_EXPLAIN_CONTENTS_H_

#include "tools/explain/abi.h"

typedef enum part_kind {
  PART_VALUE,
  PART_PADDING, /* within an argument, or between two */
  PART_ZERO,    /* ctx fills a register or a slot with zeros, */
  PART_SIGN,    /* with the value's highest bit, */
  PART_ONES     /* or with ones */
} part_kind;

/* Some bits of a register or a stack slot. */
typedef struct part {
  struct part *next;
  part_kind kind;
  uint64_t begin; /* in bits, from the lowest */
  uint64_t end;
  const char *text;
} part;

/* contents_of_register returns what is in a register that has this piece of a value. ctx fills what
 * the value leaves of it. */
part *contents_of_register(const abi *a, arena *memory, const type *t, const char *label,
                           const piece *p);

/* contents_of_slot returns what is in the eight bytes of memory that begin with byte `from` of a
 * value. Beyond a scalar ctx fills them. */
part *contents_of_slot(const abi *a, arena *memory, const type *t, const char *label, size_t from);

/* contents_text returns all parts in a line. */
const char *contents_text(arena *memory, const part *first);

#endif /* CTX_TOOLS_EXPLAIN_CONTENTS_H_ */
