/* Hostile calls: null pointers, addresses of nothing, and numbers that are not a status. */
#ifndef CTX_TESTING_HOSTILE_OTHER_H_
#define CTX_TESTING_HOSTILE_OTHER_H_

#include "testing/hostile/complaint.h"

const char *hostile_other(byte_reader *in);

#endif /* CTX_TESTING_HOSTILE_OTHER_H_ */
