/* Hostile calls: stacks and pools. */
#ifndef CTX_TESTING_HOSTILE_STACK_H_
#define CTX_TESTING_HOSTILE_STACK_H_

#include "testing/hostile/complaint.h"

const char *hostile_stack(byte_reader *in);

#endif /* CTX_TESTING_HOSTILE_STACK_H_ */
