/* Hostile calls: descriptions of types, signatures, and contexts from these. */
#ifndef CTX_TESTING_HOSTILE_TYPE_H_
#define CTX_TESTING_HOSTILE_TYPE_H_

#include "testing/hostile/complaint.h"

const char *hostile_type(byte_reader *in);

#endif /* CTX_TESTING_HOSTILE_TYPE_H_ */
