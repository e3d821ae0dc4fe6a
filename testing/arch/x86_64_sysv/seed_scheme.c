#include "testing/bench/seed_scheme.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define NUM_GENERAL 6
#define NUM_VECTOR 8

static_assert(offsetof(seed_context, rbx) == SEED_RBX, "");
static_assert(offsetof(seed_context, rsp) == SEED_RSP, "");
static_assert(offsetof(seed_context, rbp) == SEED_RBP, "");
static_assert(offsetof(seed_context, rdi) == SEED_RDI, "");
static_assert(offsetof(seed_context, r12) == SEED_R12, "");
static_assert(offsetof(seed_context, r13) == SEED_R13, "");
static_assert(offsetof(seed_context, r14) == SEED_R14, "");
static_assert(offsetof(seed_context, r15) == SEED_R15, "");
static_assert(offsetof(seed_context, rsi) == SEED_RSI, "");
static_assert(offsetof(seed_context, xmm) == SEED_XMM(0), "");
static_assert(offsetof(seed_context, retvals) == SEED_RETVALS, "");
static_assert(offsetof(seed_context, retval_xmm0) == SEED_RETVAL_XMM0, "");
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
static __m128 broadcast(const seed_value *value) {
  return value->kind == SEED_F32 ? _mm_set1_ps(value->as.f32)
                                 : _mm_castpd_ps(_mm_set1_pd(value->as.f64));
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
        child->xmm[num_vector++] = broadcast(&args[i]);
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
  for (size_t i = 0; i < NUM_GENERAL; i++)
    *--top = general[i];
  *--top = address_of(seed_asm_bootstrap);
  free(spilled.items);

  child->rsp = (uint64_t)(uintptr_t)top;
  child->rbp = (uint64_t)(uintptr_t)child;
  if (signal_mask == SEED_READ_SIGNAL_MASK &&
      pthread_sigmask(SIG_SETMASK, NULL, &child->signal_mask) != 0) {
    abort();
  }
}
