/* Lays out the members of structs and unions as gcc and clang do on x86-64 (psABI 3.1.2, and the
 * compilers where it is silent: packed, aligned). */
#ifndef CTX_TOOLS_EXPLAIN_LAYOUT_H_
#define CTX_TOOLS_EXPLAIN_LAYOUT_H_

#include "tools/explain/type.h"

/* layout_aggregate gives each member its bit_offset, and the type its size and alignment, at least
 * `wanted_align`; it is complete then. Returns null, or what is wrong, and with which member. */
const char *layout_aggregate(type *aggregate, size_t wanted_align, const member **out_culprit);

#endif /* CTX_TOOLS_EXPLAIN_LAYOUT_H_ */
