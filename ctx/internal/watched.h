/* The part of a context that instrumented builds write and read (ctx/watch/instrument.c). Included
 * by the architecture's context.h. */
#ifndef CTX_INTERNAL_WATCHED_H_
#define CTX_INTERNAL_WATCHED_H_

#include <stddef.h>
#include <stdint.h>

/* A stack, as instrumented builds know it: a context's own, or a thread's. */
struct ctx_watched_stack_ {
  void *low;          /* its lowest byte */
  size_t size;        /* bytes */
  void *tool;         /* what a sanitizer keeps for it; null: nothing */
  uint64_t seal;      /* shows that `tool` is valid: sanitizer.h */
  uint32_t is_childs; /* 1: of the context that it lies in; 0: a thread's */
  uint32_t fate;      /* CTX_FATE_*: sanitizer.h */
};

struct ctx_watched_ {
  struct ctx_watched_stack_ stack; /* the one that it was given; a host has none */
  struct ctx_watched_stack_ *on;   /* the one that it was suspended on, or starts on */
  void (*activation)(void *);      /* the user's, with its data */
  void *activation_data;
  void (*backstop)(void *); /* the user's; its data stay in the context's own field */
  uint32_t state;           /* a ctx_watch_state */
  uint32_t suspended;       /* 1 once it has been switched from */
};

#endif /* CTX_INTERNAL_WATCHED_H_ */
