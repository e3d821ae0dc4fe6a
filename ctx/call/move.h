/* A move copies bytes of an argument from where its caller has them into the frames. The address of
 * a copy that lies there is a move, too. */
#ifndef CTX_CALL_MOVE_H_
#define CTX_CALL_MOVE_H_

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "ctx/arch/arch.h"
#include "ctx/arch/load.h"
#include CTX_ARCH_HEADER_(frame.h)
#include CTX_ARCH_HEADER_(place.h)
#include "ctx/internal/attributes.h"
#include "ctx/type.h"
#include "ctx/type/runs.h"

typedef struct ctx_move {
  ctx_load load;
  uint32_t from; /* in bytes, from the argument's start; of an address, from the entry frame's */
  uint32_t to;   /* in bytes, from the start of the entry frame */
  uint32_t size; /* in bytes, of CTX_LOAD_COPY */
} ctx_move;

/* ctx_moves finds the moves of one argument, one after the other. Private. */
typedef struct ctx_moves {
  ctx_part reference; /* as ctx_frame_reference; size 0: none, or its move was made */
  ctx_part parts[CTX_MAX_PARTS];
  size_t num_parts;
  ctx_load word; /* how a scalar of one word is read; CTX_LOAD_COPY: it is not one */
  size_t part;   /* the next part to look at, for `run` */
  ctx_run run;   /* size 0: a word's only move was made */
  ctx_runs runs; /* set unless it is a word */
} ctx_moves;

/* ctx_moves_begin begins with the moves of an argument of this type that goes to `place` in frames
 * of this plan. The type must live as long as the moves. */
CTX_HIDDEN void ctx_moves_begin(ctx_moves *moves, const ctx_type *type, const ctx_place *place,
                                const ctx_frame_plan *plan);

/* ctx_moves_next finds the next move; false if there is none. Bytes without a move are padding. */
CTX_HIDDEN bool ctx_moves_next(ctx_moves *moves, ctx_move *out);

static inline void ctx_move_word(char *to, uint64_t word) { memcpy(to, &word, sizeof word); }

/* ctx_move_bytes copies bytes of an argument. */
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
    case CTX_LOAD_ADDRESS: /* never: it reads no argument */
    case CTX_NUM_LOADS:
      memcpy(to, from, size);
      return;
  }
#undef CTX_MOVE_AS
}

/* ctx_move_make makes one move of an argument into the frames. Inlined, since `load` is a constant
 * in the loops that matter. */
static inline __attribute__((always_inline)) void ctx_move_make(ctx_load load, const void *argument,
                                                                uint32_t from, char *frame,
                                                                uint32_t to, uint32_t size) {
  if (CTX_HAS_REFERENCES && load == CTX_LOAD_ADDRESS) {
    ctx_move_word(frame + to, (uint64_t)(uintptr_t)(frame + from));
  } else {
    ctx_move_bytes(load, (const char *)argument + from, frame + to, size);
  }
}

#endif /* CTX_CALL_MOVE_H_ */
