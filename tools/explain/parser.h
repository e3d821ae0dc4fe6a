/* The parts of the parser share this: the place in the text, the names that are known, and the
 * first fault. After a fault the parser stands at the end of the text, and whatever is read there
 * is the end. So nothing needs to ask whether there was one. */
#ifndef CTX_TOOLS_EXPLAIN_PARSER_H_
#define CTX_TOOLS_EXPLAIN_PARSER_H_

#include "tools/explain/abi.h"
#include "tools/explain/token.h"

/* An integer as an expression has it: its value modulo 2^64, and its type (int, unsigned, long,
 * unsigned long). */
typedef struct constant {
  uint64_t bits;
  bool is_unsigned;
  bool is_long;
  const type *narrow; /* a cast's, if it is not one of these: an operand is promoted; mostly null */
} constant;

/* A typedef name or an enumerator. */
typedef struct name {
  struct name *next;
  const char *text;
  size_t length;
  const type *type; /* null: an enumerator */
  constant value;
  bool is_given; /* by the program, not by the declaration */
} name;

/* struct x, union x, enum x */
typedef struct tag {
  struct tag *next;
  const char *text;
  size_t length;
  const char *keyword;
  type *type;
} tag;

typedef struct parser {
  const abi *abi;
  arena *memory;
  const char *source;
  const token *at;
  name *names;
  tag *tags;
  size_t depth; /* of what the parser is in */
  bool is_given;
  fault fault;
} parser;

/* parser_fail records the first fault. */
__attribute__((__format__(__printf__, 3, 4))) void parser_fail(parser *p, span where,
                                                               const char *format, ...);

bool parser_at(const parser *p, const char *text);
bool parser_at_any(const parser *p, const char *const *texts, size_t num_texts);
/* parser_accept goes on if the token is there, and returns whether it was. */
bool parser_accept(parser *p, const char *text);
/* parser_expect records a fault if the token is not there. */
void parser_expect(parser *p, const char *text);
/* parser_next goes on, and returns where it was. */
const token *parser_next(parser *p);
/* parser_expected records a fault: something else should be here. */
void parser_expected(parser *p, const char *what);

/* parser_enter stands around each rule that contains itself: false, and a fault, if the text is
 * nested too deeply. */
bool parser_enter(parser *p);
void parser_leave(parser *p);

/* parser_skip_assertion goes on if _Static_assert(...) is there. The compiler judges it. */
bool parser_skip_assertion(parser *p);

/* parser_skip_to_close skips to the parenthesis or bracket that closes the one that was read last,
 * and over it. */
void parser_skip_to_close(parser *p);

const name *parser_find_name(const parser *p, const token *t);
void parser_add_name(parser *p, const token *t, const type *named, constant value);
tag *parser_find_tag(const parser *p, const token *t);
tag *parser_add_tag(parser *p, const token *t, const char *keyword, type *named);

/* ---- The parts ---- */

/* Attributes, and _Alignas, ask for these. */
typedef struct attributes {
  size_t align;            /* 0: nothing */
  size_t strict;           /* what _Alignas asks for, which must not be less than the type's own */
  size_t vector_size;      /* 0: it is not one */
  const struct mode *mode; /* null: none */
  bool is_packed;
  bool is_transparent; /* a union that is passed as its first member */
  span where;
} attributes;

/* attributes_parse reads any number of them, and adds them to *out. */
void attributes_parse(parser *p, attributes *out);

/* attributes_accept_standard goes on if [[...]] is there, and adds it to *out. */
bool attributes_accept_standard(parser *p, attributes *out);

/* attributes_apply returns the type that vector_size, or mode, makes of one. */
const type *attributes_apply(parser *p, const attributes *a, const type *t);

/* constant_parse reads a constant expression of integers. */
constant constant_parse(parser *p);
const type *constant_type(parser *p, constant c);
/* constant_parse_size does the same, and records a fault if it is negative. */
uint64_t constant_parse_size(parser *p);

/* All that comes before the declarators. */
typedef struct specifiers {
  const type *type;
  bool is_spelled_out; /* the type: a struct or union, not a typedef's name for one */
  bool is_typedef;
  attributes attributes;
  span where;
} specifiers;

bool specifiers_begin(const parser *p);
specifiers specifiers_parse(parser *p);

/* specifiers_accept_qualifier goes on if const or the like is there. */
bool specifiers_accept_qualifier(parser *p);

/* specifiers_is_keyword says whether the token cannot be the name of something. */
bool specifiers_is_keyword(const parser *p, const token *t);

/* aggregate_parse reads on after `struct` or `union`, enumeration_parse after `enum`. */
const type *aggregate_parse(parser *p, const token *keyword);
const type *enumeration_parse(parser *p, const token *keyword);

typedef enum declarator_place {
  PLACE_FILE,      /* a name */
  PLACE_MEMBER,    /* a name, and an array may lack its size */
  PLACE_PARAMETER, /* a name or none, and sizes of arrays do not matter */
  PLACE_TYPE       /* no name */
} declarator_place;

/* A declarator, and what it makes of the specifiers' type. */
typedef struct declarator {
  const token *name; /* null: it has none */
  const type *type;
  attributes attributes; /* those of the specifiers too */
  size_t end;            /* in the text; attributes follow */
} declarator;

declarator declarator_parse(parser *p, const specifiers *s, declarator_place place);

/* type_name_parse reads a type as in sizeof(type). */
const type *type_name_parse(parser *p);

#endif /* CTX_TOOLS_EXPLAIN_PARSER_H_ */
