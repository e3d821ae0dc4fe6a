#include "testing/unwind/sentinels.h"

#include "testing/arch/aarch64_aapcs64/register_list.h"

/* The assembly has the same values. DWARF's numbers (AADWARF64, 4.1) are those of the instructions,
 * plus 64 for vector registers; libunwind's are the same. */
enum { DWARF_x19 = 19, DWARF_d8 = 64 + 8, INDEX_OF_d8 = 11 };
#define GENERAL(name, low, index) {DWARF_x19 + (index), 0x5e00 + (index)},
#define VECTOR(name, low, index) {DWARF_d8 + (index)-INDEX_OF_d8, 0x5e00 + (index)},
const trace_sentinel trace_sentinels[] = {CTX_TEST_FOR_EACH_KEPT_GENERAL(GENERAL)
                                              CTX_TEST_FOR_EACH_KEPT_VECTOR(VECTOR)};
const size_t trace_num_sentinels = sizeof trace_sentinels / sizeof trace_sentinels[0];
_Static_assert(sizeof trace_sentinels / sizeof trace_sentinels[0] == CTX_TEST_NUM_KEPT,
               "one for each");
