/* Turns text into tokens. */
#ifndef CTX_TOOLS_EXPLAIN_TOKEN_H_
#define CTX_TOOLS_EXPLAIN_TOKEN_H_

#include <stdbool.h>
#include <stdint.h>

#include "tools/explain/arena.h"
#include "tools/explain/fault.h"

typedef enum token_kind {
  TOKEN_END,    /* the last one, always */
  TOKEN_NAME,   /* keywords too */
  TOKEN_NUMBER, /* characters too */
  TOKEN_STRING,
  TOKEN_PUNCTUATOR
} token_kind;

typedef struct token {
  token_kind kind;
  span where;
  uint64_t value;   /* of a number; of characters, each of which is a byte of it */
  const char *flaw; /* why a number has no value that an expression of integers can have; null */
  bool is_character;
  bool is_char;     /* a character alone, and without a prefix */
  char prefix;      /* of a character: L, u, U, 8 for u8, or 0 */
  bool is_unsigned; /* its suffix says so */
  bool is_long;
  bool is_decimal;
} token;

/* tokens_of returns the tokens of the text. A fault in it is recorded in *f, and ends them. */
token *tokens_of(const char *source, arena *memory, fault *f);

/* token_is says whether the token is this keyword or punctuator. */
bool token_is(const token *t, const char *source, const char *text);

#endif /* CTX_TOOLS_EXPLAIN_TOKEN_H_ */
