#include "testing/oracle/verdict.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define RFLAGS_DF (UINT64_C(1) << 10)
#define X87_ALL_EMPTY 0xffff
/* psABI 3.2.3, "Registers": the control bits are callee-saved, the status bits are not. */
#define MXCSR_CONTROL 0xffc0

enum { MAX_LINES = 8 };

/* ---- The report ---- */

typedef struct judgement {
  oracle_relation relation;
  const oracle_capture *capture;
  const model_expectation *expected;
  const gen_case *from;
  char *at;
  size_t left;
  size_t num_lines; /* also those that are not written any more */
} judgement;

__attribute__((format(printf, 2, 3))) static void print(judgement *j, const char *format, ...) {
  if (j->num_lines >= MAX_LINES) return;
  va_list args;
  va_start(args, format);
  int length = vsnprintf(j->at, j->left, format, args);
  va_end(args);
  size_t step = length < 0 ? 0 : (size_t)length < j->left ? (size_t)length : j->left - 1;
  j->at += step;
  j->left -= step;
}

static void end_line(judgement *j) {
  print(j, "\n");
  j->num_lines += 1;
}

static void complain(judgement *j, const char *what) {
  print(j, "%s", what);
  end_line(j);
}

static void print_bytes(judgement *j, uint64_t word, uint64_t care) {
  for (size_t i = 0; i < 8; ++i, word >>= 8, care >>= 8) {
    if ((care & 0xff) == 0) {
      print(j, " --");
    } else {
      print(j, " %02x", (unsigned)(word & 0xff));
    }
  }
}

/* "argument 3 (int8_t, 8 bytes from byte 8)" */
static void print_owner(judgement *j, model_owner owner) {
  if (owner.argument == MODEL_NOBODY) {
    print(j, "no argument");
    return;
  }
  if (owner.argument == MODEL_HIDDEN_POINTER) {
    print(j, "the result's address");
    return;
  }
  char type[256];
  gen_type_describe(j->from->args[owner.argument].type, type, sizeof type);
  print(j, "argument %u (%s), from its byte %u", owner.argument, type, 8u * owner.eightbyte);
}

/* One place of eight bytes: `where` it is, and who is there. */
static void complain_of_word(judgement *j, const char *where, model_owner owner, uint64_t expected,
                             uint64_t found, uint64_t care) {
  print(j, "%s: ", where);
  print_owner(j, owner);
  print(j, ": expected");
  print_bytes(j, expected, care);
  print(j, ", found");
  print_bytes(j, found, UINT64_MAX);
  end_line(j);
}

static bool is_library(const judgement *j) { return j->relation == ORACLE_LIBRARY_EQUAL; }

static uint64_t cared(const judgement *j, uint64_t care) {
  return is_library(j) ? UINT64_MAX : care;
}

static bool differ(uint64_t expected, uint64_t found, uint64_t care) {
  return ((expected ^ found) & care) != 0;
}

/* ---- What is judged ---- */

/* The state that holds at every call, whatever it passes. */
static void judge_state(judgement *j) {
  const oracle_capture *c = j->capture;
  if (c->num_calls != 1) {
    print(j, "called %llu times", (unsigned long long)c->num_calls);
    end_line(j);
  }
  if ((c->rsp + 8) % j->expected->stack_align != 0) {
    print(j, "rsp + 8 = 0x%llx at entry: expected a multiple of %zu",
          (unsigned long long)(c->rsp + 8), j->expected->stack_align);
    end_line(j);
  }
  if ((c->rflags & RFLAGS_DF) != 0) complain(j, "the direction flag is set");
  if (c->x87.tag != X87_ALL_EMPTY) {
    print(j, "x87 registers are in use: tags 0x%04x", (unsigned)c->x87.tag);
    end_line(j);
  }
  if (c->x87.control != j->expected->x87_control) {
    print(j, "x87 control word: expected 0x%04x, found 0x%04x", (unsigned)j->expected->x87_control,
          (unsigned)c->x87.control);
    end_line(j);
  }
  if (((c->mxcsr ^ j->expected->mxcsr) & MXCSR_CONTROL) != 0) {
    print(j, "MXCSR: expected 0x%04x, found 0x%04x (status bits do not count)",
          j->expected->mxcsr & MXCSR_CONTROL, c->mxcsr);
    end_line(j);
  }
  uint64_t al = c->rax & 0xff;
  bool al_is_right = al >= j->expected->num_vector && al <= MODEL_VECTOR;
  if (is_library(j)) al_is_right = c->rax == j->expected->num_vector;
  if (!al_is_right && (is_library(j) || j->expected->may_be_variadic)) {
    print(j, "rax = 0x%llx: expected %zu in al, the number of vector registers used",
          (unsigned long long)c->rax, j->expected->num_vector);
    end_line(j);
  }
}

static void general_arguments(const oracle_capture *c, uint64_t out[MODEL_GENERAL]) {
  const uint64_t registers[MODEL_GENERAL] = {c->rdi, c->rsi, c->rdx, c->rcx, c->r8, c->r9};
  memcpy(out, registers, sizeof registers);
}

static bool result_address_is_right(const oracle_capture *c, const gen_case *from) {
  return c->rdi != 0 && c->rdi % from->result.type->align == 0;
}

