/* One compiled case, judged in all directions. */
#ifndef CTX_TESTING_CALLSITES_JUDGE_H_
#define CTX_TESTING_CALLSITES_JUDGE_H_

#include "testing/callsites/site.h"
#include "testing/generator/case.h"
#include "testing/oracle/model.h"

typedef struct judge_case {
  const gen_case *from;
  model_expectation *expected; /* the model's, of the case */
  const site *compiled;
  site_mailbox *mailbox; /* the compiled object's */
} judge_case;

/* Each returns "", or what is wrong, in a buffer that the next call of any overwrites. One thread
 * at a time. */

/* The compiler has laid out bit-fields where the generator has. */
const char *judge_layout(const judge_case *of);

/* The compiled call is what the model says: its arguments arrive so at the probe, and it reads the
 * result from where the model says that it is returned. */
const char *judge_call(const judge_case *of);

/* The compiled callee receives what the compiled call sends, which reads what it returns: the
 * compiler agrees with itself, and the generated source is right. */
const char *judge_pair(const judge_case *of);

/* The compiled callee receives what ctx sends, and ctx reads what it returns: scalars by values,
 * all by a signature. */
const char *judge_callee(const judge_case *of);

/* judge_is_refused says whether the library refuses the case's types. */
bool judge_is_refused(const gen_case *from);

#endif /* CTX_TESTING_CALLSITES_JUDGE_H_ */
