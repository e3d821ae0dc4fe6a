/* A file of one architecture, abi_*.c, includes this once, after it has defined CTX_ARCH_AS_... for
 * it (ctx/arch/arch.h). It has ctx's placing in it, for that architecture and with internal
 * linkage: so one program has that of all architectures, which all use the same names. */
#ifndef CTX_TOOLS_EXPLAIN_PLACING_H_
#define CTX_TOOLS_EXPLAIN_PLACING_H_

#include "ctx/arch/arch.h"
#include "ctx/internal/attributes.h"

/* These are of all architectures, and linked. (Where ctx counts the members of a call, an array of
 * long double counts as on the host.) */
#include "ctx/type/check.h"
#include "ctx/type/error.h"

#undef CTX_HIDDEN
#define CTX_HIDDEN static __attribute__((__unused__))
#include CTX_ARCH_HEADER_(classify.c)
#include CTX_ARCH_HEADER_(disputes.c)
#include CTX_ARCH_HEADER_(place.c)
#include "ctx/call/argument.c"

/* Comes last: its names are not ctx's. */
#include "tools/explain/abi.h"

struct placing {
  arena *memory;
  ctx_type_checker checker;
  ctx_placer placer;
  ctx_result_place result;
};

/* ---- The file defines these ---- */

/* The place is null for a result. */
static const char *classes_in_words(arena *memory, const ctx_classes *classes,
                                    const ctx_place *place);
static void describe_place(const ctx_place *from, placement *out);
/* Has all but the register yet, which is taken to be as wide as the piece. */
static void describe_piece(const ctx_piece *from, piece *out);
static const char *return_register(const ctx_return_piece *from);

/* ---- For what the file defines ---- */

static void describe_pieces_and_memory(const ctx_place *from, placement *out) {
  out->num_pieces = from->num_pieces;
  for (size_t i = 0; i < from->num_pieces; i++) {
    const ctx_piece *one = &from->pieces[i];
    out->pieces[i] = (piece){.from = one->from, .size = one->size, .width = one->size};
    describe_piece(one, &out->pieces[i]);
  }
  out->has_memory = from->where == CTX_WHERE_MEMORY;
  out->memory = from->offset;
}

/* Types of glibc, of so many bytes. */
#define PTHREAD_TYPES(attr_size, mutex_size, small_size) \
  "typedef union {char size[" #attr_size                 \
  "]; long align;} pthread_attr_t;"                      \
  "typedef union {char size[" #mutex_size                \
  "]; long align;} pthread_mutex_t;"                     \
  "typedef union {char size[" #small_size                \
  "]; int align;} pthread_mutexattr_t, pthread_condattr_t, pthread_barrierattr_t;"

/* ---- Members of an abi ---- */

static void describe_result(const ctx_result_place *from, placement *out) {
  out->is_reference = from->where == CTX_WHERE_MEMORY;
  out->num_pieces = from->num_pieces;
  for (size_t i = 0; i < from->num_pieces; i++) {
    const ctx_return_piece *one = &from->pieces[i];
    out->pieces[i] = (piece){
        .name = return_register(one), .from = one->to, .size = one->size, .width = one->size};
  }
}
_Static_assert((int)CTX_MAX_RETURN_PIECES <= ABI_MAX_PIECES, "a result has no more pieces");

static ctx_status place_result(arena *memory, const ctx_type *described, placing **out,
                               placement *out_place) {
  placing *p = arena_alloc(memory, sizeof *p);
  p->memory = memory;
  ctx_type_checker_begin(&p->checker);
  ctx_status status = ctx_argument_place_result(&p->checker, described, &p->result);
  if (status != CTX_OK) return status;
  p->placer = ctx_place_begin(&p->result);
  ctx_classes classes;
  ctx_classify(described, &classes);
  out_place->classes = classes_in_words(memory, &classes, NULL);
  describe_result(&p->result, out_place);
  *out = p;
  return CTX_OK;
}

static ctx_status place_argument(placing *p, const ctx_type *described, naming which,
                                 placement *out) {
  static const ctx_naming namings[] = {[NAMING_PLAIN] = CTX_PLAIN,
                                       [NAMING_BEFORE_ELLIPSIS] = CTX_NAMED,
                                       [NAMING_AFTER_ELLIPSIS] = CTX_UNNAMED};
  ctx_place found;
  ctx_status status =
      ctx_argument_place(&p->checker, &p->placer, described, namings[which], &found);
  if (status != CTX_OK) return status;
  ctx_classes classes;
  ctx_classify(described, &classes);
  out->classes = classes_in_words(p->memory, &classes, &found);
  describe_place(&found, out);
  return CTX_OK;
}

#endif /* CTX_TOOLS_EXPLAIN_PLACING_H_ */
