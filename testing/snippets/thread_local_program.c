/* A context that moves between two threads finds each time the variable of the one it runs on. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

#include "ctx/ctx.h"
#include "testing/snippets/thread_local.c"

static ctx_context hosts[2], child;
static _Alignas(16) char stack[65536];
static int *seen[2];
static int values[2];

static void body(void) {
  for (int i = 0; i < 2; i++) {
    seen[i] = this_counter();
    values[i] = (*this_counter())++;
    ctx_yield(&child);
  }
}

static int *own_counters[2];

static void *second_thread(void *unused) {
  own_counters[1] = &counter;
  counter = 20;
  ctx_swap(&hosts[1], &child);
  return unused;
}

int main(void) {
  own_counters[0] = &counter;
  counter = 10;
  if (ctx_init(&child, stack, sizeof stack, CTX_ENTRY(body), CTX_NO_ARGS) != CTX_OK) return 1;
  ctx_swap(&hosts[0], &child);
  pthread_t thread;
  if (pthread_create(&thread, NULL, second_thread, NULL) != 0) return 1;
  pthread_join(thread, NULL);
  for (int i = 0; i < 2; i++) {
    if (seen[i] != own_counters[i] || values[i] != 10 + 10 * i) {
      printf("thread %d: another thread's counter, %d\n", i, values[i]);
      return 1;
    }
  }
  puts("OK");
  return 0;
}
