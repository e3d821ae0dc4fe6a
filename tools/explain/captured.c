#include "tools/explain/captured.h"

#include <stdlib.h>
#include <string.h>

#include "tools/explain/explain.h"

/* A stream into memory; its text is there, and the caller's, once it is closed. */
typedef struct memory_stream {
  FILE *file;
  char *text;
  size_t size;
} memory_stream;

static void open_stream(memory_stream *s) {
  s->file = open_memstream(&s->text, &s->size);
  if (s->file == NULL) abort();
}

static char *close_stream(memory_stream *s) {
  if (fclose(s->file) != 0) abort();
  return s->text;
}

captured captured_explain(const abi *a, const char *source) {
  memory_stream out = {0};
  memory_stream svg = {0};
  memory_stream errors = {0};
  open_stream(&out);
  open_stream(&svg);
  open_stream(&errors);
  explanation e;
  bool ok = explain(a, source, &e, errors.file);
  if (ok) {
    explanation_print(&e, out.file);
    explanation_draw(&e, svg.file);
  }
  explanation_free(&e);
  return (captured){ok, close_stream(&out), close_stream(&svg), close_stream(&errors)};
}

captured captured_explain_first_line(const abi *a, const char *text) {
  char source[256];
  size_t length = strcspn(text, "\n");
  if (length >= sizeof source) abort();
  memcpy(source, text, length);
  source[length] = '\0';
  return captured_explain(a, source);
}

void captured_free(captured *c) {
  free(c->out);
  free(c->svg);
  free(c->errors);
}
