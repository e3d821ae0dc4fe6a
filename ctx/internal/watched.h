/* The part of a context that instrumented builds write and read (ctx/watch/instrument.c). Included
 * by the architecture's context.h. */
#ifndef CTX_INTERNAL_WATCHED_H_
#define CTX_INTERNAL_WATCHED_H_

#include <stddef.h>
#include <stdint.h>

struct ctx_home_; /* ctx/watch/registry.h */

/* A stack, as instrumented builds know it: a context's own, or a thread's. */
struct ctx_watched_stack_ {
  void *low;         /* its lowest byte */
  size_t size;       /* bytes */
  void *tool;        /* what a sanitizer keeps for it; null: nothing */
  uint64_t seal;     /* shows that `tool` is valid: sanitizer.h */
  uint8_t is_childs; /* 1: of the context that it lies in; 0: a thread's */
  uint8_t fate;      /* CTX_FATE_*: sanitizer.h */

  /* The checked build alone has these. A host has no stack of its own, and keeps here what it knows
   * of the one on which it was suspended. */
  uint8_t has_canary; /* 1: its lowest bytes are CTX_CANARY's: checked.c */
  uint32_t thread;    /* which thread runs on it, 0: none; of a host, which has suspended it */
  uint64_t life;      /* a number that no other use of a stack has; 0: none has begun */
  /* The library's stack that it lies in, and the state in which that was then: registry.h. Null:
   * the memory is the user's. */
  struct ctx_home_ *home;
  uint32_t home_generation;
  uint32_t slot_generation;
};

struct ctx_watched_ {
  struct ctx_watched_stack_ stack; /* the one that it was given; a host has none */
  struct ctx_watched_stack_ *on;   /* the one that it was suspended on, or starts on */
  void (*activation)(void *);      /* the user's, with its data */
  void *activation_data;
  void (*backstop)(void *); /* the user's; its data stay in the context's own field */
  uint64_t self;            /* shows that there is a context, and that it lies here: checked.c */
  uint8_t state;            /* a ctx_watch_state */
  uint8_t suspended;        /* 1 once it has been switched from */
  uint8_t is_created;       /* 1: by ctx_create */
  uint8_t is_on_thread;     /* 1: a host that was suspended on a thread's own stack */
};

#endif /* CTX_INTERNAL_WATCHED_H_ */
