#include "tools/explain/picture.h"

enum { SLOT = 8, BITS = 8 };

static row *new_row(arena *memory, const char *where, size_t size, part *parts, size_t number) {
  row *made = arena_alloc(memory, sizeof *made);
  *made = (row){.place = where, .size = size, .parts = parts, .argument = number};
  return made;
}

static part *one_part(arena *memory, part_kind kind, size_t size, const char *text) {
  part *made = arena_alloc(memory, sizeof *made);
  *made = (part){.kind = kind, .end = (uint64_t)size * BITS, .text = text};
  return made;
}

/* An address of eight bytes. */
static part *address_of_copy(const call *c, arena *memory, const argument *a) {
  const char *copy = abi_slot_name(c->abi, memory, call_copy(c, a));
  return one_part(memory, PART_VALUE, 8,
                  arena_print(memory, "address of %s at %s", a->label, copy));
}

/* ---- The stack ---- */

/* Rows are put in front: what comes last is highest. */
typedef struct stack {
  const abi *abi;
  arena *memory;
  row *highest;
  size_t size; /* from the first argument in memory up */
} stack;

static void push(stack *s, part *parts, size_t number) {
  row *made = new_row(s->memory, abi_slot_name(s->abi, s->memory, s->size), SLOT, parts, number);
  made->next = s->highest;
  s->highest = made;
  s->size += SLOT;
}

static void push_padding_to(stack *s, size_t size) {
  while (s->size < size)
    push(s, one_part(s->memory, PART_PADDING, SLOT, "8 bytes of padding"), 0);
}

/* The end of what is in memory is aligned as its beginning is (psABI 3.2.2, AAPCS64 6.4.5.1,
 * RISC-V "Integer Calling Convention"). */
static void push_end(stack *s) { push_padding_to(s, (s->size + 15) / 16 * 16); }

/* Shows only the ends of a large argument. */
static void push_value(stack *s, const argument *a, size_t from, size_t number) {
  enum { SHOWN_AT_END = 3 };
  size_t num_slots = (a->type->size - from + SLOT - 1) / SLOT;
  for (size_t i = 0; i < num_slots; i++) {
    if (num_slots > 2 * SHOWN_AT_END + 1 && i == SHOWN_AT_END) {
      size_t num_left_out = num_slots - 2 * (size_t)SHOWN_AT_END;
      const char *text = arena_print(s->memory, "... %zu slots of %s", num_left_out, a->label);
      push(s, one_part(s->memory, PART_VALUE, SLOT, text), number);
      s->size += (num_left_out - 1) * SLOT;
      i += num_left_out - 1;
      continue;
    }
    push(s, contents_of_slot(s->abi, s->memory, a->type, a->label, from + i * SLOT), number);
  }
}

static row *draw_stack(const call *c, arena *memory) {
  stack s = {.abi = c->abi, .memory = memory};
  if (c->abi->first_slot != 0) {
    s.highest = new_row(memory, c->abi->stack_pointer, SLOT,
                        one_part(memory, PART_VALUE, SLOT, "return address"), 0);
  }
  for (size_t i = 0; i < c->num_arguments; i++) {
    const argument *a = &c->arguments[i];
    if (!a->place.has_memory) continue;
    push_padding_to(&s, a->place.memory);
    if (a->place.is_reference) {
      push(&s, address_of_copy(c, memory, a), i + 1);
    } else {
      push_value(&s, a, a->place.memory_from, i + 1);
    }
  }
  push_end(&s);
  for (size_t i = 0; i < c->num_arguments; i++) {
    const argument *a = &c->arguments[i];
    if (!a->place.is_reference) continue;
    push_padding_to(&s, call_copy(c, a));
    push_value(&s, a, 0, i + 1);
  }
  push_end(&s);
  return s.highest;
}

/* ---- Registers ---- */

static row *draw_registers(const call *c, arena *memory) {
  row *all[ABI_MAX_ORDER] = {0};
  for (size_t i = 0; i < c->surroundings.num_others; i++) {
    const other_register *other = &c->surroundings.others[i];
    part *parts = one_part(memory, PART_VALUE, other->size, other->text);
    all[other->order] = new_row(memory, other->name, other->size, parts, 0);
  }
  for (size_t i = 0; i < c->num_arguments; i++) {
    const argument *a = &c->arguments[i];
    for (size_t k = 0; k < a->place.num_pieces; k++) {
      const piece *p = &a->place.pieces[k];
      part *parts = a->place.is_reference
                        ? address_of_copy(c, memory, a)
                        : contents_of_register(c->abi, memory, a->type, a->label, p);
      all[p->order] = new_row(memory, p->name, p->width, parts, i + 1);
    }
  }
  row *first = NULL;
  row **end = &first;
  for (size_t i = 0; i < ABI_MAX_ORDER; i++) {
    if (all[i] == NULL) continue;
    *end = all[i];
    end = &all[i]->next;
  }
  return first;
}

picture picture_of(const call *c, arena *memory) {
  return (picture){draw_stack(c, memory), draw_registers(c, memory)};
}
