#include "tools/explain/picture.h"

enum { SLOT = 8, BITS = 8 };

static row *new_row(arena *memory, const char *place, size_t size, part *parts, size_t number) {
  row *made = arena_alloc(memory, sizeof *made);
  *made = (row){.place = place, .size = size, .parts = parts, .argument = number};
  return made;
}

static part *one_part(arena *memory, part_kind kind, size_t size, const char *text) {
  part *made = arena_alloc(memory, sizeof *made);
  *made = (part){.kind = kind, .end = (uint64_t)size * BITS, .text = text};
  return made;
}

/* ---- The stack ---- */

/* Rows are put in front: what comes last is highest. */
typedef struct stack {
  arena *memory;
  row *highest;
  size_t size; /* from the first slot above the return address */
} stack;

static const char *address(const stack *s) {
  return arena_print(s->memory, "rsp+%zu", s->size + SLOT);
}

static void push(stack *s, part *parts, size_t number) {
  row *made = new_row(s->memory, address(s), SLOT, parts, number);
  made->next = s->highest;
  s->highest = made;
  s->size += SLOT;
}

static void push_padding_to(stack *s, size_t size) {
  while (s->size < size)
    push(s, one_part(s->memory, PART_PADDING, SLOT, "8 bytes of padding"), 0);
}

/* Shows only the ends of a large argument. */
static void push_argument(stack *s, const argument *a, size_t number) {
  enum { SHOWN_AT_END = 3 };
  size_t num_slots = (a->type->size + SLOT - 1) / SLOT;
  for (size_t i = 0; i < num_slots; i++) {
    if (num_slots > 2 * SHOWN_AT_END + 1 && i == SHOWN_AT_END) {
      size_t num_left_out = num_slots - 2 * (size_t)SHOWN_AT_END;
      const char *text = arena_print(s->memory, "... %zu slots of %s", num_left_out, a->label);
      push(s, one_part(s->memory, PART_VALUE, SLOT, text), number);
      s->size += (num_left_out - 1) * SLOT;
      i += num_left_out - 1;
      continue;
    }
    push(s, contents_of(s->memory, a->type, a->label, i * SLOT, SLOT, HOME_STACK), number);
  }
}

static row *draw_stack(const call *c, arena *memory) {
  row *return_address =
      new_row(memory, "rsp", SLOT, one_part(memory, PART_EXTENSION, SLOT, "return address"), 0);
  stack s = {.memory = memory, .highest = return_address};
  for (size_t i = 0; i < c->num_arguments; i++) {
    const argument *a = &c->arguments[i];
    if (a->place.where != CTX_WHERE_MEMORY) continue;
    push_padding_to(&s, a->place.offset);
    push_argument(&s, a, i + 1);
  }
  /* psABI 3.2.2: the end of the arguments is aligned as rsp+8 is. */
  push_padding_to(&s, (s.size + 15) / 16 * 16);
  return s.highest;
}

/* ---- Registers ---- */

/* The registers are in the psABI's order of each kind, general ones first. */
typedef struct registers {
  row *gp[CTX_NUM_GP_REGISTERS];
  row *vector[CTX_NUM_VECTOR_REGISTERS];
} registers;

static void fill_register(registers *r, arena *memory, const argument *a, const ctx_piece *piece,
                          size_t number) {
  part *parts = contents_of(memory, a->type, a->label, piece->from, piece->size, HOME_REGISTER);
  row **at = piece->is_vector ? &r->vector[piece->index] : &r->gp[piece->index];
  *at = new_row(memory, call_register(piece), piece->size, parts, number);
}

static row *draw_registers(const call *c, arena *memory) {
  registers r = {0};
  if (c->has_result_pointer) {
    r.gp[0] = new_row(memory, "rdi", SLOT,
                      one_part(memory, PART_VALUE, SLOT, "address of the result"), 0);
  }
  for (size_t i = 0; i < c->num_arguments; i++) {
    const argument *a = &c->arguments[i];
    for (size_t k = 0; a->place.where == CTX_WHERE_REGISTERS && k < a->place.num_pieces; k++)
      fill_register(&r, memory, a, &a->place.pieces[k], i + 1);
  }
  row *first = NULL;
  row **end = &first;
  row *all[CTX_NUM_GP_REGISTERS + CTX_NUM_VECTOR_REGISTERS + 1] = {0};
  for (size_t i = 0; i < CTX_NUM_GP_REGISTERS; i++)
    all[i] = r.gp[i];
  for (size_t i = 0; i < CTX_NUM_VECTOR_REGISTERS; i++)
    all[CTX_NUM_GP_REGISTERS + i] = r.vector[i];
  if (c->is_variadic) {
    const char *text = arena_print(memory, "%zu: the vector registers used", c->placer.num_vector);
    all[CTX_NUM_GP_REGISTERS + CTX_NUM_VECTOR_REGISTERS] =
        new_row(memory, "al", 1, one_part(memory, PART_VALUE, 1, text), 0);
  }
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
    if (all[i] == NULL) continue;
    *end = all[i];
    end = &all[i]->next;
  }
  return first;
}

picture picture_of(const call *c, arena *memory) {
  return (picture){draw_stack(c, memory), draw_registers(c, memory)};
}
