#include <stdint.h>
#include <stdlib.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/watch/bugs.h"

enum { STACK_SIZE = 256 * 1024, NUM_NUMBERS = 8 };
CTX_STACK(stack, STACK_SIZE);
static ctx_context host;
static ctx_context child;

/* Compilers cannot follow what is read from here, or whether. */
static volatile uint64_t sink;
static void *volatile opaque;
__attribute__((noinline)) static void *hidden(void *address) {
  opaque = address;
  return opaque;
}

static void run(ctx_entry entry, const ctx_value *args, size_t num_args) {
  if (ctx_init(&child, stack, STACK_SIZE, entry, args, num_args) != CTX_OK) abort();
  ctx_swap(&host, &child);
}

/* ---- AddressSanitizer ---- */

static void write_beyond(bool wrong, bool after_switch) {
  char array[16];
  char *at = hidden(array);
  if (after_switch) ctx_swap(&child, &host);
  at[wrong ? sizeof array : sizeof array - 1] = 1;
}

void overflow_a_childs_array(bool wrong) {
  run((ctx_entry)write_beyond, CTX_ARGS(wrong, (bool)false));
}

void overflow_a_childs_array_after_a_switch(bool wrong) {
  run((ctx_entry)write_beyond, CTX_ARGS(wrong, (bool)true));
  ctx_swap(&host, &child);
}

__attribute__((noinline)) static uint64_t *address_of_local(void) {
  uint64_t local = 1;
  return hidden(&local);
}

static void use_local(bool wrong) {
  uint64_t own = 1;
  const uint64_t *from_elsewhere = address_of_local();
  sink = *(const uint64_t *)hidden(wrong ? (void *)(uintptr_t)from_elsewhere : &own);
}

void use_a_childs_local_after_return(bool wrong) { run((ctx_entry)use_local, CTX_ARGS(wrong)); }

static void give_local_away(const uint64_t **out, bool wrong) {
  uint64_t own = 1;
  const uint64_t *from_elsewhere = address_of_local();
  *out = hidden(wrong ? (void *)(uintptr_t)from_elsewhere : &own);
  ctx_swap(&child, &host);
}

void use_a_childs_local_after_return_on_the_host(bool wrong) {
  const uint64_t *local = NULL;
  run((ctx_entry)give_local_away, CTX_ARGS(&local, wrong));
  sink = *local;
  ctx_swap(&host, &child);
}

static void use_heap(bool wrong) {
  uint64_t *number = calloc(1, sizeof *number);
  if (number == NULL) abort();
  if (wrong) free(number);
  ctx_swap(&child, &host);
  sink = *(uint64_t *)hidden(number);
  if (!wrong) free(number);
}

void use_heap_after_free_in_a_child(bool wrong) {
  run((ctx_entry)use_heap, CTX_ARGS(wrong));
  ctx_swap(&host, &child);
}

/* ---- MemorySanitizer ---- */

/* It branches: merely to copy uninitialised bytes is not an error. */
static void look_at(uint64_t number) {
  if (number == 42) sink = number;
}

__attribute__((noinline)) static void initialise(uint64_t *number, bool wrong) {
  if (!wrong) *number = 1;
}

static void read_local(bool wrong) {
  uint64_t number;
  initialise(hidden(&number), wrong);
  look_at(*(uint64_t *)hidden(&number));
}

void read_uninitialised_in_a_child(bool wrong) { run((ctx_entry)read_local, CTX_ARGS(wrong)); }

static uint64_t handed_over;

static void hand_over(bool wrong) {
  uint64_t number;
  initialise(hidden(&number), wrong);
  handed_over = number;
  ctx_swap(&child, &host);
  look_at(handed_over);
}

void read_uninitialised_through_a_switch(bool wrong) {
  run((ctx_entry)hand_over, CTX_ARGS(wrong));
  uint64_t copy = handed_over;
  handed_over = 0;
  ctx_swap(&host, &child); /* nothing to see there */
  look_at(copy);
}

static void take_argument(uint64_t number) { sink = number; }

void pass_an_uninitialised_argument(bool wrong) {
  uint64_t number;
  initialise(hidden(&number), wrong);
  run((ctx_entry)take_argument, CTX_ARGS(number));
}

static uint32_t return_local(bool wrong) {
  uint64_t number;
  initialise(hidden(&number), wrong);
  return (uint32_t) * (uint64_t *)hidden(&number);
}

void read_an_uninitialised_result(bool wrong) {
  run((ctx_entry)return_local, CTX_ARGS(wrong));
  look_at(ctx_retval_u32(&child));
}

static void do_nothing(void) {}

void swap_from_a_host_that_is_not_zeroed(bool wrong) {
  ctx_context *own_host = aligned_alloc(_Alignof(ctx_context), sizeof *own_host);
  if (own_host == NULL) abort();
  if (!wrong) *own_host = (ctx_context){0};
  if (ctx_init(&child, stack, STACK_SIZE, do_nothing, CTX_NO_ARGS) != CTX_OK) abort();
  ctx_swap(own_host, &child);
  free(own_host);
}

__attribute__((noinline)) static void pass_on(uint64_t a, uint64_t b, uint64_t c, uint64_t d,
                                              uint64_t e, uint64_t f) {
  opaque = (void *)(uintptr_t)(a ^ b ^ c ^ d ^ e ^ f);
}

static void look_at_arguments(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e,
                              uint64_t f) {
  look_at(a);
  look_at(b);
  look_at(c);
  look_at(d);
  look_at(e);
  look_at(f);
}

void take_arguments_after_another_call(void) {
  uint64_t number;
  initialise(hidden(&number), true);
  if (ctx_init(&child, stack, STACK_SIZE, (ctx_entry)look_at_arguments,
               CTX_ARGS(UINT64_C(1), UINT64_C(2), UINT64_C(3), UINT64_C(4), UINT64_C(5),
                        UINT64_C(6))) != CTX_OK) {
    abort();
  }
  pass_on(number, number, number, number, number, number);
  ctx_swap(&host, &child);
}
