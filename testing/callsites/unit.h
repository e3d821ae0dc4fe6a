/* Cases of a set, compiled and loaded. */
#ifndef CTX_TESTING_CALLSITES_UNIT_H_
#define CTX_TESTING_CALLSITES_UNIT_H_

#include "testing/callsites/selection.h"
#include "testing/callsites/site.h"
#include "testing/compiler/compiler.h"

/* unit_cannot is why the set cannot be compiled, or run on this processor; or null. Prints the
 * compiler's version. */
const char *unit_cannot(const compiler *by, const selection *set);

typedef struct unit {
  const site_unit *loaded;
  void *library;
} unit;

/* unit_load writes, compiles and loads the cases [first, first + num_cases). False if it fails; the
 * compiler's messages go to stderr. The caller gives it to unit_unload. */
bool unit_load(const compiler *by, const selection *set, size_t first, size_t num_cases, unit *out);
void unit_unload(unit *loaded);

#endif /* CTX_TESTING_CALLSITES_UNIT_H_ */
