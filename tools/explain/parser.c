#include "tools/explain/parser.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void parser_fail(parser *p, span where, const char *format, ...) {
  if (p->fault.message == NULL) {
    char message[256];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    p->fault = (fault){arena_print(p->memory, "%s", message), where};
  }
  while (p->at->kind != TOKEN_END)
    p->at++;
}

bool parser_at(const parser *p, const char *text) { return token_is(p->at, p->source, text); }

bool parser_at_any(const parser *p, const char *const *texts, size_t num_texts) {
  for (size_t i = 0; i < num_texts; i++) {
    if (parser_at(p, texts[i])) return true;
  }
  return false;
}

const token *parser_next(parser *p) {
  const token *t = p->at;
  if (t->kind != TOKEN_END) p->at++;
  return t;
}

bool parser_accept(parser *p, const char *text) {
  if (!parser_at(p, text)) return false;
  p->at++;
  return true;
}

void parser_expected(parser *p, const char *what) {
  if (p->at->kind == TOKEN_END) {
    parser_fail(p, p->at->where, "expected %s at the end", what);
  } else {
    span where = p->at->where;
    parser_fail(p, where, "expected %s before '%.*s'", what, (int)(where.end - where.begin),
                p->source + where.begin);
  }
}

void parser_expect(parser *p, const char *text) {
  char what[8];
  snprintf(what, sizeof what, "'%s'", text);
  if (!parser_accept(p, text)) parser_expected(p, what);
}

bool parser_enter(parser *p) {
  enum { MAX_DEPTH = 100 };
  if (p->depth == MAX_DEPTH) {
    parser_fail(p, p->at->where, "the declaration is nested too deeply");
    return false;
  }
  p->depth++;
  return true;
}

void parser_leave(parser *p) { p->depth--; }

void parser_skip_to_close(parser *p) {
  static const char *const opening[] = {"(", "[", "{"};
  static const char *const closing[] = {")", "]", "}"};
  for (size_t depth = 1; depth > 0;) {
    if (p->at->kind == TOKEN_END) {
      parser_expected(p, "a closing bracket");
      return;
    }
    if (parser_at_any(p, opening, 3)) depth++;
    if (parser_at_any(p, closing, 3)) depth--;
    p->at++;
  }
}

bool parser_skip_assertion(parser *p) {
  static const char *const assertions[] = {"_Static_assert", "static_assert"};
  if (!parser_at_any(p, assertions, 2)) return false;
  parser_next(p);
  parser_expect(p, "(");
  parser_skip_to_close(p);
  return true;
}

static bool same_text(const parser *p, const token *t, const char *text, size_t length) {
  return t->kind == TOKEN_NAME && t->where.end - t->where.begin == length &&
         memcmp(p->source + t->where.begin, text, length) == 0;
}

const name *parser_find_name(const parser *p, const token *t) {
  for (const name *n = p->names; n != NULL; n = n->next) {
    if (same_text(p, t, n->text, n->length)) return n;
  }
  return NULL;
}

void parser_add_name(parser *p, const token *t, const type *named, constant value) {
  size_t length = t->where.end - t->where.begin;
  const name *earlier = parser_find_name(p, t);
  bool is_same = earlier != NULL && named != NULL && earlier->type != NULL &&
                 type_is_same(earlier->type, named);
  /* A name that the program gives may be declared again, and the declaration has the last word. */
  if (earlier != NULL && !earlier->is_given && !is_same) {
    parser_fail(p, t->where, "'%.*s' is declared twice", (int)length, p->source + t->where.begin);
    return;
  }
  name *n = arena_alloc(p->memory, sizeof *n);
  *n = (name){p->names, p->source + t->where.begin, length, named, value, p->is_given};
  p->names = n;
}

tag *parser_find_tag(const parser *p, const token *t) {
  for (tag *g = p->tags; g != NULL; g = g->next) {
    if (same_text(p, t, g->text, g->length)) return g;
  }
  return NULL;
}

tag *parser_add_tag(parser *p, const token *t, const char *keyword, type *named) {
  tag *g = arena_alloc(p->memory, sizeof *g);
  *g = (tag){p->tags, p->source + t->where.begin, t->where.end - t->where.begin, keyword, named};
  p->tags = g;
  return g;
}
