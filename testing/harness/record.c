#include "testing/harness/record.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Cases ---- */

static struct ctx_test_case *first_case;
static struct ctx_test_case **last_link = &first_case;

void ctx_test_register(struct ctx_test_case *test_case) {
  *last_link = test_case;
  last_link = &test_case->next;
}

const struct ctx_test_case *ctx_test_cases(void) { return first_case; }

/* ---- Records ---- */

/* They are static, so that a failure needs no memory. One atomic publishes each, so that it needs
 * no lock. */
enum { NUM_RECORDS = 64, TEXT_SIZE = 1024, NOTE_SIZE = 256 };

struct record {
  const char *file;
  int line;
  atomic_bool is_written;
  size_t length;
  char text[TEXT_SIZE];
};

static struct record records[NUM_RECORDS];
static atomic_size_t num_failures;
static _Atomic(const char *) skip_reason;
static char note[NOTE_SIZE];

void ctx_test_records_clear(void) {
  for (size_t i = 0; i < NUM_RECORDS; i++)
    atomic_store(&records[i].is_written, false);
  atomic_store(&num_failures, 0);
  atomic_store(&skip_reason, NULL);
  note[0] = '\0';
}

size_t ctx_test_num_failures(void) { return atomic_load(&num_failures); }

bool ctx_test_failure_get(size_t index, struct ctx_test_failure *out) {
  if (index >= NUM_RECORDS || !atomic_load(&records[index].is_written)) return false;
  *out = (struct ctx_test_failure){records[index].file, records[index].line, records[index].text};
  return true;
}

const char *ctx_test_skip_reason(void) { return atomic_load(&skip_reason); }

void ctx_test_skip(const char *reason) { atomic_store(&skip_reason, reason); }

void ctx_test_note(const char *format, ...) {
  if (format == NULL) {
    note[0] = '\0';
    return;
  }
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(note, sizeof note, format, arguments);
  va_end(arguments);
}

/* ---- Text, without stdio: it locks, and needs a deep stack. ---- */

static void put_text(struct record *record, const char *text) {
  if (text == NULL) text = "(null)";
  while (*text != '\0' && record->length < TEXT_SIZE - 1)
    record->text[record->length++] = *text++;
}

static void put_number(struct record *record, uint64_t number, unsigned base, unsigned min_digits) {
  char digits[24];
  size_t at = sizeof digits;
  digits[--at] = '\0';
  while (number != 0 || min_digits != 0) {
    digits[--at] = "0123456789abcdef"[number % base];
    number /= base;
    if (min_digits != 0) min_digits--;
  }
  put_text(record, digits + at);
}

static void put_integer(struct record *record, uint64_t number) {
  if ((int64_t)number < 0) {
    put_text(record, "-");
    put_number(record, 0 - number, 10, 1);
  } else {
    put_number(record, number, 10, 1);
  }
  put_text(record, " (0x");
  put_number(record, number, 16, 1);
  put_text(record, ")");
}

static void put_bytes(struct record *record, const unsigned char *bytes, size_t size) {
  enum { MAX_BYTES = 64 };
  for (size_t i = 0; i < size && i < MAX_BYTES; i++) {
    if (i != 0) put_text(record, i % 8 == 0 ? "  " : " ");
    put_number(record, bytes[i], 16, 2);
  }
  if (size > MAX_BYTES) put_text(record, " ...");
}

/* ---- Failures ---- */

static struct record overflow; /* written by several at once, when there are too many: only its file
                                  and line, which go to stderr, matter then */

static struct record *begin_failure(const char *file, int line) {
  size_t index = atomic_fetch_add(&num_failures, 1);
  struct record *record = index < NUM_RECORDS ? &records[index] : &overflow;
  record->file = file;
  record->line = line;
  record->length = 0;
  return record;
}

/* One write, so that lines of several threads do not mix. */
static void write_line(struct record *record) {
  static char line[2 * TEXT_SIZE];
  static atomic_flag is_used = ATOMIC_FLAG_INIT;
  /* A handler that interrupts a failure must not wait for it: its record still has the text. */
  if (atomic_flag_test_and_set(&is_used)) return;
  static struct record location;
  location.length = 0;
  put_text(&location, record->file);
  put_text(&location, ":");
  put_number(&location, (uint64_t)record->line, 10, 1);
  put_text(&location, ": ");
  memcpy(line, location.text, location.length);
  memcpy(line + location.length, record->text, record->length);
  line[location.length + record->length] = '\n';
  ssize_t written = write(STDERR_FILENO, line, location.length + record->length + 1);
  (void)written; /* a failure that cannot be shown at once is still recorded */
  atomic_flag_clear(&is_used);
}

