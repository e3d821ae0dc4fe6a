/* Finds which function of this program an address lies in, by the symbol table of its file, which
 * knows static and hidden functions too. */
#ifndef CTX_TESTING_UNWIND_SYMBOLS_H_
#define CTX_TESTING_UNWIND_SYMBOLS_H_

#include <stdint.h>

/* symbol_name returns the name of the function that contains `pc`, or "?" for none of this
 * program's (one of a shared library's, say). Async-signal-safe. */
const char *symbol_name(uintptr_t pc);

#endif /* CTX_TESTING_UNWIND_SYMBOLS_H_ */
