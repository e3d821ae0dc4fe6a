/* Leads from records of C tests to googletest. */
#ifndef CTX_TESTING_HARNESS_BRIDGE_H_
#define CTX_TESTING_HARNESS_BRIDGE_H_

namespace ctx_test {

/* Runs a case's body and reports each expectation that failed in it at its own file and line. */
void RunBody(void (*body)());

}  // namespace ctx_test

#endif  // CTX_TESTING_HARNESS_BRIDGE_H_
