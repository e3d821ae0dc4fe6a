#include "tools/explain/call.h"

#include <string.h>

#include "ctx/arch/x86_64_sysv/disputes.h"
#include "ctx/call/argument.h"
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

/* One type of the call, its classes, and ctx's word that it takes it. */
typedef struct passed {
  const ctx_type *description;
  ctx_classes classes;
} passed;

static bool same_classes(const ctx_classes *a, const ctx_classes *b) {
  if (a->num != b->num) return false;
  for (size_t i = 0; i < a->num; i++) {
    if (a->eightbyte[i] != b->eightbyte[i]) return false;
  }
  return true;
}

static const char *refusal(arena *memory, ctx_status status) {
  return arena_print(memory, "%s: %s", ctx_status_name(status), ctx_type_error());
}

/* Returns null, or why the type cannot be passed. */
static const char *classify(descriptions *d, const type *t, passed *out) {
  const char *message = NULL;
  out->description = description_of(d, t, UNNAMED_ARE_PADDING, &message);
  if (out->description == NULL) return message;
  ctx_classify(out->description, &out->classes);
  ctx_status status = ctx_dispute_type(out->description, &out->classes);
  if (status != CTX_OK) return refusal(d->memory, status);
  if (!description_has_unnamed(t)) return NULL;
  ctx_classes with_unnamed;
  const ctx_type *other = description_of(d, t, UNNAMED_ARE_MEMBERS, &message);
  if (other == NULL) return message;
  ctx_classify(other, &with_unnamed);
  status = ctx_dispute_type(other, &with_unnamed);
  if (status != CTX_OK || !same_classes(&out->classes, &with_unnamed)) {
    return "compilers disagree on how it is passed: gcc counts bit-fields without a name, clang "
           "does not";
  }
  return NULL;
}

const char *call_register(const ctx_piece *piece) {
  static const char *const gp[] = {"rdi", "rsi", "rdx", "rcx", "r8", "r9"};
  static const char *const vector[][CTX_NUM_VECTOR_REGISTERS] = {
      {"xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7"},
      {"ymm0", "ymm1", "ymm2", "ymm3", "ymm4", "ymm5", "ymm6", "ymm7"},
      {"zmm0", "zmm1", "zmm2", "zmm3", "zmm4", "zmm5", "zmm6", "zmm7"}};
  if (!piece->is_vector) return gp[piece->index];
  return vector[piece->size == 64 ? 2 : piece->size == 32 ? 1 : 0][piece->index];
}

const char *call_return_register(const ctx_return_piece *piece) {
  static const char *const names[] = {
      [CTX_RETURN_RAX] = "rax",   [CTX_RETURN_RDX] = "rdx", [CTX_RETURN_VECTOR0] = "xmm0",
      [CTX_RETURN_XMM1] = "xmm1", [CTX_RETURN_ST0] = "st0", [CTX_RETURN_ST1] = "st1"};
  if (piece->source == CTX_RETURN_VECTOR0 && piece->size > 16) {
    return piece->size > 32 ? "zmm0" : "ymm0";
  }
  return names[piece->source];
}

static void add_result(call *c, const declaration *d, descriptions *made, passed *out,
                       fault *out_fault) {
  c->result = d->function->target->main_variant;
  c->result_text = call_text(made->memory, d->result_text, (span){0, strlen(d->result_text)});
  const char *message = classify(made, c->result, out);
  if (message == NULL) {
    ctx_status status = ctx_argument_place_result(&c->checker, out->description, &c->result_place);
    if (status != CTX_OK) message = refusal(made->memory, status);
  }
  if (message != NULL) *out_fault = (fault){message, d->result_where};
  c->result_classes = out->classes;
}

/* Returns null, or why it cannot be passed. */
static const char *add_argument(call *c, descriptions *made, ctx_naming naming, argument *a,
                                passed *out) {
  const char *message = classify(made, a->type, out);
  if (message != NULL) return message;
  a->classes = out->classes;
  ctx_status status =
      ctx_argument_place(&c->checker, &c->placer, out->description, naming, &a->place);
  return status == CTX_OK ? NULL : refusal(made->memory, status);
}

static const char *add_parameter(call *c, const declaration *d, descriptions *made, size_t index,
                                 const parameter *p, passed *out) {
  argument *a = &c->arguments[index];
  ctx_naming naming = CTX_PLAIN;
  if (c->is_variadic) naming = index < d->function->num_fixed ? CTX_NAMED : CTX_UNNAMED;
  a->text = call_text(made->memory, d->source, p->where);
  a->label = p->name != NULL ? p->name : arena_print(made->memory, "arg%zu", index + 1);
  a->type = p->type->main_variant;
  if (p->type->align < a->type->align && a->type->size > 8) {
    return "compilers disagree on where an argument lies that a typedef aligns to less";
  }
  if (naming == CTX_UNNAMED) {
    const type *promoted = type_promoted(made->memory, a->type);
    a->is_promoted = promoted != a->type;
    a->type = promoted;
  }
  return add_argument(c, made, naming, a, out);
}

static void add_parameters(call *c, const declaration *d, descriptions *made, const passed *result,
                           fault *out_fault) {
  const type *function = d->function;
  for (const parameter *p = function->parameters; p != NULL; p = p->next)
    c->num_arguments++;
  c->arguments = arena_alloc(made->memory, c->num_arguments * sizeof *c->arguments);
  const ctx_type **all = arena_alloc(made->memory, c->num_arguments * sizeof *all);
  size_t index = 0;
  for (const parameter *p = function->parameters; p != NULL; p = p->next, index++) {
    passed one;
    const char *message = add_parameter(c, d, made, index, p, &one);
    if (message != NULL) {
      *out_fault = (fault){message, p->where};
      return;
    }
    all[index] = one.description;
  }
  /* Each can be passed: can all of them, in one signature? */
  ctx_signature *signature = NULL;
  ctx_status status = ctx_signature_create(&signature, result->description, all, c->num_arguments,
                                           c->is_variadic ? function->num_fixed : CTX_NOT_VARIADIC);
  if (status != CTX_OK) *out_fault = (fault){refusal(made->memory, status), d->name_where};
  if (status == CTX_OK) ctx_signature_destroy(signature);
}

call call_of(const declaration *d, arena *memory, fault *out_fault) {
  call c = {.is_variadic = d->function->is_variadic};
  ctx_type_checker_begin(&c.checker);
  descriptions made = {.memory = memory};
  passed result;
  add_result(&c, d, &made, &result, out_fault);
  if (out_fault->message == NULL) {
    c.has_result_pointer = c.result_place.where == CTX_WHERE_MEMORY;
    c.placer = ctx_place_begin(&c.result_place);
    add_parameters(&c, d, &made, &result, out_fault);
  }
  descriptions_free(&made);
  return c;
}
