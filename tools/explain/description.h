/* Turns types into ctx's descriptions of them, as a JIT makes them: with ctx_type_create_struct. */
#ifndef CTX_TOOLS_EXPLAIN_DESCRIPTION_H_
#define CTX_TOOLS_EXPLAIN_DESCRIPTION_H_

#include "tools/explain/type.h"

/* Says whether bit-fields without a name count as members: gcc does it, clang and the psABI do
 * not. */
typedef enum unnamed_bit_fields { UNNAMED_ARE_PADDING, UNNAMED_ARE_MEMBERS } unnamed_bit_fields;

/* The descriptions that were made; ctx's own are theirs. */
typedef struct descriptions {
  arena *memory;
  struct made_description *last;
} descriptions;

/* description_of returns the description of a complete type, or null, and why in *out_message,
 * which is ctx's sentence if it was ctx that refused. */
const ctx_type *description_of(descriptions *d, const type *t, unnamed_bit_fields unnamed,
                               const char **out_message);

/* description_has_unnamed says whether the type has bit-fields without a name, other than in
 * members that are empty: those are no part of a call. */
bool description_has_unnamed(const type *t);

void descriptions_free(descriptions *d);

#endif /* CTX_TOOLS_EXPLAIN_DESCRIPTION_H_ */
