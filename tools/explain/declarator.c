/* Declarators (C11 6.7.6, 6.7.7): all that stands around a name, or around the place of one. */
#include <string.h>

#include "tools/explain/parser.h"

/* One step from the type of the specifiers to the type of the name. */
typedef struct step {
  struct step *next;
  type_form form; /* TYPE_SCALAR: a pointer */
  span where;
  size_t count; /* of an array */
  bool has_count;
  parameter *parameters; /* of a function */
  size_t num_fixed;
  bool is_variadic;
} step;

/* Steps are put in front as they are read, and a name's nearest is read first: so they are in the
 * order in which they are applied. */
typedef struct steps {
  step *first;
  size_t num;
  declarator_place place;
  const token *name;
  attributes *attributes; /* in double brackets, after the name or what follows it */
} steps;

static step *add_step(parser *p, steps *s, type_form form, span where) {
  step *added = arena_alloc(p->memory, sizeof *added);
  *added = (step){.next = s->first, .form = form, .where = where};
  s->first = added;
  if (++s->num > TYPE_MAX_DEPTH) parser_fail(p, where, "the declaration is nested too deeply");
  return added;
}

/* Sizes of a parameter's arrays do not matter, and may be other parameters: `double a[n][n]`. */
static bool skip_variable_size(parser *p) {
  bool is_variable = parser_at(p, "*");
  if (p->at->kind == TOKEN_NAME && !parser_at(p, "sizeof")) {
    const name *n = parser_find_name(p, p->at);
    is_variable = n == NULL || n->type != NULL;
  }
  if (is_variable) parser_skip_to_close(p);
  return is_variable;
}

static void parse_array(parser *p, steps *s) {
  step *array = add_step(p, s, TYPE_ARRAY, p->at[-1].where);
  if (s->place == PLACE_PARAMETER) {
    while (parser_accept(p, "static") || specifiers_accept_qualifier(p))
      continue;
    array->has_count = true;
    array->count = 1;
    if (skip_variable_size(p)) return;
    array->count = 0;
    array->has_count = false;
  }
  if (!parser_at(p, "]")) {
    array->has_count = true;
    array->count = (size_t)constant_parse_size(p);
  }
  parser_expect(p, "]");
}

/* Returns the type that an argument of a transparent union has: that of its first member. Compilers
 * ignore the attribute if that is a floating-point number or a vector. */
static const type *first_member(parser *p, const type *t, span where) {
  const type *first = t->members != NULL ? t->members->type : t;
  if (first->form != TYPE_SCALAR && first != t) {
    parser_fail(p, where, "compilers disagree on a transparent union that begins with no scalar");
  }
  bool is_word =
      type_is_integer(first) || (first->form == TYPE_SCALAR && first->scalar->kind == CTX_KIND_PTR);
  return is_word ? first : t;
}

static parameter *parse_parameter(parser *p) {
  parameter *made = arena_alloc(p->memory, sizeof *made);
  size_t begin = p->at->where.begin;
  specifiers s = specifiers_parse(p);
  if (s.is_typedef) parser_fail(p, s.where, "a typedef is no parameter");
  declarator d = declarator_parse(p, &s, PLACE_PARAMETER);
  if (d.attributes.align != 0 || d.attributes.is_packed) {
    parser_fail(p, d.attributes.where, "the alignment of a parameter is that of its type");
  }
  made->where = (span){begin, p->at[-1].where.end};
  if (d.name != NULL) {
    span n = d.name->where;
    made->name = arena_print(p->memory, "%.*s", (int)(n.end - n.begin), p->source + n.begin);
  }
  made->type = d.type->is_transparent ? first_member(p, d.type, made->where) : d.type;
  if (d.type->form == TYPE_ARRAY || d.type->form == TYPE_FUNCTION) {
    made->type = type_of_scalar(p->memory, &ctx_type_ptr);
  }
  return made;
}

/* Returns whether this is (void), or () as most people mean it. */
static bool has_no_parameters(parser *p) {
  if (parser_accept(p, ")")) return true;
  if (!parser_at(p, "void") || !token_is(p->at + 1, p->source, ")")) return false;
  p->at += 2;
  return true;
}

static void check_parameter(parser *p, const parameter *first, const parameter *added) {
  if (added->type->form == TYPE_VOID) parser_fail(p, added->where, "no argument is void");
  for (; first != added && added->name != NULL; first = first->next) {
    if (first->name != NULL && strcmp(first->name, added->name) == 0) {
      parser_fail(p, added->where, "the name '%s' is there twice", added->name);
    }
  }
}

static void parse_function(parser *p, steps *s) {
  step *function = add_step(p, s, TYPE_FUNCTION, p->at[-1].where);
  if (has_no_parameters(p)) {
    function->where.end = p->at[-1].where.end;
    return;
  }
  if (!parser_enter(p)) return;
  parameter **end = &function->parameters;
  do {
    if (parser_at(p, "...")) {
      if (function->is_variadic) parser_fail(p, p->at->where, "there is one ellipsis at most");
      parser_accept(p, "...");
      function->is_variadic = true;
      continue;
    }
    *end = parse_parameter(p);
    check_parameter(p, function->parameters, *end);
    end = &(*end)->next;
    if (!function->is_variadic) function->num_fixed++;
  } while (parser_accept(p, ","));
  parser_expect(p, ")");
  function->where.end = p->at[-1].where.end;
  parser_leave(p);
}

