#include "testing/entry/verdict.h"

#include <stdarg.h>
#include <stdio.h>

#define RFLAGS_DF (UINT64_C(1) << 10)
#define X87_ALL_EMPTY 0xffff

static char complaint[256];

static const char *complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

static const char *complain(const char *format, ...) {
  va_list args;
  va_start(args, format);
  vsnprintf(complaint, sizeof complaint, format, args);
  va_end(args);
  return complaint;
}

static const char *compare(const char *where, size_t index, uint64_t expected, uint64_t actual,
                           uint64_t care) {
  if (((expected ^ actual) & care) == 0) return "";
  return complain("%s %zu: expected 0x%016llx, found 0x%016llx (of which 0x%016llx counts)", where,
                  index, (unsigned long long)expected, (unsigned long long)actual,
                  (unsigned long long)care);
}

/* Returns from the calling function with the first complaint. */
#define RETURN_IF_COMPLAINT(text)                             \
  do {                                                        \
    const char *text_of_complaint = (text);                   \
    if (*text_of_complaint != '\0') return text_of_complaint; \
  } while (0)

static uint64_t general_argument(const struct ctx_probe *probe, size_t index) {
  const uint64_t registers[CTX_EXPECT_GENERAL] = {probe->rdi, probe->rsi, probe->rdx,
                                                  probe->rcx, probe->r8,  probe->r9};
  return registers[index];
}

/* The state that holds at every call, whatever it passes. */
static const char *verdict_on_state(const struct ctx_probe *probe) {
  if (probe->num_calls != 1) {
    return complain("called %llu times", (unsigned long long)probe->num_calls);
  }
  if ((probe->rsp + 8) % 16 != 0) {
    return complain("rsp = 0x%llx at entry", (unsigned long long)probe->rsp);
  }
  if ((probe->rflags & RFLAGS_DF) != 0) return complain("the direction flag is set");
  if (probe->x87.tag != X87_ALL_EMPTY) {
    return complain("x87 registers are in use: tags 0x%04x", (unsigned)probe->x87.tag);
  }
  return "";
}

const char *ctx_verdict_abi(const struct ctx_probe *probe, const struct ctx_expectation *expected) {
  RETURN_IF_COMPLAINT(verdict_on_state(probe));
  for (size_t i = 0; i < expected->num_general; ++i) {
    RETURN_IF_COMPLAINT(compare("general argument", i, expected->general[i].word,
                                general_argument(probe, i), expected->general[i].care));
  }
  for (size_t i = 0; i < expected->num_vector; ++i) {
    RETURN_IF_COMPLAINT(compare("vector argument", i, expected->vector[i].word, probe->xmm[i][0],
                                expected->vector[i].care));
  }
  for (size_t i = 0; i < expected->num_slots; ++i) {
    RETURN_IF_COMPLAINT(
        compare("slot", i, expected->slots[i].word, probe->words[i], expected->slots[i].care));
  }
  uint64_t al = probe->rax & 0xff;
  if (expected->may_be_variadic && (al < expected->num_vector || al > CTX_EXPECT_VECTOR)) {
    return complain("al = %u with %zu vector registers used", (unsigned)al, expected->num_vector);
  }
  return "";
}

const char *ctx_verdict_library(const struct ctx_probe *probe,
                                const struct ctx_expectation *expected) {
  RETURN_IF_COMPLAINT(verdict_on_state(probe));
  for (size_t i = 0; i < CTX_EXPECT_GENERAL; ++i) {
    RETURN_IF_COMPLAINT(compare("general argument", i, expected->general[i].word,
                                general_argument(probe, i), UINT64_MAX));
  }
  for (size_t i = 0; i < 16; ++i) {
    uint64_t low = i < CTX_EXPECT_VECTOR ? expected->vector[i].word : 0;
    RETURN_IF_COMPLAINT(compare("low half of xmm", i, low, probe->xmm[i][0], UINT64_MAX));
    RETURN_IF_COMPLAINT(compare("high half of xmm", i, 0, probe->xmm[i][1], UINT64_MAX));
  }
  for (size_t i = 0; i < expected->num_slots + expected->num_slots % 2; ++i) {
    RETURN_IF_COMPLAINT(compare("slot", i, expected->slots[i].word, probe->words[i], UINT64_MAX));
  }
  RETURN_IF_COMPLAINT(
      compare("rax, vector registers", 0, expected->num_vector, probe->rax, UINT64_MAX));
  RETURN_IF_COMPLAINT(compare("rbx", 0, 0, probe->rbx, UINT64_MAX));
  for (size_t i = 10; i < 16; ++i) {
    if (i != 11) RETURN_IF_COMPLAINT(compare("r", i, 0, probe->general[i], UINT64_MAX));
  }
  const uint64_t *record = (const uint64_t *)(uintptr_t)probe->rbp;
  if (probe->rbp % 16 != 0 || probe->rbp < probe->rsp) {
    return complain("rbp = 0x%llx is no frame record", (unsigned long long)probe->rbp);
  }
  RETURN_IF_COMPLAINT(compare("frame record, word", 0, 0, record[0], UINT64_MAX));
  RETURN_IF_COMPLAINT(compare("frame record, word", 1, 0, record[1], UINT64_MAX));
  return "";
}
