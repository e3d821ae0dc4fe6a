#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "testing/bench/seed_scheme.h"

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

void seed_init(seed_context *child, void *stack, size_t stack_size, seed_signal_mask signal_mask,
               void (*entry)(void), const seed_value *args, size_t num_args) {
  if (((uintptr_t)stack + stack_size) % 16 != 0) abort();

  uint64_t general[SEED_NUM_GENERAL] = {0};
  size_t num_general = 0;
  size_t num_vector = 0;
  vector spilled = {NULL, 0, 0};
  for (size_t i = 0; i < num_args; i++) {
    if (is_vector_kind(args[i].kind)) {
      if (num_vector < SEED_NUM_VECTOR) {
        uint64_t bits = widened(&args[i]);
        if (args[i].kind == SEED_F32) bits |= bits << 32;
        seed_put_vector(child, num_vector++, bits); /* in every lane, whatever its type is */
      } else {
        vector_push(&spilled, widened(&args[i]));
      }
    } else if (num_general < SEED_NUM_GENERAL) {
      general[num_general++] = widened(&args[i]);
    } else {
      vector_push(&spilled, widened(&args[i]));
    }
  }

  uint64_t *top = (uint64_t *)(void *)((char *)stack + stack_size);
  if (spilled.length % 2 != 0) *--top = 0;
  for (size_t i = spilled.length; i > 0; i--)
    *--top = spilled.items[i - 1];
  free(spilled.items);
  seed_start(child, top, general, entry);
  if (signal_mask == SEED_READ_SIGNAL_MASK &&
      pthread_sigmask(SIG_SETMASK, NULL, &child->signal_mask) != 0) {
    abort();
  }
}
