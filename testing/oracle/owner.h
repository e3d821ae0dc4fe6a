/* Who is in a register or in a slot of the stack. */
#ifndef CTX_TESTING_ORACLE_OWNER_H_
#define CTX_TESTING_ORACLE_OWNER_H_

#include <stdint.h>

/* Eight bytes of an argument: from byte 8 * eightbyte on. Or one of those below. */
typedef struct model_owner {
  uint16_t argument;
  uint16_t eightbyte;
} model_owner;
enum { MODEL_NOBODY = 0xffff, MODEL_HIDDEN_POINTER = 0xfffe };

#endif /* CTX_TESTING_ORACLE_OWNER_H_ */