static bool end_failure(struct record *record) {
  if (note[0] != '\0') {
    put_text(record, "\n  with: ");
    put_text(record, note);
  }
  record->text[record->length] = '\0';
  int saved_errno = errno;
  write_line(record);
  errno = saved_errno;
  if (record != &overflow) atomic_store(&record->is_written, true);
  return false;
}

static void put_operand(struct record *record, const char *label, const char *expression) {
  put_text(record, "\n  ");
  put_text(record, label);
  put_text(record, expression);
  put_text(record, " = ");
}

bool ctx_test_expect_bool(bool expected, bool actual, const char *file, int line,
                          const char *expression) {
  if (expected == actual) return true;
  struct record *record = begin_failure(file, line);
  put_text(record, expected ? "expected true: " : "expected false: ");
  put_text(record, expression);
  return end_failure(record);
}

bool ctx_test_expect_eq(uint64_t expected, uint64_t actual, const char *file, int line,
                        const char *expected_expression, const char *actual_expression) {
  if (expected == actual) return true;
  struct record *record = begin_failure(file, line);
  put_text(record, "expected equal:");
  put_operand(record, "expected: ", expected_expression);
  put_integer(record, expected);
  put_operand(record, "  actual: ", actual_expression);
  put_integer(record, actual);
  return end_failure(record);
}

bool ctx_test_expect_ne(uint64_t left, uint64_t right, const char *file, int line,
                        const char *left_expression, const char *right_expression) {
  if (left != right) return true;
  struct record *record = begin_failure(file, line);
  put_text(record, "expected different: ");
  put_text(record, left_expression);
  put_text(record, " and ");
  put_text(record, right_expression);
  put_text(record, ", both are ");
  put_integer(record, left);
  return end_failure(record);
}

bool ctx_test_expect_f64_eq(double expected, double actual, const char *file, int line,
                            const char *expected_expression, const char *actual_expression) {
  uint64_t expected_bits;
  uint64_t actual_bits;
  memcpy(&expected_bits, &expected, sizeof expected_bits);
  memcpy(&actual_bits, &actual, sizeof actual_bits);
  if (expected_bits == actual_bits) return true;
  struct record *record = begin_failure(file, line);
  put_text(record, "expected the same bits:");
  put_operand(record, "expected: ", expected_expression);
  put_text(record, "0x");
  put_number(record, expected_bits, 16, 16);
  put_operand(record, "  actual: ", actual_expression);
  put_text(record, "0x");
  put_number(record, actual_bits, 16, 16);
  return end_failure(record);
}

bool ctx_test_expect_streq(const char *expected, const char *actual, const char *file, int line,
                           const char *expected_expression, const char *actual_expression) {
  if (expected == actual) return true;
  if (expected != NULL && actual != NULL && strcmp(expected, actual) == 0) return true;
  struct record *record = begin_failure(file, line);
  put_text(record, "expected the same text:");
  put_operand(record, "expected: ", expected_expression);
  put_text(record, expected);
  put_operand(record, "  actual: ", actual_expression);
  put_text(record, actual);
  return end_failure(record);
}

bool ctx_test_expect_memeq(const void *expected, const void *actual, size_t size, const char *file,
                           int line, const char *expected_expression,
                           const char *actual_expression) {
  if (memcmp(expected, actual, size) == 0) return true;
  const unsigned char *expected_bytes = expected;
  const unsigned char *actual_bytes = actual;
  size_t first = 0;
  while (expected_bytes[first] == actual_bytes[first])
    first++;
  struct record *record = begin_failure(file, line);
  put_text(record, "expected the same bytes, which differ from byte ");
  put_number(record, first, 10, 1);
  put_text(record, " of ");
  put_number(record, size, 10, 1);
  put_text(record, " on:");
  put_operand(record, "expected: ", expected_expression);
  put_bytes(record, expected_bytes + first, size - first);
  put_operand(record, "  actual: ", actual_expression);
  put_bytes(record, actual_bytes + first, size - first);
  return end_failure(record);
}

bool ctx_test_expect_no_complaint(const char *text, const char *file, int line,
                                  const char *expression) {
  if (text[0] == '\0') return true;
  struct record *record = begin_failure(file, line);
  if (expression[0] != '\0') {
    put_text(record, expression);
    put_text(record, ": ");
  }
  put_text(record, text);
  return end_failure(record);
}

/* Vigna, splitmix64.c: public domain. */
uint64_t ctx_test_random(uint64_t *state) {
  uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
  z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* ---- Emulation ---- */

bool ctx_test_is_emulated(void) { return getenv("CTX_TEST_EMULATOR") != NULL; }

int ctx_test_last_signal(void) { return ctx_test_is_emulated() ? SIGRTMAX - 2 : SIGRTMAX; }
