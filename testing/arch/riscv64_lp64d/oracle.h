/* The types of //testing/oracle contain these: the registers of a call, and of a return. */
#ifndef CTX_TESTING_ARCH_RISCV64_LP64D_ORACLE_H_
#define CTX_TESTING_ARCH_RISCV64_LP64D_ORACLE_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "testing/arch/riscv64_lp64d/register_list.h"
#include "testing/arch/riscv64_lp64d/registers.h"
#include "testing/oracle/owner.h"

/* Registers that pass arguments. */
enum { MODEL_GENERAL = CTX_TEST_NUM_ARGUMENT, MODEL_VECTOR = CTX_TEST_NUM_ARGUMENT };

/* The registers that a result in registers takes at most. */
enum { MODEL_MAX_RETURNED = 2 };

/* Large arguments are passed as the addresses of copies. */
#define ORACLE_HAS_COPIES

/* placing.c of this folder is there. */
#define ORACLE_HAS_PLACING

/* ---- capture.h ---- */

/* Offsets have names in probe_layout.h. */
typedef struct oracle_registers {
  union {
    _Alignas(64) uint64_t floating[CTX_TEST_NUM_FLOATING];
    struct {
#define ORACLE_FIELD_(name, number) uint64_t name;
      CTX_TEST_FOR_EACH_FLOATING(ORACLE_FIELD_)
    };
  };
  union {
    uint64_t general[CTX_TEST_NUM_GENERAL];
    struct {
      CTX_TEST_FOR_EACH_GENERAL(ORACLE_FIELD_)
#undef ORACLE_FIELD_
    };
  };
  uint64_t fcsr;
} oracle_registers;

/* Those that pass arguments, of floating-point numbers the lowest eight bytes. */
static inline uint64_t oracle_general_argument(const oracle_registers *registers, size_t index) {
  return registers->general[CTX_TEST_NUMBER_OF_a0 + index];
}
static inline uint64_t oracle_floating_argument(const oracle_registers *registers, size_t index) {
  return registers->floating[CTX_TEST_NUMBER_OF_fa0 + index];
}

/* ---- probe.h ---- */

typedef struct oracle_reply_registers {
  _Alignas(64) uint64_t a0;
  uint64_t a1;
  uint64_t fa0;
  uint64_t fa1;
} oracle_reply_registers;

/* Its words, all of them; and which is the first general register. */
enum { ORACLE_REPLY_GENERAL = 0, ORACLE_REPLY_WORDS = 4 };

/* ---- model.h ---- */

typedef struct model_registers {
  uint64_t general[MODEL_GENERAL]; /* a0 to a7 */
  uint64_t general_care[MODEL_GENERAL];
  model_owner general_owner[MODEL_GENERAL];
  bool general_is_address[MODEL_GENERAL]; /* of a copy, or for the result: the caller chooses it */

  uint64_t floating[MODEL_VECTOR]; /* fa0 to fa7 */
  uint64_t floating_care[MODEL_VECTOR];
  model_owner floating_owner[MODEL_VECTOR];

  /* Filled in by model_expect_state: how numbers are to be rounded, and the registers that all
   * functions of a thread find the same. */
  uint64_t frm;
  uint64_t gp;
  uint64_t tp;
} model_registers;

/* This returns a part of a result. */
typedef enum model_return_register {
  MODEL_RETURN_A0,
  MODEL_RETURN_A1,
  MODEL_RETURN_FA0,
  MODEL_RETURN_FA1
} model_return_register;

/* A result in memory has none: its address comes in a0, and need not be there on return. */
typedef struct model_return_registers {
  size_t num;
  struct {
    uint8_t reg;   /* model_return_register */
    uint8_t size;  /* in bytes */
    uint16_t from; /* in bytes of the result */
  } of[MODEL_MAX_RETURNED];
} model_return_registers;

#endif /* CTX_TESTING_ARCH_RISCV64_LP64D_ORACLE_H_ */
