#include "tools/explain/fault.h"

#include <stdbool.h>
#include <string.h>

/* Only plain text goes to a terminal. */
static char shown(char c) { return c == '\t' || (c >= ' ' && c <= '~') ? c : '?'; }

/* The part of a line that is shown. */
typedef struct window {
  span shown;
  const char *before; /* stands for what is not shown */
  const char *after;
} window;

/* A long line would be broken by the terminal, and the caret stand elsewhere. */
static window window_around(size_t line, size_t line_end, size_t at) {
  enum { WIDTH = 96, LEAD = 64 };
  window w = {{line, line_end}, "", ""};
  if (line_end - line <= WIDTH) return w;
  if (at - line > LEAD) {
    w.shown.begin = at - LEAD;
    w.before = "...";
  }
  if (line_end - w.shown.begin > WIDTH) {
    w.shown.end = w.shown.begin + WIDTH;
    w.after = "...";
  }
  return w;
}

void fault_print(const fault *f, const char *source, FILE *out) {
  size_t line_number = 1;
  size_t line = 0;
  for (size_t i = 0; i < f->where.begin; i++) {
    if (source[i] == '\n') {
      line_number++;
      line = i + 1;
    }
  }
  size_t line_end = line + strcspn(source + line, "\n");
  window w = window_around(line, line_end, f->where.begin);
  fprintf(out, "%zu:%zu: error: %s\n  %s", line_number, f->where.begin - line + 1, f->message,
          w.before);
  for (size_t i = w.shown.begin; i < w.shown.end; i++)
    fputc(shown(source[i]), out);
  fprintf(out, "%s\n  %*s", w.after, (int)strlen(w.before), "");
  /* A tab stays one, so that the caret stands where the reader's tab stops put the text. */
  for (size_t i = w.shown.begin; i < f->where.begin; i++)
    fputc(source[i] == '\t' ? '\t' : ' ', out);
  fputc('^', out);
  for (size_t i = f->where.begin + 1; i < f->where.end && i < w.shown.end; i++)
    fputc('~', out);
  fputc('\n', out);
}
