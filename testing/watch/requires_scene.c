#include "testing/watch/requires_scene.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

ctx_context scene_host, scene_child, scene_other, scene_thread_host;
char scene_stack[SCENE_STACK_SIZE] __attribute__((__aligned__(16)));
char scene_other_stack[SCENE_STACK_SIZE] __attribute__((__aligned__(16)));

void scene_must(ctx_status status) {
  if (status != CTX_OK) _exit(0);
}

void scene_init(ctx_entry entry) {
  scene_must(ctx_init(&scene_child, scene_stack, SCENE_STACK_SIZE, entry, CTX_NO_ARGS));
}

void scene_init_other(ctx_entry entry) {
  scene_must(ctx_init(&scene_other, scene_other_stack, SCENE_STACK_SIZE, entry, CTX_NO_ARGS));
}

void scene_init_on(const ctx_stack *stack, ctx_entry entry) {
  scene_must(ctx_init(&scene_child, stack->base, stack->size, entry, CTX_NO_ARGS));
}

void scene_yield(void) {
  for (;;)
    ctx_swap(&scene_child, &scene_host);
}
void scene_set(void) { ctx_set(&scene_host); }
void scene_nothing(void) {}

/* ---- Another thread ---- */

static pthread_barrier_t has_acted;

void scene_say_and_stay(void) {
  pthread_barrier_wait(&has_acted);
  for (;;)
    pause();
}

static void *act_and_stay(void *data) {
  void (*const *act)(void) = data;
  (*act)();
  scene_say_and_stay();
  return NULL;
}

static void start(void *(*run)(void *), void *data) {
  pthread_t thread;
  if (pthread_barrier_init(&has_acted, NULL, 2) != 0) _exit(0);
  if (pthread_create(&thread, NULL, run, data) != 0) _exit(0);
  pthread_barrier_wait(&has_acted);
}

void scene_elsewhere(void (*act)(void)) {
  static void (*kept)(void);
  kept = act;
  start(act_and_stay, &kept);
}

static void *run_child(void *unused) {
  ctx_swap(&scene_thread_host, &scene_child);
  return unused;
}

void scene_run_elsewhere(void) {
  scene_init(scene_say_and_stay);
  start(run_child, NULL);
}

void scene_stay_on(const ctx_stack *stack) {
  scene_init_on(stack, scene_say_and_stay);
  start(run_child, NULL);
}

/* ---- A signal ---- */

static ctx_context *target;

static void on_signal(int number, siginfo_t *info, void *ucontext) {
  (void)number;
  (void)info;
  ctx_redirect_signal(ucontext, target);
}

void scene_raise_to(ctx_context *to) {
  struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_NODEFER};
  target = to;
  if (sigaction(SIGUSR1, &action, NULL) != 0) _exit(0);
  raise(SIGUSR1);
}
