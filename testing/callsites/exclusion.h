/* Where a compiler does not do what the psABI's text, and so the model and the library, say: the
 * cases that it cannot judge. //testing/callsites:divergence_test shows each of them. */
#ifndef CTX_TESTING_CALLSITES_EXCLUSION_H_
#define CTX_TESTING_CALLSITES_EXCLUSION_H_

#include "testing/callsites/site.h"
#include "testing/generator/case.h"
#include "testing/oracle/model.h"

typedef enum exclusion {
  EXCLUSION_NONE,
  EXCLUSION_I128_ONE_REGISTER_LEFT, /* clang */
  EXCLUSION_I128_UNALIGNED,         /* clang before 18 */
  EXCLUSION_F128_NOT_COUNTED,       /* clang 14 */
  EXCLUSION_ARRAY_IN_UNION,         /* clang */
  EXCLUSION_EMPTY_BESIDE_VECTOR,    /* clang */
  EXCLUSION_BIT_FIELD_IN_UNION,     /* gcc */
  EXCLUSION_UNNAMED_UNION,          /* gcc */
  EXCLUSION_NAMED_WIDE_VECTOR,      /* clang: in a variadic function */
  EXCLUSION_UNPROTOTYPED_VECTOR,    /* C11 cannot declare `f(...)` */
  EXCLUSION_RESULT_UNALIGNED,       /* gcc: of its calls only */
  EXCLUSION_EMPTY_ALIGNED,          /* clang 14: of its callees only */
  NUM_EXCLUSIONS
} exclusion;

/* exclusion_of is why this compiler's calls do not count in this case, if so. `expected` is the
 * model's of the case. */
exclusion exclusion_of(const site_unit *compiler, const gen_case *from,
                       const model_expectation *expected);

/* Which directions are excluded; most are in both. */
bool exclusion_is_of_calls(exclusion why);
bool exclusion_is_of_callees(exclusion why);

/* exclusion_is_refused tells whether the library refuses such cases, since no answer would be right
 * for all compilers. The others it passes as the psABI says. */
bool exclusion_is_refused(exclusion why);

/* exclusion_that_is_refused is one of those of the case, by any of the three compilers: the library
 * has to refuse it. EXCLUSION_NONE: it must not. */
exclusion exclusion_that_is_refused(const gen_case *from, const model_expectation *expected);

/* exclusion_text says it in a line. */
const char *exclusion_text(exclusion why);

#endif /* CTX_TESTING_CALLSITES_EXCLUSION_H_ */
