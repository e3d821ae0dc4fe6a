#include "tools/explain/text.h"

#include <string.h>

#include "tools/explain/words.h"

/* ---- The table ---- */

enum { COLUMN_NUMBER, COLUMN_TEXT, COLUMN_SIZE, COLUMN_ALIGN, COLUMN_CLASSES, NUM_COLUMNS };

typedef struct line {
  const char *columns[NUM_COLUMNS];
  const char *where; /* the last column: nothing need be aligned after it */
} line;

/* Returns at most `limit` bytes of the text. */
static const char *clipped(arena *memory, const char *text, size_t limit) {
  if (strlen(text) <= limit) return text;
  return arena_print(memory, "%.*s...", (int)(limit - 3), text);
}

static line make_line(arena *memory, const char *number, const char *text, const type *t,
                      const char *classes, const char *where) {
  enum { MAX_TEXT = 48 };
  return (line){{number, clipped(memory, text, MAX_TEXT), arena_print(memory, "%zu", t->size),
                 arena_print(memory, "%zu", t->align), classes},
                where};
}

static void print_lines(const line *lines, size_t num_lines, FILE *out) {
  int widths[NUM_COLUMNS] = {0};
  for (size_t i = 0; i < num_lines; i++) {
    for (size_t k = 0; k < NUM_COLUMNS; k++) {
      int length = (int)strlen(lines[i].columns[k]);
      if (length > widths[k]) widths[k] = length;
    }
  }
  for (size_t i = 0; i < num_lines; i++) {
    const char *const *c = lines[i].columns;
    fprintf(out, "%*s  %-*s  %*s  %*s  %-*s  %s\n", widths[COLUMN_NUMBER], c[COLUMN_NUMBER],
            widths[COLUMN_TEXT], c[COLUMN_TEXT], widths[COLUMN_SIZE], c[COLUMN_SIZE],
            widths[COLUMN_ALIGN], c[COLUMN_ALIGN], widths[COLUMN_CLASSES], c[COLUMN_CLASSES],
            lines[i].where);
  }
}

static const char *argument_text(arena *memory, const argument *a) {
  if (!a->is_promoted) return a->text;
  /* C11 6.5.2.2p6. */
  return arena_print(memory, "%s, as %s", a->text,
                     a->type->scalar->kind == CTX_KIND_F64 ? "double" : "int");
}

static void print_table(const call *c, arena *memory, FILE *out) {
  if (c->num_arguments == 0 && c->result->form == TYPE_VOID) {
    fputs("It takes and returns nothing.\n", out);
    return;
  }
  line *lines = arena_alloc(memory, (c->num_arguments + 2) * sizeof *lines);
  size_t num = 0;
  lines[num++] = (line){{"#", "argument", "size", "align", "classes"}, "where"};
  for (size_t i = 0; i < c->num_arguments; i++) {
    const argument *a = &c->arguments[i];
    lines[num++] = make_line(memory, arena_print(memory, "%zu", i + 1), argument_text(memory, a),
                             a->type, a->place.classes, words_of_place(memory, c, a));
  }
  if (c->result->form != TYPE_VOID) {
    lines[num++] = make_line(memory, "", arena_print(memory, "result: %s", c->result_text),
                             c->result, c->result_place.classes, words_of_result(memory, c));
  }
  print_lines(lines, num, out);
}

/* ---- The picture ---- */

static size_t place_width(const row *first, size_t width) {
  for (const row *r = first; r != NULL; r = r->next) {
    if (strlen(r->place) > width) width = strlen(r->place);
  }
  return width;
}

static const char *row_text(arena *memory, const row *r) {
  enum { MAX_TEXT = 72 };
  return clipped(memory, contents_text(memory, r->parts), MAX_TEXT);
}

static size_t text_width(arena *memory, const row *first, size_t width) {
  for (const row *r = first; r != NULL; r = r->next) {
    size_t length = strlen(row_text(memory, r));
    if (length > width) width = length;
  }
  return width;
}

static void print_border(size_t indent, size_t width, FILE *out) {
  fprintf(out, "  %*s  +", (int)indent, "");
  for (size_t i = 0; i < width + 2; i++)
    fputc('-', out);
  fputs("+\n", out);
}

/* A line between what does not belong together. */
static void print_rows(const row *first, size_t indent, size_t width, arena *memory, FILE *out) {
  if (first == NULL) return;
  print_border(indent, width, out);
  for (const row *r = first; r != NULL; r = r->next) {
    fprintf(out, "  %-*s  | %-*s |\n", (int)indent, r->place, (int)width, row_text(memory, r));
    bool is_same = r->next != NULL && r->argument != 0 && r->next->argument == r->argument;
    if (!is_same) print_border(indent, width, out);
  }
}

static void print_stack_heading(const call *c, arena *memory, FILE *out) {
  const surroundings *s = &c->surroundings;
  fprintf(out, "\nStack at entry, high addresses on top; %s is a multiple of %zu",
          abi_slot_name(c->abi, memory, 0), s->memory_align);
  if (s->copies_align > s->memory_align) {
    fprintf(out, ", %s of %zu", abi_slot_name(c->abi, memory, s->copies), s->copies_align);
  }
  fputs(":\n\n", out);
}

void text_render(const call *c, const picture *drawn, arena *memory, FILE *out) {
  print_table(c, memory, out);
  size_t indent = place_width(drawn->registers, place_width(drawn->stack, 0));
  size_t width = text_width(memory, drawn->registers, text_width(memory, drawn->stack, 0));
  if (drawn->stack != NULL) print_stack_heading(c, memory, out);
  print_rows(drawn->stack, indent, width, memory, out);
  if (drawn->registers == NULL) return;
  fputs("\nRegisters at entry; here as above, what is first in a line is in the lowest byte:\n\n",
        out);
  print_rows(drawn->registers, indent, width, memory, out);
}
