/* Lays out the members of structs and unions as gcc and clang do (psABI 3.1.2, AAPCS64 10.1.8, and
 * the compilers where these are silent: packed, aligned). */
#ifndef CTX_TOOLS_EXPLAIN_LAYOUT_H_
#define CTX_TOOLS_EXPLAIN_LAYOUT_H_

#include "tools/explain/abi.h"

/* layout_aggregate gives each member its bit_offset, and the type its size and alignment, at least
 * `wanted_align`; it is complete then. Returns null, or what is wrong, and with which member. */
const char *layout_aggregate(const abi *a, type *aggregate, size_t wanted_align,
                             const member **out_culprit);

#endif /* CTX_TOOLS_EXPLAIN_LAYOUT_H_ */
