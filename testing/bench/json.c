#include "testing/bench/json.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 64

typedef enum kind { WORD, NUMBER, STRING, ARRAY, OBJECT } kind;

struct json {
  kind kind;
  double number;
  char *string; /* a string's bytes */
  char *name;   /* a member's; otherwise null */
  json *first;  /* of an array's or object's */
  json *next;   /* in the same array or object */
};

typedef struct parser {
  const char *at;
  int depth;
} parser;

static void *allocate(size_t size) {
  void *memory = calloc(1, size);
  if (memory == NULL) abort();
  return memory;
}

void json_free(json *value) {
  while (value != NULL) {
    json *next = value->next;
    json_free(value->first);
    free(value->string);
    free(value->name);
    free(value);
    value = next;
  }
}

static void skip_space(parser *p) { p->at += strspn(p->at, " \t\n\r"); }

static bool take(parser *p, const char *expected) {
  size_t length = strlen(expected);
  if (strncmp(p->at, expected, length) != 0) return false;
  p->at += length;
  return true;
}

static int parse_hex(parser *p) {
  int code = 0;
  for (int i = 0; i < 4; i++) {
    static const char digits[] = "0123456789abcdefABCDEF";
    const char *digit = *p->at == '\0' ? NULL : strchr(digits, *p->at);
    if (digit == NULL) return -1;
    int number = (int)(digit - digits);
    code = code * 16 + (number < 16 ? number : number - 6);
    p->at++;
  }
  return code;
}

/* Returns one character of a string, or -1 if it is not JSON. */
static int parse_character(parser *p) {
  static const char escapes[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  unsigned char c = (unsigned char)*p->at;
  if (c < 0x20) return -1;
  p->at++;
  if (c != '\\') return c;
  if (*p->at == 'u') {
    p->at++;
    int code = parse_hex(p);
    return code > 0 && code < 0x80 ? code : -1;
  }
  const char *escape = *p->at == '\0' ? NULL : strchr(escapes, *p->at);
  if (escape == NULL) return -1;
  p->at++;
  return meanings[escape - escapes];
}

/* Reads on after the opening quote, through the closing one. Returns null if it is not JSON. */
static char *parse_string(parser *p) {
  char *string = allocate(strlen(p->at) + 1);
  size_t length = 0;
  while (*p->at != '"') {
    int c = parse_character(p);
    if (c < 0) {
      free(string);
      return NULL;
    }
    string[length++] = (char)c;
  }
  p->at++;
  return string;
}

static bool skip_digits(parser *p) {
  size_t num = strspn(p->at, "0123456789");
  p->at += num;
  return num > 0;
}

/* strtod takes more than JSON has: hexadecimal, infinity, "1." and "01". */
static bool parse_number(parser *p, double *out) {
  const char *start = p->at;
  take(p, "-");
  if (!take(p, "0") && !skip_digits(p)) return false;
  if (take(p, ".") && !skip_digits(p)) return false;
  if (take(p, "e") || take(p, "E")) {
    p->at += strspn(p->at, "+-") > 0;
    if (!skip_digits(p)) return false;
  }
  *out = strtod(start, NULL);
  return true;
}

static json *parse_value(parser *p);

/* Reads on after the opening bracket, through the closing one. */
static bool parse_items(parser *p, json *parent, const char *closing) {
  json **link = &parent->first;
  skip_space(p);
  if (take(p, closing)) return true;
  do {
    char *name = NULL;
    skip_space(p);
    if (parent->kind == OBJECT) {
      if (!take(p, "\"") || (name = parse_string(p)) == NULL) return false;
      skip_space(p);
      if (!take(p, ":")) {
        free(name);
        return false;
      }
    }
    json *item = parse_value(p);
    if (item == NULL) {
      free(name);
      return false;
    }
    item->name = name;
    *link = item;
    link = &item->next;
    skip_space(p);
  } while (take(p, ","));
  return take(p, closing);
}

static bool parse_into(parser *p, json *value) {
  if (take(p, "true") || take(p, "false") || take(p, "null")) return true;
  if (take(p, "\"")) {
    value->kind = STRING;
    value->string = parse_string(p);
    return value->string != NULL;
  }
  if (take(p, "[")) {
    value->kind = ARRAY;
    return parse_items(p, value, "]");
  }
  if (take(p, "{")) {
    value->kind = OBJECT;
    return parse_items(p, value, "}");
  }
  value->kind = NUMBER;
  return parse_number(p, &value->number);
}

static json *parse_value(parser *p) {
  if (p->depth == MAX_DEPTH) return NULL;
  p->depth++;
  json *value = allocate(sizeof *value);
  skip_space(p);
  if (!parse_into(p, value)) {
    json_free(value);
    value = NULL;
  }
  p->depth--;
  return value;
}

json *json_parse(const char *text) {
  parser p = {.at = text};
  json *value = parse_value(&p);
  skip_space(&p);
  if (*p.at == '\0') return value;
  json_free(value);
  return NULL;
}

const json *json_member(const json *object, const char *name) {
  if (object == NULL || object->kind != OBJECT) return NULL;
  const json *member = object->first;
  while (member != NULL && strcmp(member->name, name) != 0)
    member = member->next;
  return member;
}

const json *json_item(const json *array, size_t index) {
  if (array == NULL || array->kind != ARRAY) return NULL;
  const json *item = array->first;
  while (item != NULL && index > 0) {
    item = item->next;
    index--;
  }
  return item;
}

const json *json_next(const json *item) { return item == NULL ? NULL : item->next; }

size_t json_num_items(const json *array) {
  size_t num = 0;
  if (array == NULL || array->kind != ARRAY) return 0;
  for (const json *item = array->first; item != NULL; item = item->next)
    num++;
  return num;
}

const char *json_string(const json *value) {
  return value != NULL && value->kind == STRING ? value->string : NULL;
}

double json_number(const json *value, double otherwise) {
  return value != NULL && value->kind == NUMBER ? value->number : otherwise;
}
