/* Classes and places in words. */
#ifndef CTX_TOOLS_EXPLAIN_WORDS_H_
#define CTX_TOOLS_EXPLAIN_WORDS_H_

#include "tools/explain/call.h"

/* words_of_list: "INTEGER, SSE"; three or more of the same are counted: "SSE, SSEUP x7". */
const char *words_of_list(arena *memory, const char *const *words, size_t num_words);

/* words_of_place: "rdi, xmm0", "rsp+8", "x0: address of a copy at sp+16". */
const char *words_of_place(arena *memory, const call *c, const argument *a);

/* words_of_result: "rax, rdx". */
const char *words_of_result(arena *memory, const call *c);

#endif /* CTX_TOOLS_EXPLAIN_WORDS_H_ */