static void judge_general(judgement *j) {
  static const char *const names[MODEL_GENERAL] = {"rdi", "rsi", "rdx", "rcx", "r8", "r9"};
  const model_expectation *e = j->expected;
  uint64_t found[MODEL_GENERAL];
  general_arguments(j->capture, found);
  for (size_t i = 0; i < MODEL_GENERAL; ++i) {
    if (i == 0 && e->has_hidden_pointer) {
      if (result_address_is_right(j->capture, j->from)) continue;
      print(j, "rdi = 0x%llx: expected the address for the result, a multiple of %u",
            (unsigned long long)found[0], (unsigned)j->from->result.type->align);
      end_line(j);
      continue;
    }
    uint64_t care = cared(j, e->general_care[i]);
    if (differ(e->general[i], found[i], care)) {
      complain_of_word(j, names[i], e->general_owner[i], e->general[i], found[i], care);
    }
  }
}

static void judge_vector_word(judgement *j, size_t reg, size_t word) {
  const model_expectation *e = j->expected;
  bool is_argument = reg < MODEL_VECTOR;
  uint64_t expected = is_argument ? e->vector[reg][word] : 0;
  uint64_t care = cared(j, is_argument ? e->vector_care[reg][word] : 0);
  uint64_t found = j->capture->vector[reg][word];
  if (!differ(expected, found, care)) return;
  model_owner owner = {MODEL_NOBODY, 0};
  if (is_argument) owner = e->vector_owner[reg];
  if (owner.argument != MODEL_NOBODY) owner.eightbyte = (uint16_t)(owner.eightbyte + word);
  char where[32];
  snprintf(where, sizeof where, "%s%zu, from byte %zu",
           word < 2   ? "xmm"
           : word < 4 ? "ymm"
                      : "zmm",
           reg, 8 * word);
  complain_of_word(j, where, owner, expected, found, care);
}

static void judge_vectors(judgement *j) {
  for (size_t i = 0; i < ORACLE_VECTOR_REGISTERS; ++i) {
    for (size_t word = 0; word < ORACLE_VECTOR_WORDS; ++word)
      judge_vector_word(j, i, word);
  }
}

static model_owner owner_of_slot(const judgement *j, size_t slot) {
  for (size_t i = 0; i < j->from->num_args; ++i) {
    size_t first = j->expected->first_word[i];
    size_t num = (j->from->args[i].type->size + 7) / 8;
    if (first != SIZE_MAX && slot >= first && slot < first + num) {
      return (model_owner){(uint16_t)i, (uint16_t)(slot - first)};
    }
  }
  return (model_owner){MODEL_NOBODY, 0};
}

static void judge_stack(judgement *j) {
  const model_expectation *e = j->expected;
  for (size_t i = 0; i < e->num_words; ++i) {
    uint64_t care = cared(j, e->words_care[i]);
    if (!differ(e->words[i], j->capture->words[i], care)) continue;
    char where[64];
    snprintf(where, sizeof where, "slot %zu, at rsp + %zu", i, 8 * i + 8);
    complain_of_word(j, where, owner_of_slot(j, i), e->words[i], j->capture->words[i], care);
  }
}

/* What passes nothing, the entry's address, and the end of the chain of frame pointers. */
static void judge_others(judgement *j) {
  static const char *const names[16] = {
      [3] = "rbx", [10] = "r10", [12] = "r12", [13] = "r13", [14] = "r14", [15] = "r15"};
  const model_owner nobody = {MODEL_NOBODY, 0};
  for (size_t i = 0; i < 16; ++i) {
    uint64_t found = j->capture->general[i];
    if (names[i] != NULL && found != 0) {
      complain_of_word(j, names[i], nobody, 0, found, UINT64_MAX);
    }
  }
  if (j->capture->r11 != j->expected->entry) {
    complain_of_word(j, "r11, the entry's address", nobody, j->expected->entry, j->capture->r11,
                     UINT64_MAX);
  }
  uint64_t rbp = j->capture->rbp;
  const uint64_t *record = (const uint64_t *)(uintptr_t)rbp;
  if (rbp % 16 != 0 || rbp < j->capture->rsp || record[0] != 0 || record[1] != 0) {
    print(j, "rbp = 0x%llx: expected the address of a frame record {0, 0}",
          (unsigned long long)rbp);
    end_line(j);
  }
}

/* The common case, in which all is as expected, as fast as it goes. */
static bool is_library_equal(const oracle_capture *c, const model_expectation *e,
                             const gen_case *from) {
  static const uint64_t zeros[ORACLE_VECTOR_REGISTERS - MODEL_VECTOR][ORACLE_VECTOR_WORDS];
  uint64_t general[MODEL_GENERAL];
  general_arguments(c, general);
  if (e->has_hidden_pointer) {
    if (!result_address_is_right(c, from)) return false;
    general[0] = e->general[0];
  }
  return memcmp(general, e->general, sizeof general) == 0 &&
         memcmp(c->vector, e->vector, sizeof e->vector) == 0 &&
         memcmp(c->vector[MODEL_VECTOR], zeros, sizeof zeros) == 0 &&
         memcmp(c->words, e->words, e->num_words * sizeof e->words[0]) == 0;
}

bool oracle_verdict(oracle_relation relation, const oracle_capture *capture,
                    const model_expectation *expected, const gen_case *from,
                    char report[ORACLE_REPORT_SIZE]) {
  judgement j = {relation, capture, expected, from, report, ORACLE_REPORT_SIZE, 0};
  *report = '\0';
  judge_state(&j);
  if (relation == ORACLE_LIBRARY_EQUAL) judge_others(&j);
  if (relation == ORACLE_LIBRARY_EQUAL && is_library_equal(capture, expected, from)) {
    return j.num_lines == 0;
  }
  judge_general(&j);
  judge_vectors(&j);
  judge_stack(&j);
  return j.num_lines == 0;
}
