/* Cases that are rare among random ones, or that a rule is about: each type as an argument while
 * there are registers, with one register left, and without, and as the result. */
#ifndef CTX_TESTING_CALLSITES_CHOSEN_H_
#define CTX_TESTING_CALLSITES_CHOSEN_H_

#include "testing/generator/case.h"

enum { CHOSEN_NUM_CASES = 84 };

/* chosen_case makes case `number`. */
void chosen_case(size_t number, gen_case *out);

#endif /* CTX_TESTING_CALLSITES_CHOSEN_H_ */
