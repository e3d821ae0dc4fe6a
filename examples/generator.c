/* A generator: a recursive walk of a tree that gives its consumer one path at a time.
 *
 * The consumer takes as many as it likes. When it has had enough, the walk may be deep in its
 * recursion, and holds memory in every frame: dropping its stack would leak that. So it is resumed
 * once more, told to stop, and returns as any C function does. (A generator that holds nothing but
 * its stack needs no telling: give the stack back.) */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctx/ctx.h"

/* ---- Generators ---- */

typedef struct generator {
  ctx_context self;
  ctx_context consumer; /* all-zero: whoever calls next() */
  ctx_stack_pool *pool;
  ctx_stack stack;
  const char *item; /* what was yielded last: valid until the next call */
  bool is_told_to_stop;
} generator;

/* Gives an item to the consumer. Returns false if the generator is to return. */
static bool yield(generator *g, const char *item) {
  g->item = item;
  ctx_yield(&g->self);
  return !g->is_told_to_stop;
}

/* Runs the generator until it yields (true) or returns (false). */
static bool next(generator *g) {
  ctx_swap(&g->consumer, &g->self);
  return !ctx_has_returned(&g->self);
}

/* entry(g, data) is what yields. */
static void start(generator *g, ctx_stack_pool *pool, ctx_entry entry, const void *data) {
  memset(g, 0, sizeof *g);
  g->pool = pool;
  ctx_status status = ctx_stack_pool_take(pool, &g->stack);
  if (status == CTX_OK) {
    status = ctx_init(&g->self, g->stack.base, g->stack.size, entry, CTX_ARGS(g, data));
  }
  if (status != CTX_OK) {
    fprintf(stderr, "generator: %s\n", ctx_status_message(status));
    exit(1);
  }
}

/* Ends the generator, wherever it is. */
static void stop(generator *g) {
  g->is_told_to_stop = true;
  while (!ctx_has_returned(&g->self))
    next(g);
  ctx_stack_pool_give(g->pool, &g->stack);
}

/* ---- A tree, and its walk ---- */

typedef struct node {
  const char *name;
  const struct node *children[4]; /* as many as there are; the rest is null */
} node;

static const node tree = {
    "ctx",
    {&(node){"examples", {&(node){"echo", {&(node){"server.c", {0}}}}, &(node){"tour.c", {0}}}},
     &(node){"asm", {&(node){"layout.h", {0}}, &(node){"x86_64_sysv.S", {0}}}},
     &(node){"README.md", {0}}}};

static size_t num_made, num_freed;

static char *make_path(const char *directory, const char *name) {
  size_t size = strlen(directory) + 1 + strlen(name) + 1;
  char *path = malloc(size);
  if (path == NULL) abort();
  snprintf(path, size, "%s/%s", directory, name);
  num_made++;
  return path;
}

static void free_path(char *path) {
  free(path);
  num_freed++;
}

static bool walk_below(generator *g, const node *parent, const char *directory) {
  bool go_on = true;
  for (size_t i = 0; go_on && i < 4 && parent->children[i] != NULL; i++) {
    char *path = make_path(directory, parent->children[i]->name);
    go_on = yield(g, path) && walk_below(g, parent->children[i], path);
    free_path(path);
  }
  return go_on;
}

static void walk(generator *g, const node *root) { walk_below(g, root, root->name); }

int main(void) {
  static generator paths;
  ctx_stack_pool *pool;
  if (ctx_stack_pool_create(&pool, 64 * 1024, 1) != CTX_OK) return 1;

  puts("All of them:");
  start(&paths, pool, CTX_ENTRY(walk), &tree);
  while (next(&paths))
    printf("  %s\n", paths.item);
  stop(&paths);

  puts("The first file in C, and no more:");
  start(&paths, pool, CTX_ENTRY(walk), &tree);
  while (next(&paths) && strstr(paths.item, ".c") == NULL) {
  }
  printf("  %s\n", paths.item);
  stop(&paths);

  ctx_stack_pool_stats stats;
  if (ctx_stack_pool_get_stats(pool, &stats) != CTX_OK) return 1;
  printf("%zu paths were made, %zu freed; stacks in use: %zu\n", num_made, num_freed, stats.in_use);
  ctx_stack_pool_destroy(pool);
  return 0;
}
