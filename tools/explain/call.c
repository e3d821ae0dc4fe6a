#include "tools/explain/call.h"

#include <string.h>

#include "tools/explain/description.h"

const char *call_text(arena *memory, const char *source, span where) {
  char *text = arena_print(memory, "%.*s", (int)(where.end - where.begin), source + where.begin);
  char *out = text;
  for (const char *in = text; *in != '\0'; in++) {
    bool is_space = *in == ' ' || (*in >= '\t' && *in <= '\r');
    if (!is_space) {
      *out++ = *in;
    } else if (out > text && out[-1] != ' ') {
      *out++ = ' ';
    }
  }
  while (out > text && out[-1] == ' ')
    out--;
  *out = '\0';
  return text;
}

size_t call_copy(const call *c, const argument *a) {
  return c->surroundings.copies + a->place.copy;
}

static const char *refusal(arena *memory, ctx_status status) {
  return arena_print(memory, "%s: %s", ctx_status_name(status), ctx_type_error());
}

/* Returns null, or why the type cannot be passed, whose description this is. */
static const char *refuse_unnamed(const abi *a, descriptions *made, const type *t,
                                  const ctx_type *description, naming which) {
  if (!description_has_unnamed(t)) return NULL;
  const char *message = NULL;
  const ctx_type *other = description_of(made, t, UNNAMED_ARE_MEMBERS, &message);
  if (other == NULL) return message;
  return a->refuse_unnamed(description, other, which);
}

/* Returns null, or why it cannot be returned. */
static const char *place_result(call *c, descriptions *made, placing **out) {
  const char *message = NULL;
  const ctx_type *description = description_of(made, c->result, UNNAMED_ARE_PADDING, &message);
  if (description == NULL) return message;
  ctx_status status = c->abi->place_result(made->memory, description, out, &c->result_place);
  if (status != CTX_OK) return refusal(made->memory, status);
  return refuse_unnamed(c->abi, made, c->result, description, NAMING_PLAIN);
}

/* Returns null, or why it cannot be passed. */
static const char *place_argument(const call *c, descriptions *made, placing *p, naming which,
                                  argument *a) {
  const char *message = NULL;
  const ctx_type *description = description_of(made, a->type, UNNAMED_ARE_PADDING, &message);
  if (description == NULL) return message;
  ctx_status status = c->abi->place_argument(p, description, which, &a->place);
  if (status != CTX_OK) return refusal(made->memory, status);
  return refuse_unnamed(c->abi, made, a->type, description, which);
}

/* Returns null, or why it cannot be passed: a typedef has given the type an alignment. */
static const char *refuse_alignment(const abi *a, const type *given, const type *t) {
  bool is_scalar = t->form == TYPE_SCALAR;
  if (given->align < t->align && t->size > 8 && !(is_scalar && a->has_lowered_scalars)) {
    return "compilers disagree on where an argument lies that a typedef aligns to less";
  }
  /* Places in memory are aligned to 8 in any case. */
  bool is_raised = given->align > t->align && given->align > 8 && t->size != 0;
  if (is_raised && !is_scalar && !a->has_raised_aggregates) {
    return "compilers disagree on where a struct or union lies that a typedef aligns to 16 or more";
  }
  return NULL;
}

static const char *add_parameter(call *c, const declaration *d, descriptions *made, placing *p,
                                 size_t index, const parameter *from) {
  argument *a = &c->arguments[index];
  naming which = NAMING_PLAIN;
  if (c->is_variadic) {
    which = index < d->function->num_fixed ? NAMING_BEFORE_ELLIPSIS : NAMING_AFTER_ELLIPSIS;
  }
  a->text = call_text(made->memory, d->source, from->where);
  a->label = from->name != NULL ? from->name : arena_print(made->memory, "arg%zu", index + 1);
  a->type = from->type->main_variant;
  const char *message = refuse_alignment(c->abi, from->type, a->type);
  if (message != NULL) return message;
  if (which == NAMING_AFTER_ELLIPSIS) {
    const type *promoted = type_promoted(made->memory, a->type);
    a->is_promoted = promoted != a->type;
    a->type = promoted;
  }
  return place_argument(c, made, p, which, a);
}

static void add_parameters(call *c, const declaration *d, descriptions *made, placing *p,
                           fault *out_fault) {
  for (const parameter *at = d->function->parameters; at != NULL; at = at->next)
    c->num_arguments++;
  c->arguments = arena_alloc(made->memory, c->num_arguments * sizeof *c->arguments);
  size_t index = 0;
  for (const parameter *at = d->function->parameters; at != NULL; at = at->next, index++) {
    const char *message = add_parameter(c, d, made, p, index, at);
    if (message != NULL) {
      *out_fault = (fault){message, at->where};
      return;
    }
  }
}

call call_of(const declaration *d, arena *memory, fault *out_fault) {
  call c = {.abi = d->abi,
            .is_variadic = d->function->is_variadic,
            .result = d->function->target->main_variant,
            .result_text = call_text(memory, d->result_text, (span){0, strlen(d->result_text)})};
  descriptions made = {.memory = memory};
  placing *p = NULL;
  const char *message = place_result(&c, &made, &p);
  if (message != NULL) *out_fault = (fault){message, d->result_where};
  if (message == NULL) add_parameters(&c, d, &made, p, out_fault);
  if (out_fault->message == NULL) c.surroundings = c.abi->surround(p, c.is_variadic);
  descriptions_free(&made);
  return c;
}
