/* Classifies types by the x86-64 psABI (3.2.3, "Classification"). This knows no registers and no
 * memory, and follows the text. disputes.h has the types on which compilers differ. */
#ifndef CTX_ARCH_X86_64_SYSV_CLASSIFY_H_
#define CTX_ARCH_X86_64_SYSV_CLASSIFY_H_

#include <stdbool.h>

#include "ctx/internal/attributes.h"
#include "ctx/type.h"

typedef enum ctx_class {
  CTX_CLASS_NONE,    /* no value: padding */
  CTX_CLASS_INTEGER, /* a general register */
  CTX_CLASS_SSE,     /* a vector register */
  CTX_CLASS_SSEUP,   /* the next eight bytes of the same */
  CTX_CLASS_X87,     /* a result in st0; an argument in memory */
  CTX_CLASS_X87UP,
  CTX_CLASS_COMPLEX_X87, /* a result in st0 and st1; an argument in memory */
  CTX_CLASS_MEMORY
} ctx_class;

/* ctx_class_of_word returns the class of a scalar of one word: INTEGER or SSE. It returns NONE for
 * every other kind, and for numbers that are not a kind. */
static inline ctx_class ctx_class_of_word(uint32_t kind) {
  if (kind == CTX_KIND_NONE || kind > CTX_KIND_F64) return CTX_CLASS_NONE;
  return kind >= CTX_KIND_F32 ? CTX_CLASS_SSE : CTX_CLASS_INTEGER;
}
_Static_assert(CTX_KIND_F64 == CTX_KIND_F32 + 1 && CTX_KIND_F16 == CTX_KIND_F64 + 1,
               "scalars of one eightbyte come first, those of class SSE last among them");

/* A value of more than eight eightbytes is in memory. */
#define CTX_MAX_EIGHTBYTES 8

typedef struct ctx_classes {
  size_t num;                            /* of eightbytes; 0: it is empty, and passed nowhere */
  uint8_t eightbyte[CTX_MAX_EIGHTBYTES]; /* ctx_class each; the first is MEMORY if it all is */
} ctx_classes;

/* ctx_classes_vector_size returns the bytes of the vector register that a type needs; 0 if its
 * first eightbyte is not in one. It takes the type for one vector: above 16 bytes nothing else is
 * in a vector register. */
static inline size_t ctx_classes_vector_size(const ctx_classes *classes) {
  return classes->eightbyte[0] == CTX_CLASS_SSE ? classes->num * 8 : 0;
}

/* ctx_classify classifies a whole type. REQUIRES: ctx_type_check(type) is CTX_OK. */
CTX_HIDDEN void ctx_classify(const ctx_type *type, ctx_classes *out);

/* ctx_classify_member merges the classes of a member, with all of its elements, into `classes`, one
 * for each eightbyte from the start of the outermost type, from which the member lies `offset`
 * bytes. It returns whether the whole can still be in registers. REQUIRES: the member ends within
 * CTX_MAX_EIGHTBYTES. */
CTX_HIDDEN bool ctx_classify_member(const ctx_member *member, size_t offset,
                                    uint8_t classes[CTX_MAX_EIGHTBYTES]);

/* ctx_classify_merge merges the classes of an aggregate that lies there into `classes`. `own` are
 * those of its members, all merged. It returns the same. */
CTX_HIDDEN bool ctx_classify_merge(const ctx_type *type, size_t offset,
                                   uint8_t own[CTX_MAX_EIGHTBYTES],
                                   uint8_t classes[CTX_MAX_EIGHTBYTES]);

/* ctx_class_merge_all merges `others` into `classes`, each into the one of the same eightbyte. */
CTX_HIDDEN void ctx_class_merge_all(uint8_t classes[CTX_MAX_EIGHTBYTES],
                                    const uint8_t others[CTX_MAX_EIGHTBYTES]);

#endif /* CTX_ARCH_X86_64_SYSV_CLASSIFY_H_ */
