#include "tools/explain/token.h"

#include <string.h>

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

static int digit_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 16;
}

/* Finds where white space and comments that begin at `at` end. An open comment ends nowhere:
 * false. */
static bool skip_space(const char *source, size_t *at) {
  for (;;) {
    *at += strspn(source + *at, " \t\r\n\v\f");
    if (strncmp(source + *at, "//", 2) == 0) {
      *at += strcspn(source + *at, "\n");
    } else if (strncmp(source + *at, "/*", 2) == 0) {
      const char *end = strstr(source + *at + 2, "*/");
      if (end == NULL) return false;
      *at = (size_t)(end + 2 - source);
    } else {
      return true;
    }
  }
}

/* Reads u, l, ll in either order. */
static bool read_suffix(const char *text, size_t length, token *out) {
  size_t i = 0;
  while (i < length) {
    char c = text[i];
    if ((c == 'u' || c == 'U') && !out->is_unsigned) {
      out->is_unsigned = true;
      i++;
    } else if ((c == 'l' || c == 'L') && !out->is_long) {
      out->is_long = true;
      i += i + 1 < length && text[i + 1] == c ? 2 : 1;
    } else {
      return false;
    }
  }
  return true;
}

static const char *read_number(const char *text, size_t length, token *out) {
  int base = 10;
  size_t i = 0;
  if (text[0] == '0' && length > 1) {
    char letter = (char)(text[1] | 0x20);
    base = letter == 'x' ? 16 : letter == 'b' ? 2 : 8;
    i = base == 8 ? 1 : 2;
  }
  out->is_decimal = base == 10;
  size_t first = base == 8 ? 0 : i;
  for (; i < length && digit_value(text[i]) < base; i++) {
    uint64_t digit = (uint64_t)digit_value(text[i]);
    if (out->value > (UINT64_MAX - digit) / (uint64_t)base) return "the number is too large";
    out->value = out->value * (uint64_t)base + digit;
  }
  if (i == first || !read_suffix(text + i, length - i, out)) return "this is no integer";
  return NULL;
}

/* Returns how long the name before a character is: L'a'. No other name stands before a quote. */
static size_t prefix_length(const char *text) {
  size_t length = strncmp(text, "u8", 2) == 0 ? 2 : *text != '\0' && strchr("LuU", *text) ? 1 : 0;
  return text[length] == '\'' ? length : 0;
}

/* Reads the character after a backslash. */
static const char *read_escape(const char **at, uint64_t *out) {
  static const char letters[] = "abfnrtve'\"?\\";
  static const char values[] = "\a\b\f\n\r\t\v\33'\"?\\";
  const char *letter = **at != '\0' ? strchr(letters, **at) : NULL;
  *out = 0;
  if (letter != NULL) {
    *out = (uint64_t)values[letter - letters];
    *at += 1;
    return NULL;
  }
  int base = **at == 'x' ? 16 : 8;
  const char *first = *at + (base == 16 ? 1 : 0);
  size_t most = base == 16 ? SIZE_MAX : 3;
  size_t i = 0;
  for (; i < most && digit_value(first[i]) < base && *out <= UINT8_MAX; i++)
    *out = *out * (uint64_t)base + (uint64_t)digit_value(first[i]);
  *at = first + i;
  return i == 0 || *out > UINT8_MAX ? "this is no character" : NULL;
}

/* Reads a character between quotes; of more than one each is a byte of an int, as compilers have
 * it. */
static const char *read_character(const char *text, size_t *length, token *out) {
  enum { MOST = 4 };
  size_t prefix = prefix_length(text);
  const char *at = text + prefix + 1;
  size_t num = 0;
  *length = 1;
  out->is_character = true;
  out->prefix = prefix == 0 ? '\0' : text[prefix - 1];
  for (; *at != '\''; num++) {
    uint64_t value;
    const char *message = NULL;
    if (*at == '\\') {
      at++;
      message = read_escape(&at, &value);
    } else if (*at >= ' ' && *at <= '~') {
      value = (uint64_t)*at++;
    } else {
      message = "this is no character";
    }
    if (message == NULL && num == (prefix == 0 ? MOST : 1)) message = "this is no character";
    if (message != NULL) return message;
    out->value = out->value << 8 | value;
  }
  if (num == 0) return "this is no character";
  out->is_char = num == 1 && prefix == 0;
  *length = (size_t)(at + 1 - text);
  return NULL;
}

/* Returns where a string ends that begins here; 0 if it does not. */
static size_t string_length(const char *text) {
  for (size_t i = 1; text[i] != '\0' && text[i] != '\n'; i++) {
    if (text[i] == '"') return i + 1;
    if (text[i] == '\\' && text[i + 1] != '\0') i++;
  }
  return 0;
}

/* Longest first. */
static size_t punctuator_length(const char *text) {
  static const char *const long_ones[] = {"...", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||"};
  for (size_t i = 0; i < sizeof long_ones / sizeof long_ones[0]; i++) {
    size_t length = strlen(long_ones[i]);
    if (strncmp(text, long_ones[i], length) == 0) return length;
  }
  return *text != '\0' && strchr("*()[]{},;:=+-/%<>&|^~!?.", *text) != NULL ? 1 : 0;
}

token *tokens_of(const char *source, arena *memory, fault *f) {
  token *tokens = arena_alloc(memory, (strlen(source) + 1) * sizeof *tokens);
  token *t = tokens;
  size_t at = 0;
  for (;; t++) {
    const char *message = NULL;
    size_t length = 1;
    bool is_closed = skip_space(source, &at);
    const char *text = source + at;
    if (!is_closed) {
      length = 2;
      message = "the comment has no end";
    } else if (*text == '\0') {
      t->where = (span){at, at};
      break;
    } else if (*text == '\'' || prefix_length(text) != 0) {
      t->kind = TOKEN_NUMBER;
      message = read_character(text, &length, t);
    } else if (is_letter(*text)) {
      t->kind = TOKEN_NAME;
      while (is_letter(text[length]) || is_digit(text[length]))
        length++;
    } else if (is_digit(*text)) {
      t->kind = TOKEN_NUMBER;
      while (is_letter(text[length]) || is_digit(text[length]) || text[length] == '.')
        length++;
      t->flaw = read_number(text, length, t);
    } else if (*text == '"') {
      t->kind = TOKEN_STRING;
      length = string_length(text);
      if (length == 0) {
        length = 1;
        message = "the string has no end";
      }
    } else {
      t->kind = TOKEN_PUNCTUATOR;
      length = punctuator_length(text);
      if (length == 0) {
        length = 1;
        message = "this character has no place in a declaration";
      }
    }
    t->where = (span){at, at + length};
    if (message != NULL) {
      *f = (fault){message, t->where};
      t->kind = TOKEN_END;
      break;
    }
    at += length;
  }
  return tokens;
}

bool token_is(const token *t, const char *source, const char *text) {
  size_t length = t->where.end - t->where.begin;
  return (t->kind == TOKEN_NAME || t->kind == TOKEN_PUNCTUATOR) && strlen(text) == length &&
         memcmp(source + t->where.begin, text, length) == 0;
}
