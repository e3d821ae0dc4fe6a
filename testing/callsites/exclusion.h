/* Exclusions: cases that a compiler cannot judge, since it does not do what the ABI's text, and so
 * the model and the library, say. //testing/callsites:divergence_test shows each of them. */
#ifndef CTX_TESTING_CALLSITES_EXCLUSION_H_
#define CTX_TESTING_CALLSITES_EXCLUSION_H_

#include "testing/callsites/site.h"
#include "testing/generator/case.h"
#include "testing/oracle/model.h"

/* The architecture's list numbers them (testing/arch/<abi>/exclusion.c). */
typedef unsigned exclusion;
enum { EXCLUSION_NONE, EXCLUSION_LIMIT = 32 }; /* the numbers are below that */

/* exclusion_of is why this compiler's calls do not count in this case, if so. `expected` is the
 * model's of the case. */
exclusion exclusion_of(const site_unit *compiler, const gen_case *from,
                       const model_expectation *expected);

/* These say which directions are excluded; most are in both. */
bool exclusion_is_of_calls(exclusion why);
bool exclusion_is_of_callees(exclusion why);

/* exclusion_is_refused says whether the library refuses such cases, since no answer would be right
 * for all compilers. The others it passes as the ABI says. */
bool exclusion_is_refused(exclusion why);

/* exclusion_that_is_refused is one of those of the case, by any of the three compilers: the library
 * has to refuse it. EXCLUSION_NONE: it must not. */
exclusion exclusion_that_is_refused(const gen_case *from, const model_expectation *expected);

/* exclusion_text says it in a line. REQUIRES: some function above has returned it. */
const char *exclusion_text(exclusion why);

#endif /* CTX_TESTING_CALLSITES_EXCLUSION_H_ */
