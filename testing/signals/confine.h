/* What a kernel may refuse a process. */
#ifndef CTX_TESTING_SIGNALS_CONFINE_H_
#define CTX_TESTING_SIGNALS_CONFINE_H_

#include <stdbool.h>

/* From now on the kernel answers this process with EPERM where it would read or set a signal mask.
 * Returns false if that cannot be had. */
bool confine_refuse_signal_masks(void);

#endif /* CTX_TESTING_SIGNALS_CONFINE_H_ */
