/* A program in C, linked without an unwinder, which loads a library in C++ and runs its function in
 * a context. The argument is the library's path. */
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "ctx/ctx.h"

static ctx_context host, child;
static char stack[1 << 18] __attribute__((__aligned__(16)));

int main(int argc, char **argv) {
  void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW) : NULL;
  void *found = library != NULL ? dlsym(library, "throws") : NULL;
  if (found == NULL) return 1;
  ctx_entry entry;
  memcpy(&entry, &found, sizeof entry);
  if (ctx_init(&child, stack, sizeof stack, entry, CTX_NO_ARGS) != CTX_OK) return 1;
  puts("runs it");
  fflush(stdout);
  ctx_swap(&host, &child);
  puts("goes on");
  return 0;
}
