/* Moves: how the bytes of an argument get from where a caller has them into the frames. */
#ifndef CTX_MOVE_H_
#define CTX_MOVE_H_

#include <string.h>

#include "ctx/frame_x86_64_sysv.h"

/* How a move reads. All but CTX_LOAD_COPY write eight bytes: integers are extended by their sign.
 */
typedef enum ctx_load {
  CTX_LOAD_U64,
  CTX_LOAD_U32,
  CTX_LOAD_U16,
  CTX_LOAD_U8,
  CTX_LOAD_I32,
  CTX_LOAD_I16,
  CTX_LOAD_I8,
  CTX_LOAD_COPY, /* any number of bytes, as they are */
  CTX_NUM_LOADS
} ctx_load;

typedef struct ctx_move {
  uint32_t argument; /* whose bytes: its number in the call */
  uint32_t from;     /* in bytes, from its start */
  uint32_t to;       /* in bytes, from the start of the entry frame */
  uint32_t size;     /* in bytes, of CTX_LOAD_COPY */
} ctx_move;

typedef void (*ctx_move_visitor)(void *data, ctx_load load, const ctx_move *move);

/* ctx_move_argument calls `visit` for each move of the argument of this type that goes to `place`
 * in frames of this plan. What no move writes is padding. */
CTX_HIDDEN void ctx_move_argument(const ctx_type *type, const ctx_place *place,
                                  const ctx_frame_plan *plan, uint32_t argument,
                                  ctx_move_visitor visit, void *data);

static inline void ctx_move_word(char *to, uint64_t word) { memcpy(to, &word, sizeof word); }

/* ctx_move_bytes makes one move. Inlined: `load` is a constant in the loops that matter. */
static inline __attribute__((always_inline)) void ctx_move_bytes(ctx_load load, const char *from,
                                                                 char *to, size_t size) {
#define CTX_MOVE_AS(type)                        \
  do {                                           \
    type value;                                  \
    memcpy(&value, from, sizeof value);          \
    ctx_move_word(to, (uint64_t)(int64_t)value); \
  } while (0)
  switch (load) {
    case CTX_LOAD_U64:
      CTX_MOVE_AS(uint64_t);
      return;
    case CTX_LOAD_U32:
      CTX_MOVE_AS(uint32_t);
      return;
    case CTX_LOAD_U16:
      CTX_MOVE_AS(uint16_t);
      return;
    case CTX_LOAD_U8:
      CTX_MOVE_AS(uint8_t);
      return;
    case CTX_LOAD_I32:
      CTX_MOVE_AS(int32_t);
      return;
    case CTX_LOAD_I16:
      CTX_MOVE_AS(int16_t);
      return;
    case CTX_LOAD_I8:
      CTX_MOVE_AS(int8_t);
      return;
    case CTX_LOAD_COPY:
    case CTX_NUM_LOADS:
      memcpy(to, from, size);
      return;
  }
#undef CTX_MOVE_AS
}

#endif /* CTX_MOVE_H_ */
