/* This folder sees more of the probe than testing/oracle/probe.h has. */
#ifndef CTX_TESTING_ARCH_X86_64_SYSV_PROBE_H_
#define CTX_TESTING_ARCH_X86_64_SYSV_PROBE_H_

#include "testing/oracle/probe.h"

/* The x87 status word once oracle_swap has been resumed: bits 11 to 13, the top of the stack, are 0
 * if all is popped. */
extern ORACLE_HIDDEN uint16_t oracle_x87_status_after;

#endif /* CTX_TESTING_ARCH_X86_64_SYSV_PROBE_H_ */
