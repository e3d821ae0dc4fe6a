#include <string.h>

#include "tools/fuzzing/inputs.h"

/* SplitMix64. */
static uint64_t draw(uint64_t *state) {
  uint64_t x = *state += UINT64_C(0x9e3779b97f4a7c15);
  x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
  return x ^ x >> 31;
}

static size_t draw_below(uint64_t *state, size_t end) { return (size_t)(draw(state) % end); }

/* Any byte, a small number, or 0: a choice of few things is often made by the latter. */
static uint8_t draw_byte(uint64_t *state) {
  uint64_t x = draw(state);
  switch (x >> 8 & 3) {
    case 0:
      return 0;
    case 1:
      return x & 15;
    default:
      return (uint8_t)x;
  }
}

/* Puts `length` bytes of `from` at `at`, in place of what is there, or before it. */
static size_t put(uint8_t *out, size_t size, size_t max_size, size_t at, const uint8_t *from,
                  size_t length, bool inserts) {
  if (length > max_size - at) length = max_size - at;
  if (inserts) {
    size_t behind = size - at;
    if (behind > max_size - at - length) behind = max_size - at - length;
    memmove(out + at + length, out + at, behind);
    size = at + length + behind;
  }
  memmove(out + at, from, length);
  return size > at + length ? size : at + length;
}

static size_t change(const inputs *corpus, uint64_t *state, uint8_t *out, size_t size,
                     size_t max_size) {
  enum { MAX_RANDOM = 8 };
  uint8_t bytes[MAX_RANDOM];
  size_t at = draw_below(state, size + 1);
  size_t length = draw_below(state, MAX_RANDOM) + 1;
  bool inserts = draw_below(state, 2) != 0;
  switch (draw_below(state, 4)) {
    case 0: /* a bit */
      if (at < size) out[at] = (uint8_t)(out[at] ^ 1u << draw_below(state, 8));
      return size;
    case 1: /* random bytes */
      for (size_t i = 0; i < length; i++)
        bytes[i] = draw_byte(state);
      return put(out, size, max_size, at, bytes, length, inserts);
    case 2: /* a part is gone */
      if (length > size - at) length = size - at;
      memmove(out + at, out + at + length, size - at - length);
      return size - length;
    default: /* a part of another one */
      if (corpus->num != 0) {
        const input *other = corpus->all[draw_below(state, corpus->num)];
        size_t first = draw_below(state, other->size + 1);
        length = draw_below(state, other->size - first + 1);
        return put(out, size, max_size, at, other->data + first, length, inserts);
      }
      return size;
  }
}

/* Half of them consist of few different bytes, so that things repeat. */
static size_t draw_random(uint64_t *state, uint8_t *out, size_t max_size) {
  uint8_t few[8];
  size_t num_few = draw_below(state, 2) != 0 ? draw_below(state, sizeof few) + 1 : 0;
  for (size_t i = 0; i < num_few; i++)
    few[i] = draw_byte(state);
  size_t size = draw_below(state, max_size + 1);
  for (size_t i = 0; i < size; i++)
    out[i] = num_few != 0 ? few[draw_below(state, num_few)] : draw_byte(state);
  return size;
}

size_t inputs_draw(const inputs *corpus, uint64_t *state, uint8_t *out, size_t max_size) {
  if (corpus->num == 0 || draw_below(state, 4) == 0) return draw_random(state, out, max_size);
  const input *from = corpus->all[draw_below(state, corpus->num)];
  size_t size = from->size < max_size ? from->size : max_size;
  memcpy(out, from->data, size);
  for (size_t left = draw_below(state, 5) + 1; left > 0; left--)
    size = change(corpus, state, out, size, max_size);
  return size;
}
