/* The types of //testing/oracle contain these: the registers of a call, and of a return. */
#ifndef CTX_TESTING_ARCH_X86_64_SYSV_ORACLE_H_
#define CTX_TESTING_ARCH_X86_64_SYSV_ORACLE_H_

#include <stddef.h>
#include <stdint.h>

#include "testing/arch/x86_64_sysv/register_list.h"
#include "testing/arch/x86_64_sysv/registers.h"
#include "testing/oracle/owner.h"

enum { ORACLE_VECTOR_REGISTERS = 16, ORACLE_VECTOR_WORDS = 8 };

/* Registers that pass arguments. */
enum { MODEL_GENERAL = CTX_TEST_NUM_ARGUMENT, MODEL_VECTOR = 8 };

enum { MODEL_MAX_EIGHTBYTES = 8 };

/* ---- capture.h ---- */

/* Offsets have names in probe_layout.h. */
typedef struct oracle_registers {
  /* zmm0 to zmm15, lowest word first; those that the processor lacks are 0. */
  _Alignas(64) uint64_t vector[ORACLE_VECTOR_REGISTERS][ORACLE_VECTOR_WORDS];
  union {
    uint64_t general[CTX_TEST_NUM_GENERAL];
    struct {
#define ORACLE_FIELD_(name, number) uint64_t name;
      CTX_TEST_FOR_EACH_GENERAL(ORACLE_FIELD_)
#undef ORACLE_FIELD_
    };
  };
  uint64_t rflags;
  uint32_t mxcsr;
  struct ctx_test_x87 x87;
} oracle_registers;

/* Those that pass arguments, of floating-point numbers the lowest eight bytes. */
static inline uint64_t oracle_general_argument(const oracle_registers *registers, size_t index) {
#define ORACLE_ARGUMENT_(name, index) registers->name,
  const uint64_t arguments[] = {CTX_TEST_FOR_EACH_ARGUMENT(ORACLE_ARGUMENT_)};
#undef ORACLE_ARGUMENT_
  return arguments[index];
}
static inline uint64_t oracle_floating_argument(const oracle_registers *registers, size_t index) {
  return registers->vector[index][0];
}

/* ---- probe.h ---- */

typedef struct oracle_reply_registers {
  _Alignas(64) uint64_t vector[2][ORACLE_VECTOR_WORDS]; /* zmm0, zmm1 */
  uint64_t rax;                                         /* not that of a result in memory */
  uint64_t rdx;
  uint8_t st[2][16]; /* st0, st1; ten bytes of each */
  uint64_t num_st;   /* 0 to 2: how many of them */
} oracle_reply_registers;

/* Its first words: one by one each can be anything (except those of the x87 unit); and which of
 * them is the first general register. */
enum {
  ORACLE_REPLY_GENERAL = offsetof(oracle_reply_registers, rax) / 8,
  ORACLE_REPLY_WORDS = offsetof(oracle_reply_registers, st) / 8
};

/* ---- model.h ---- */

typedef struct model_registers {
  uint64_t general[MODEL_GENERAL]; /* in the order of CTX_TEST_FOR_EACH_ARGUMENT */
  uint64_t general_care[MODEL_GENERAL];
  model_owner general_owner[MODEL_GENERAL];
  size_t num_general;

  uint64_t vector[MODEL_VECTOR][ORACLE_VECTOR_WORDS]; /* zmm0 to zmm7 */
  uint64_t vector_care[MODEL_VECTOR][ORACLE_VECTOR_WORDS];
  model_owner vector_owner[MODEL_VECTOR];
  size_t num_vector; /* in al, if the callee may be variadic */

  /* Filled in by model_expect_state: the control words that are to be in force; status bits are not
   * looked at. */
  uint32_t mxcsr;
  uint16_t x87_control;
} model_registers;

/* This returns eightbyte i of a result. */
typedef enum model_return_register {
  MODEL_RETURN_NONE, /* padding */
  MODEL_RETURN_RAX,
  MODEL_RETURN_RDX,
  MODEL_RETURN_XMM0, /* with its upper parts */
  MODEL_RETURN_XMM1,
  MODEL_RETURN_ST0, /* for ten bytes from this eightbyte on */
  MODEL_RETURN_ST1
} model_return_register;

/* A result in memory has none: its address comes in rdi, and goes out in rax. */
typedef struct model_return_registers {
  size_t num; /* of eightbytes */
  struct {
    uint8_t reg;  /* model_return_register */
    uint8_t word; /* of the vector register */
  } of[MODEL_MAX_EIGHTBYTES];
} model_return_registers;

#endif /* CTX_TESTING_ARCH_X86_64_SYSV_ORACLE_H_ */
