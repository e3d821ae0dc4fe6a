/* A generator: a recursive function that yields one value at a time to a loop.
 *
 * The moves of the towers of Hanoi are found by recursion; here they are taken one by one, from
 * wherever the recursion happens to be. */
#include <stdio.h>

#include "ctx/ctx.h"

typedef struct generator {
  ctx_context self;
  ctx_context consumer; /* all-zero: whoever calls next() */
  int disk;             /* what was yielded last: valid after next() has returned true */
  char from, to;
  _Alignas(16) char stack[64 * 1024];
} generator;

static generator moves;

static void yield(generator *g, int disk, char from, char to) {
  g->disk = disk;
  g->from = from;
  g->to = to;
  ctx_swap(&g->self, &g->consumer);
}

/* Runs the generator until it yields (true) or returns (false). */
static bool next(generator *g) {
  ctx_swap(&g->consumer, &g->self);
  return !ctx_has_returned(&g->self);
}

static int hanoi(generator *g, int disks, char from, char to, char spare) {
  if (disks == 0) return 0;
  int before = hanoi(g, disks - 1, from, spare, to);
  yield(g, disks, from, to);
  int after = hanoi(g, disks - 1, spare, to, from);
  return before + 1 + after;
}

int main(void) {
  ctx_status status = ctx_init(&moves.self, moves.stack, sizeof moves.stack, (ctx_entry)hanoi,
                               CTX_ARGS(&moves, 3, 'A', 'C', 'B'));
  if (status != CTX_OK) {
    fprintf(stderr, "ctx_init: %s\n", ctx_status_message(status));
    return 1;
  }
  while (next(&moves)) {
    printf("disk %d from %c to %c\n", moves.disk, moves.from, moves.to);
  }
  printf("%d moves\n", ctx_retval_i32(&moves.self));
  return 0;
}
