/* The types of //testing/oracle contain these: the registers of a call, and of a return. */
#ifndef CTX_TESTING_ARCH_AARCH64_AAPCS64_ORACLE_H_
#define CTX_TESTING_ARCH_AARCH64_AAPCS64_ORACLE_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "testing/arch/aarch64_aapcs64/register_list.h"
#include "testing/arch/aarch64_aapcs64/registers.h"
#include "testing/oracle/owner.h"

enum { ORACLE_VECTOR_REGISTERS = 32, ORACLE_VECTOR_WORDS = 2 };

/* Registers that pass arguments. */
enum { MODEL_GENERAL = CTX_TEST_NUM_ARGUMENT, MODEL_VECTOR = 8 };

/* The registers that a result in registers takes at most. */
enum { MODEL_MAX_RETURNED = 4 };

/* Large arguments are passed as the addresses of copies. */
#define ORACLE_HAS_COPIES

/* placing.c of this folder is there. */
#define ORACLE_HAS_PLACING

/* ---- capture.h ---- */

/* Offsets have names in probe_layout.h. */
typedef struct oracle_registers {
  _Alignas(64) uint64_t vector[ORACLE_VECTOR_REGISTERS][ORACLE_VECTOR_WORDS]; /* v0 to v31 */
  union {
    uint64_t general[CTX_TEST_NUM_GENERAL];
    struct {
#define ORACLE_FIELD_(name, number) uint64_t name;
      CTX_TEST_FOR_EACH_GENERAL(ORACLE_FIELD_)
#undef ORACLE_FIELD_
    };
  };
  uint64_t sp;
  uint64_t fpcr;
} oracle_registers;

/* Those that pass arguments, of floating-point numbers the lowest eight bytes. */
static inline uint64_t oracle_general_argument(const oracle_registers *registers, size_t index) {
  return registers->general[index];
}
static inline uint64_t oracle_floating_argument(const oracle_registers *registers, size_t index) {
  return registers->vector[index][0];
}

/* ---- probe.h ---- */

typedef struct oracle_reply_registers {
  _Alignas(64) uint64_t vector[MODEL_MAX_RETURNED][ORACLE_VECTOR_WORDS]; /* v0 to v3 */
  uint64_t x0;
  uint64_t x1;
} oracle_reply_registers;

/* Its words, all of them; and which is the first general register. */
enum {
  ORACLE_REPLY_GENERAL = offsetof(oracle_reply_registers, x0) / 8,
  ORACLE_REPLY_WORDS = ORACLE_REPLY_GENERAL + 2
};

/* ---- model.h ---- */

typedef struct model_registers {
  uint64_t general[MODEL_GENERAL]; /* in the order of CTX_TEST_FOR_EACH_ARGUMENT */
  uint64_t general_care[MODEL_GENERAL];
  model_owner general_owner[MODEL_GENERAL];
  bool general_is_address[MODEL_GENERAL]; /* of a copy: the caller chooses it */

  uint64_t vector[MODEL_VECTOR][ORACLE_VECTOR_WORDS]; /* v0 to v7 */
  uint64_t vector_care[MODEL_VECTOR][ORACLE_VECTOR_WORDS];
  model_owner vector_owner[MODEL_VECTOR];

  /* Filled in by model_expect_state: the control word that is to be in force. */
  uint64_t fpcr;
} model_registers;

/* This returns a part of a result. */
typedef enum model_return_register {
  MODEL_RETURN_X0,
  MODEL_RETURN_X1,
  MODEL_RETURN_V0,
  MODEL_RETURN_V1,
  MODEL_RETURN_V2,
  MODEL_RETURN_V3
} model_return_register;

/* A result in memory has none: its address comes in x8, and goes nowhere. */
typedef struct model_return_registers {
  size_t num;
  struct {
    uint8_t reg;  /* model_return_register */
    uint8_t from; /* in bytes of the result */
    uint8_t size; /* in bytes */
  } of[MODEL_MAX_RETURNED];
} model_return_registers;

#endif /* CTX_TESTING_ARCH_AARCH64_AAPCS64_ORACLE_H_ */
