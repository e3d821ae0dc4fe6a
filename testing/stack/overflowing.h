/* An entry that uses up its stack. */
#ifndef CTX_TESTING_STACK_OVERFLOWING_H_
#define CTX_TESTING_STACK_OVERFLOWING_H_

#include <stddef.h>

/* overflowing_entry calls itself without end. */
size_t overflowing_entry(void);

#endif /* CTX_TESTING_STACK_OVERFLOWING_H_ */
