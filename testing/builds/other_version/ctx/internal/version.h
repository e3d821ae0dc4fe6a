/* The headers of another minor version, as mixed_test.c has them included. */
#ifndef CTX_TESTING_BUILDS_OTHER_VERSION_CTX_INTERNAL_VERSION_H_
#define CTX_TESTING_BUILDS_OTHER_VERSION_CTX_INTERNAL_VERSION_H_

#include "../../../../../ctx/internal/version.h"

#undef CTX_VERSION_MINOR
#define CTX_VERSION_MINOR 999

#endif /* CTX_TESTING_BUILDS_OTHER_VERSION_CTX_INTERNAL_VERSION_H_ */
