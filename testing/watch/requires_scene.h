/* The scenarios of requires_*.c share these: contexts, stacks, and threads that stay until the
 * process ends. Each scenario runs in a process of its own. */
#ifndef CTX_TESTING_WATCH_REQUIRES_SCENE_H_
#define CTX_TESTING_WATCH_REQUIRES_SCENE_H_

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

enum { SCENE_STACK_SIZE = 65536 };

extern ctx_context scene_host, scene_child, scene_other;
extern char scene_stack[SCENE_STACK_SIZE], scene_other_stack[SCENE_STACK_SIZE];

/* scene_must ends the process, without a line, unless this is CTX_OK: the scenario fails then. */
void scene_must(ctx_status status);

/* scene_init initialises the child, and scene_init_other the other one, on their stacks. */
void scene_init(ctx_entry entry);
void scene_init_other(ctx_entry entry);

/* scene_init_on initialises the child on this stack. */
void scene_init_on(const ctx_stack *stack, ctx_entry entry);

/* Entries. The first two are the child's. */
void scene_yield(void); /* swaps to the host, again and again */
void scene_set(void);   /* discards itself by ctx_set */
void scene_nothing(void);

/* scene_run_elsewhere has a new thread swap to the child from `scene_thread_host`. scene_stay_on
 * does that with the child on this stack. scene_elsewhere has a new thread do something, and then
 * stay. Each returns once that is done, and the thread, or the child, calls scene_say_and_stay: it
 * lives on. */
extern ctx_context scene_thread_host;
void scene_run_elsewhere(void);
void scene_stay_on(const ctx_stack *stack);
void scene_elsewhere(void (*act)(void));
void scene_say_and_stay(void);

/* scene_raise_to has a signal's handler redirect the caller to `to`. */
void scene_raise_to(ctx_context *to);

#endif /* CTX_TESTING_WATCH_REQUIRES_SCENE_H_ */
