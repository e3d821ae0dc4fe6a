#include "testing/unwind/sentinels.h"

#include "testing/arch/riscv64_lp64d/register_list.h"

/* The assembly has the same values. DWARF's numbers (RISC-V DWARF Specification, "DWARF Register
 * Numbers") are those of machine code, plus 32 for floating-point registers; libunwind's are the
 * same. */
#define NUMBER(name, number) NUMBER_##name = (number),
#define NUMBER_FLOATING(name, number) NUMBER_##name = 32 + (number),
enum { CTX_TEST_FOR_EACH_GENERAL(NUMBER) CTX_TEST_FOR_EACH_FLOATING(NUMBER_FLOATING) };
#define SENTINEL(name, index) {NUMBER_##name, 0x5e00 + (index)},
const trace_sentinel trace_sentinels[] = {CTX_TEST_FOR_EACH_KEPT(SENTINEL)};
const size_t trace_num_sentinels = sizeof trace_sentinels / sizeof trace_sentinels[0];
_Static_assert(sizeof trace_sentinels / sizeof trace_sentinels[0] == CTX_TEST_NUM_KEPT,
               "one for each");
