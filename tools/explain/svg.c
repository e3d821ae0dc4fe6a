#include "tools/explain/svg.h"

#include <string.h>

/* In pixels. */
enum { MARGIN = 16, PLACE_WIDTH = 96, ROW_WIDTH = 640, ROW_HEIGHT = 26, LINE = 24, LETTER = 7 };

static const char heading[] = " font-weight=\"bold\"";

static void print_escaped(const char *text, size_t length, FILE *out) {
  for (size_t i = 0; i < length; i++) {
    char c = text[i];
    if (c == '<') {
      fputs("&lt;", out);
    } else if (c == '>') {
      fputs("&gt;", out);
    } else if (c == '&') {
      fputs("&amp;", out);
    } else if (c == '"') {
      fputs("&quot;", out);
    } else {
      fputc(c >= ' ' && c <= '~' ? c : '?', out);
    }
  }
}

static void print_text(int x, int y, const char *attributes, const char *text, size_t length,
                       FILE *out) {
  fprintf(out, "<text x=\"%d\" y=\"%d\"%s>", x, y, attributes);
  print_escaped(text, length, out);
  fputs("</text>\n", out);
}

/* Neighbours can tell these twelve apart, all of them light enough for black text. */
static const char *colour(const row *r, const part *p) {
  static const char *const colours[] = {"#a6cee3", "#b2df8a", "#fdbf6f", "#cab2d6",
                                        "#fb9a99", "#ffff99", "#8dd3c7", "#bebada",
                                        "#fccde5", "#80b1d3", "#d9d9d9", "#ccebc5"};
  if (p->kind == PART_PADDING) return "url(#padding)";
  if (p->kind != PART_VALUE || r->argument == 0) return "#ffffff";
  return colours[(r->argument - 1) % (sizeof colours / sizeof colours[0])];
}

static void print_part(const row *r, const part *p, int y, FILE *out) {
  double scale = (double)ROW_WIDTH / (double)(r->size * 8);
  int x = (int)((double)p->begin * scale);
  int width = (int)((double)p->end * scale) - x;
  x += MARGIN + PLACE_WIDTH;
  fprintf(out, "<g><title>");
  print_escaped(p->text, strlen(p->text), out);
  fprintf(out, "</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>", x, y,
          width, ROW_HEIGHT, colour(r, p));
  /* The title, which browsers show under the pointer, has what does not fit. */
  size_t room = width > 2 * LETTER ? (size_t)width / LETTER - 1 : 0;
  size_t length = strlen(p->text);
  if (length > room) length = room;
  if (length > 0) {
    print_text(x + LETTER / 2, y + ROW_HEIGHT * 2 / 3, "", p->text, length, out);
  }
  fputs("</g>\n", out);
}

static int print_rows(const row *first, int y, FILE *out) {
  for (const row *r = first; r != NULL; r = r->next, y += ROW_HEIGHT) {
    print_text(MARGIN, y + ROW_HEIGHT * 2 / 3, "", r->place, strlen(r->place), out);
    for (const part *p = r->parts; p != NULL; p = p->next)
      print_part(r, p, y, out);
  }
  return y;
}

static int num_rows(const row *first) {
  int num = 0;
  for (; first != NULL; first = first->next)
    num++;
  return num;
}

/* Returns how much of the text goes into a line: up to a space, if there is one. */
static size_t line_length(const char *text) {
  size_t limit = (2 * MARGIN + PLACE_WIDTH + ROW_WIDTH) / (LETTER + 1);
  size_t length = strlen(text);
  if (length <= limit) return length;
  for (size_t i = limit; i > limit / 2; i--) {
    if (text[i - 1] == ' ') return i;
  }
  return limit;
}

static int num_title_lines(const char *title) {
  int num = 1;
  while (strlen(title) > line_length(title)) {
    title += line_length(title);
    num++;
  }
  return num;
}

static int print_title(const char *title, int y, FILE *out) {
  for (; *title != '\0'; title += line_length(title), y += LINE)
    print_text(MARGIN, y, heading, title, line_length(title), out);
  return y;
}

void svg_render(const picture *drawn, const char *title, FILE *out) {
  static const char stack_heading[] =
      "Stack at entry, high addresses on top, lowest byte on the left";
  static const char registers_heading[] = "Registers at entry";
  int rows = num_rows(drawn->stack) + num_rows(drawn->registers);
  int width = 2 * MARGIN + PLACE_WIDTH + ROW_WIDTH;
  int num_headings = (drawn->stack != NULL) + (drawn->registers != NULL);
  int height = 2 * MARGIN + (1 + num_headings + num_title_lines(title)) * LINE + rows * ROW_HEIGHT;
  fprintf(out,
          "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" width=\"%d\" height=\"%d\" "
          "viewBox=\"0 0 %d %d\" font-family=\"monospace\" font-size=\"12\">\n",
          width, height, width, height);
  fputs("<title>", out);
  print_escaped(title, strlen(title), out);
  fputs(
      "</title>\n<defs><pattern id=\"padding\" width=\"6\" height=\"6\" "
      "patternUnits=\"userSpaceOnUse\"><path d=\"M0 6L6 0\" stroke=\"#bbbbbb\"/></pattern>"
      "<style>rect{stroke:#444444}</style></defs>\n",
      out);
  fprintf(out, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\" style=\"stroke:none\"/>\n", width,
          height);
  int y = print_title(title, MARGIN + LINE / 2, out);
  if (drawn->stack != NULL) {
    print_text(MARGIN, y, heading, stack_heading, strlen(stack_heading), out);
    y = print_rows(drawn->stack, y + LINE / 3, out) + LINE;
  }
  if (drawn->registers != NULL) {
    print_text(MARGIN, y, heading, registers_heading, strlen(registers_heading), out);
    print_rows(drawn->registers, y + LINE / 3, out);
  }
  fputs("</svg>\n", out);
}
