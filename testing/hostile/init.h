/* Hostile calls: init in all its forms, and ctx_stack_needed. */
#ifndef CTX_TESTING_HOSTILE_INIT_H_
#define CTX_TESTING_HOSTILE_INIT_H_

#include "testing/hostile/complaint.h"

const char *hostile_init(byte_reader *in);

#endif /* CTX_TESTING_HOSTILE_INIT_H_ */
