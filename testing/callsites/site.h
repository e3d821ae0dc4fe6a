/* A generated source and the test that loads it share this: a case, compiled. Both include it. The
 * test chooses the compilers of the source, so no other header of this project is here. */
#ifndef CTX_TESTING_CALLSITES_SITE_H_
#define CTX_TESTING_CALLSITES_SITE_H_

#include <stddef.h>
#include <stdint.h>

typedef void site_function(void);

/* Compiled callees read and write this: one call at a time. */
typedef struct site_mailbox {
  uint64_t num_calls;
  void *const *received; /* where to store each argument, as it arrived */
  int64_t *widened;      /* and each that is narrower than int, converted: as indices are */
  const void *to_return; /* the result */
} site_mailbox;

typedef struct site {
  /* Calls the function through a pointer of the case's type, with these arguments, and stores its
   * result. */
  void (*call)(site_function *function, void *const *args, void *result);
  /* A function of the case's type, which uses the mailbox. Null: this compiler cannot compile it.
   */
  site_function *callee;
  /* For each bit-field of each type, in the order of the generator: an object in which it has all
   * its bits set, and all else is 0. */
  const void *const *bit_fields;
  size_t num_bit_fields;
} site;

/* Each object has one, of this name. */
typedef struct site_unit {
  int is_clang;
  int version; /* the major one */
  size_t num_sites;
  const site *sites;
  site_mailbox *mailbox;
} site_unit;

#define SITE_UNIT_NAME "site_this_unit"
extern const site_unit site_this_unit;

#endif /* CTX_TESTING_CALLSITES_SITE_H_ */
