#include "tools/explain/explain.h"

#include <string.h>

#include "tools/explain/svg.h"
#include "tools/explain/text.h"

bool explain(const abi *a, const char *source, explanation *out, FILE *errors) {
  *out = (explanation){0};
  fault f = {0};
  declaration d = declaration_parse(a, source, &out->memory, &f);
  if (f.message == NULL) out->call = call_of(&d, &out->memory, &f);
  if (f.message != NULL) {
    fault_print(&f, source, errors);
    return false;
  }
  out->title = call_text(&out->memory, source, (span){0, strlen(source)});
  out->picture = picture_of(&out->call, &out->memory);
  return true;
}

void explanation_print(explanation *e, FILE *out) {
  fprintf(out, "%s\n\n", e->title);
  text_render(&e->call, &e->picture, &e->memory, out);
}

void explanation_draw(const explanation *e, FILE *out) { svg_render(&e->picture, e->title, out); }

void explanation_free(explanation *e) { arena_free(&e->memory); }