/* Returns whether the parenthesis opens a declarator, not parameters. */
static bool opens_declarator(const parser *p) {
  static const char *const first[] = {"*", "(", "[", "__attribute__", "__attribute"};
  parser inside = *p;
  inside.at++;
  if (parser_at_any(&inside, first, sizeof first / sizeof first[0])) return true;
  return inside.at->kind == TOKEN_NAME && !specifiers_begin(&inside);
}

static void skip_attributes(parser *p) {
  attributes a = {0};
  attributes_parse(p, &a);
  if (a.align != 0 || a.is_packed || a.vector_size != 0) {
    parser_fail(p, a.where, "this attribute is not supported here");
  }
}

static void parse_steps(parser *p, steps *s) {
  if (!parser_enter(p)) return;
  skip_attributes(p);
  step *pointer = NULL;
  while (parser_accept(p, "*")) {
    /* A pointer to a pointer is passed as a pointer is. */
    if (pointer == NULL) pointer = arena_alloc(p->memory, sizeof *pointer);
    pointer->form = TYPE_SCALAR;
    do {
      skip_attributes(p);
    } while (specifiers_accept_qualifier(p));
  }
  if (parser_at(p, "(") && opens_declarator(p)) {
    parser_next(p);
    parse_steps(p, s);
    parser_expect(p, ")");
  } else if (p->at->kind == TOKEN_NAME && s->place != PLACE_TYPE &&
             !specifiers_is_keyword(p, p->at)) {
    s->name = parser_next(p);
  }
  for (;;) {
    if (attributes_accept_standard(p, s->attributes)) {
      continue;
    } else if (parser_accept(p, "[")) {
      parse_array(p, s);
    } else if (parser_accept(p, "(")) {
      parse_function(p, s);
    } else {
      break;
    }
  }
  if (pointer != NULL) {
    pointer->next = s->first;
    s->first = pointer;
  }
  parser_leave(p);
}

static const type *apply_array(parser *p, const step *s, const type *t, bool is_outermost,
                               declarator_place place) {
  if (t->form == TYPE_FUNCTION || !t->is_complete) {
    parser_fail(p, s->where,
                t->form == TYPE_FUNCTION ? "an array of functions"
                                         : "the type of the elements is incomplete");
    return t;
  }
  if (!s->has_count && !is_outermost) parser_fail(p, s->where, "the array has no size");
  const char *message = NULL;
  type *array = type_of_array(p->memory, t, s->has_count ? s->count : 0, &message);
  if (array == NULL) {
    /* An array that decays to a pointer may have any size. */
    if (place == PLACE_PARAMETER) return type_of_scalar(p->memory, &ctx_type_ptr);
    parser_fail(p, s->where, "%s", message);
    return t;
  }
  array->is_complete = s->has_count;
  array->is_flexible = array->count == 0 || t->is_flexible;
  return array;
}

static const type *apply_function(parser *p, const step *s, const type *t) {
  if (t->form == TYPE_ARRAY || t->form == TYPE_FUNCTION) {
    parser_fail(p, s->where, "a function returns no %s",
                t->form == TYPE_ARRAY ? "array" : "function");
  }
  type *function = arena_alloc(p->memory, sizeof *function);
  *function = (type){.form = TYPE_FUNCTION,
                     .main_variant = function,
                     .target = t,
                     .where = s->where,
                     .parameters = s->parameters,
                     .num_fixed = s->num_fixed,
                     .is_variadic = s->is_variadic};
  return function;
}

static const type *apply_steps(parser *p, const steps *s, const type *t) {
  for (const step *at = s->first; at != NULL && p->fault.message == NULL; at = at->next) {
    if (at->form == TYPE_SCALAR) {
      t = type_of_scalar(p->memory, &ctx_type_ptr);
    } else if (at->form == TYPE_ARRAY) {
      t = apply_array(p, at, t, at->next == NULL, s->place);
    } else {
      t = apply_function(p, at, t);
    }
  }
  return t;
}

declarator declarator_parse(parser *p, const specifiers *s, declarator_place place) {
  declarator d = {.attributes = s->attributes};
  steps read = {.place = place, .attributes = &d.attributes};
  parse_steps(p, &read);
  d.name = read.name;
  d.type = apply_steps(p, &read, s->type);
  d.end = p->at[-1].where.end;
  attributes_parse(p, &d.attributes);
  d.type = attributes_apply(p, &d.attributes, d.type);
  return d;
}

const type *type_name_parse(parser *p) {
  if (!parser_enter(p)) return type_of_scalar(p->memory, &ctx_type_i32);
  specifiers s = specifiers_parse(p);
  declarator d = declarator_parse(p, &s, PLACE_TYPE);
  parser_leave(p);
  return d.type;
}
