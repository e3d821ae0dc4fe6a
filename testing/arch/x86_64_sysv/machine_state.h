/* The state that a resumed context is promised, beside its registers. */
#ifndef CTX_TESTING_ARCH_X86_64_SYSV_MACHINE_STATE_H_
#define CTX_TESTING_ARCH_X86_64_SYSV_MACHINE_STATE_H_

#include <stdint.h>

typedef struct machine_state {
  uint32_t mxcsr_control; /* without its status flags */
  uint16_t x87_control;
  uint16_t x87_status;
  uint16_t x87_tags; /* 0xffff: all registers empty */
  uint16_t direction_flag;
} machine_state;

#define MXCSR_STATUS 0x3fu
#define DIRECTION_FLAG 0x400u

static inline __attribute__((always_inline)) machine_state machine_state_now(void) {
  struct {
    uint16_t control, zero0, status, zero1, tags, zero2, pointers[8];
  } environment;
  uint32_t mxcsr;
  uint64_t flags;
  /* The compiler's builtin is not used: unoptimised, gcc's pops to the wrong place. The flags go
   * below the red zone. */
  __asm__ volatile(
      "leaq -128(%%rsp), %%rsp\n\t"
      "pushfq\n\t"
      "popq %0\n\t"
      "leaq 128(%%rsp), %%rsp"
      : "=r"(flags));
  /* fnstenv masks all exceptions; fldenv puts back what there was. */
  __asm__ volatile("stmxcsr %0\n\tfnstenv %1\n\tfldenv %1" : "=m"(mxcsr), "=m"(environment));
  return (machine_state){.mxcsr_control = mxcsr & ~MXCSR_STATUS,
                         .x87_control = environment.control,
                         .x87_status = environment.status,
                         .x87_tags = environment.tags,
                         .direction_flag = (uint16_t)(flags & DIRECTION_FLAG)};
}

static inline void fp_control_set(uint32_t mxcsr, uint16_t x87_control) {
  __asm__ volatile("ldmxcsr %0\n\tfldcw %1" : : "m"(mxcsr), "m"(x87_control));
}

/* A process starts with these. */
#define DEFAULT_MXCSR 0x1f80u
#define DEFAULT_X87_CONTROL 0x37fu

#endif /* CTX_TESTING_ARCH_X86_64_SYSV_MACHINE_STATE_H_ */
