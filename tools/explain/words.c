#include "tools/explain/words.h"

/* Adds one to a list with commas. */
static const char *append(arena *memory, const char *list, const char *word) {
  return arena_print(memory, "%s%s%s", list, *list != '\0' ? ", " : "", word);
}

/* The psABI's names. */
static const char *class_name(uint8_t number) {
  static const char *const names[] = {
      [CTX_CLASS_NONE] = "NO_CLASS", [CTX_CLASS_INTEGER] = "INTEGER",
      [CTX_CLASS_SSE] = "SSE",       [CTX_CLASS_SSEUP] = "SSEUP",
      [CTX_CLASS_X87] = "X87",       [CTX_CLASS_X87UP] = "X87UP",
      [CTX_CLASS_MEMORY] = "MEMORY", [CTX_CLASS_COMPLEX_X87] = "COMPLEX_X87"};
  return names[number];
}

const char *words_of_classes(arena *memory, const ctx_classes *classes) {
  const char *text = "";
  if (classes->num == 0) return "none";
  /* Of a complex long double's classes ctx needs no more than the first. */
  if (classes->eightbyte[0] == CTX_CLASS_COMPLEX_X87) return class_name(CTX_CLASS_COMPLEX_X87);
  for (size_t i = 0, end; i < classes->num; i = end) {
    end = i + 1;
    while (end < classes->num && classes->eightbyte[end] == classes->eightbyte[i])
      end++;
    const char *name = class_name(classes->eightbyte[i]);
    if (end - i > 2) {
      text = append(memory, text, arena_print(memory, "%s x%zu", name, end - i));
    } else {
      text = append(memory, text, name);
      if (end - i == 2) text = append(memory, text, name);
    }
  }
  return text;
}

const char *words_of_place(arena *memory, const argument *a) {
  const char *text = "";
  switch (a->place.where) {
    case CTX_WHERE_MEMORY:
      return arena_print(memory, "rsp+%zu", a->place.offset + 8);
    case CTX_WHERE_REGISTERS:
      for (size_t i = 0; i < a->place.num_pieces; i++)
        text = append(memory, text, call_register(&a->place.pieces[i]));
      return text;
    default:
      return "nowhere: it is empty";
  }
}

const char *words_of_result(arena *memory, const call *c) {
  const char *text = "";
  switch (c->result_place.where) {
    case CTX_WHERE_MEMORY:
      return "memory: its address comes in rdi, and goes back in rax";
    case CTX_WHERE_REGISTERS:
      for (size_t i = 0; i < c->result_place.num_pieces; i++)
        text = append(memory, text, call_return_register(&c->result_place.pieces[i]));
      return text;
    default:
      return "nowhere: it is empty";
  }
}
