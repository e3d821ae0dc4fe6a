/* Of the probe, what the rest of this folder needs beyond testing/oracle/probe.h. */
#ifndef CTX_TESTING_ARCH_X86_64_SYSV_PROBE_H_
#define CTX_TESTING_ARCH_X86_64_SYSV_PROBE_H_

#include "testing/oracle/probe.h"

/* What is seen once oracle_swap has been resumed: bits 11 to 13, the top of the x87 stack, are 0 if
 * all is popped. */
extern ORACLE_HIDDEN uint16_t oracle_x87_status_after;

#endif /* CTX_TESTING_ARCH_X86_64_SYSV_PROBE_H_ */
