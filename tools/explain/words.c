#include "tools/explain/words.h"

#include <string.h>

/* Adds one to a list with commas. */
static const char *append(arena *memory, const char *list, const char *word) {
  return arena_print(memory, "%s%s%s", list, *list != '\0' ? ", " : "", word);
}

const char *words_of_list(arena *memory, const char *const *words, size_t num_words) {
  const char *text = "";
  for (size_t i = 0, end; i < num_words; i = end) {
    end = i + 1;
    while (end < num_words && strcmp(words[end], words[i]) == 0)
      end++;
    if (end - i > 2) {
      text = append(memory, text, arena_print(memory, "%s x%zu", words[i], end - i));
    } else {
      text = append(memory, text, words[i]);
      if (end - i == 2) text = append(memory, text, words[i]);
    }
  }
  return text;
}

static const char *registers_of(arena *memory, const placement *p) {
  const char *text = "";
  for (size_t i = 0; i < p->num_pieces; i++)
    text = append(memory, text, p->pieces[i].name);
  return text;
}

const char *words_of_place(arena *memory, const call *c, const argument *a) {
  const placement *p = &a->place;
  const char *text = registers_of(memory, p);
  if (p->has_memory) text = append(memory, text, abi_slot_name(c->abi, memory, p->memory));
  if (p->is_reference) {
    const char *copy = abi_slot_name(c->abi, memory, call_copy(c, a));
    return arena_print(memory, "%s: address of a copy at %s", text, copy);
  }
  return *text != '\0' ? text : "nowhere: it is empty";
}

const char *words_of_result(arena *memory, const call *c) {
  if (c->result_place.is_reference) return c->abi->result_in_memory;
  const char *text = registers_of(memory, &c->result_place);
  return *text != '\0' ? text : "nowhere: it is empty";
}
