#include "testing/bench/seed_scheme.h"

#include <assert.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define NUM_GENERAL 8
#define NUM_VECTOR 8

static_assert(offsetof(seed_context, x19_to_x30) == SEED_X(19), "");
static_assert(offsetof(seed_context, sp) == SEED_SP, "");
static_assert(offsetof(seed_context, sp) == SEED_X(31), "");
static_assert(offsetof(seed_context, x0) == SEED_X0, "");
static_assert(offsetof(seed_context, x1) == SEED_X1, "");
static_assert(offsetof(seed_context, d8_to_d15) == SEED_D(8), "");
static_assert(offsetof(seed_context, q) == SEED_Q(0), "");
static_assert(offsetof(seed_context, retvals) == SEED_RETVALS, "");
static_assert(offsetof(seed_context, retval_q0) == SEED_RETVAL_Q0, "");
static_assert(offsetof(seed_context, parent) == SEED_PARENT, "");
static_assert(offsetof(seed_context, callback) == SEED_CALLBACK, "");
static_assert(offsetof(seed_context, callback_data) == SEED_CALLBACK_DATA, "");

void seed_asm_bootstrap(void);
void seed_asm_backstop(void);

/* Grows like the standard vectors of most languages: nothing at first, then four, then doubled. */
typedef struct vector {
  uint64_t *items;
  size_t length;
  size_t capacity;
} vector;

static void vector_push(vector *v, uint64_t item) {
  if (v->length == v->capacity) {
    v->capacity = v->capacity == 0 ? 4 : v->capacity * 2;
    v->items = realloc(v->items, v->capacity * sizeof *v->items);
    if (v->items == NULL) abort();
  }
  v->items[v->length++] = item;
}

static bool is_vector_kind(seed_kind kind) { return kind == SEED_F32 || kind == SEED_F64; }

static uint64_t widened(const seed_value *value) {
  uint64_t bits = 0;
  switch (value->kind) {
    case SEED_U8:
      return value->as.u8;
    case SEED_U16:
      return value->as.u16;
    case SEED_U32:
      return value->as.u32;
    case SEED_U64:
      return value->as.u64;
    case SEED_F32:
      memcpy(&bits, &value->as.f32, sizeof value->as.f32);
      return bits;
    case SEED_F64:
      memcpy(&bits, &value->as.f64, sizeof value->as.f64);
      return bits;
  }
  abort();
}

/* Puts the value in every lane, whatever its type is. */
static seed_vector broadcast(const seed_value *value) {
  uint64_t bits = widened(value);
  if (value->kind == SEED_F32) bits |= bits << 32;
  return (seed_vector){{bits, bits}};
}

static uint64_t address_of(void (*function)(void)) { return (uint64_t)(uintptr_t)function; }

void seed_init(seed_context *child, void *stack, size_t stack_size, seed_signal_mask signal_mask,
               void (*entry)(void), const seed_value *args, size_t num_args) {
  if (((uintptr_t)stack + stack_size) % 16 != 0) abort();

  uint64_t general[NUM_GENERAL] = {0};
  size_t num_general = 0;
  size_t num_vector = 0;
  vector spilled = {NULL, 0, 0};
  for (size_t i = 0; i < num_args; i++) {
    if (is_vector_kind(args[i].kind)) {
      if (num_vector < NUM_VECTOR) {
        child->q[num_vector++] = broadcast(&args[i]);
      } else {
        vector_push(&spilled, widened(&args[i]));
      }
    } else if (num_general < NUM_GENERAL) {
      general[num_general++] = widened(&args[i]);
    } else {
      vector_push(&spilled, widened(&args[i]));
    }
  }

  uint64_t *top = (uint64_t *)(void *)((char *)stack + stack_size);
  if (spilled.length % 2 != 0) *--top = 0;
  for (size_t i = spilled.length; i > 0; i--)
    *--top = spilled.items[i - 1];
  *--top = address_of(seed_asm_backstop);
  *--top = address_of(entry);
  for (size_t i = NUM_GENERAL; i > 0; i--)
    *--top = general[i - 1];
  free(spilled.items);

  child->sp = (uint64_t)(uintptr_t)top;
  child->x19_to_x30[29 - 19] = (uint64_t)(uintptr_t)child;
  child->x19_to_x30[30 - 19] = address_of(seed_asm_bootstrap);
  if (signal_mask == SEED_READ_SIGNAL_MASK &&
      pthread_sigmask(SIG_SETMASK, NULL, &child->signal_mask) != 0) {
    abort();
  }
}
