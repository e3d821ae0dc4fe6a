/* The contents of an argument's bytes: its members by their names, and padding. */
#ifndef CTX_TOOLS_EXPLAIN_CONTENTS_H_
#define CTX_TOOLS_EXPLAIN_CONTENTS_H_

#include "tools/explain/abi.h"

typedef enum part_kind {
  PART_VALUE,
  PART_PADDING,  /* within an argument, or between two */
  PART_EXTENSION /* what ctx fills a register or a slot with: a sign, or zeros */
} part_kind;

/* Some bits of a register or a stack slot. */
typedef struct part {
  struct part *next;
  part_kind kind;
  uint64_t begin; /* in bits, from the lowest */
  uint64_t end;
  const char *text;
} part;

/* The bytes beyond the value depend on where it is. */
typedef enum part_home { HOME_REGISTER, HOME_STACK } part_home;

/* contents_of returns what is in the bytes [from, from + size) of a value of the type. ctx extends
 * scalars wherever they are, and fills registers with zeros. */
part *contents_of(const abi *a, arena *memory, const type *t, const char *label, size_t from,
                  size_t size, part_home home);

/* contents_text returns all parts in a line. */
const char *contents_text(arena *memory, const part *first);

#endif /* CTX_TOOLS_EXPLAIN_CONTENTS_H_ */
