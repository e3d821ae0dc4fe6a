/* Lets Frama-C's Eva read the library's sources, which a program includes behind this. */
#ifndef CTX_TESTING_MODELS_EVA_H_
#define CTX_TESTING_MODELS_EVA_H_

/* Frama-C 25 does not know these, and no code that is looked at needs them. */
#undef __SIZEOF_INT128__
#undef __SIZEOF_FLOAT128__
#undef __FLT16_MANT_DIG__
#define _Complex
#define _Atomic
#define _Alignas(alignment)
#define _Alignof(type) __alignof__(type)
#define _Thread_local
#define __vector_size__(size)
#define CTX_ARCH_X86_64_SYSV_CPU_H_ /* it asks the processor, in assembly */

#include <__fc_builtin.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static size_t any_up_to(size_t most) { return Frama_C_unsigned_long_interval(0, most); }
static size_t any(void) { return any_up_to(SIZE_MAX); }

/* Eva goes on with each of them by itself. */
static size_t each_up_to(int most) { return (size_t)Frama_C_interval_split(0, most); }

#endif /* CTX_TESTING_MODELS_EVA_H_ */
