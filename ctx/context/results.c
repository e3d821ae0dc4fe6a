/* Reads the result of an entry, as any type. */
#include <string.h>

#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(results.h)
#include CTX_ARCH_HEADER_(place.h)
#include CTX_ARCH_HEADER_(rest.h)
#include "ctx/call/prepared.h"
#include "ctx/ctx.h"
#include "ctx/watch/checked.h"

static bool ctx_is_over(const ctx_context *child) { return child->returned != 0; }

void ctx_clear_retvals(ctx_context *child) {
  ctx_check_result("ctx_clear_retvals", child);
  ctx_results_clear(child);
}

bool ctx_has_returned(const ctx_context *child) {
  ctx_check_result("ctx_has_returned", child);
  return ctx_is_over(child);
}

uint64_t ctx_retval_gp(const ctx_context *child, size_t index) {
  ctx_check_result("ctx_retval_gp", child);
  if (index > 1) {
    ctx_check_failed("ctx_retval_gp", child, "has two return registers, 0 and 1");
    return 0;
  }
  return ctx_is_over(child) ? child->retval_gp[index] : 0;
}

ctx_bytes16 ctx_retval_fp(const ctx_context *child) {
  ctx_check_result("ctx_retval_fp", child);
  ctx_bytes16 fp = {{0}};
  if (ctx_is_over(child)) memcpy(fp.bytes, child->retval_fp, sizeof fp.bytes);
  return fp;
}

ctx_retval ctx_untyped_retval(const ctx_context *child) {
  ctx_retval retval = {.fp = ctx_retval_fp(child), .gp = ctx_retval_gp(child, 0)};
  return retval;
}

/* An integer is the low bytes of its register. Calling conventions leave the others open, or fill
 * them by rules of their own. Of a bool one byte is defined, and it is 0 or 1. */
#define CTX_DEFINE_INTEGER_RETVAL(name, type)                              \
  type ctx_retval_as_##name(ctx_retval retval) { return (type)retval.gp; } \
  type ctx_retval_##name(const ctx_context *child) { return (type)ctx_retval_gp(child, 0); }

CTX_DEFINE_INTEGER_RETVAL(u8, uint8_t)
CTX_DEFINE_INTEGER_RETVAL(u16, uint16_t)
CTX_DEFINE_INTEGER_RETVAL(u32, uint32_t)
CTX_DEFINE_INTEGER_RETVAL(u64, uint64_t)
CTX_DEFINE_INTEGER_RETVAL(i8, int8_t)
CTX_DEFINE_INTEGER_RETVAL(i16, int16_t)
CTX_DEFINE_INTEGER_RETVAL(i32, int32_t)
CTX_DEFINE_INTEGER_RETVAL(i64, int64_t)
CTX_DEFINE_INTEGER_RETVAL(usize, size_t)
CTX_DEFINE_INTEGER_RETVAL(isize, ptrdiff_t)

bool ctx_retval_as_bool(ctx_retval retval) { return (retval.gp & 0xff) != 0; }
bool ctx_retval_bool(const ctx_context *child) {
  return ctx_retval_as_bool(ctx_untyped_retval(child));
}

void *ctx_retval_as_ptr(ctx_retval retval) { return (void *)(uintptr_t)retval.gp; }
void *ctx_retval_ptr(const ctx_context *child) {
  return ctx_retval_as_ptr(ctx_untyped_retval(child));
}

float ctx_retval_as_f32(ctx_retval retval) {
  float x;
  memcpy(&x, retval.fp.bytes, sizeof x);
  return x;
}
float ctx_retval_f32(const ctx_context *child) {
  return ctx_retval_as_f32(ctx_untyped_retval(child));
}

double ctx_retval_as_f64(ctx_retval retval) {
  double x;
  memcpy(&x, retval.fp.bytes, sizeof x);
  return x;
}
double ctx_retval_f64(const ctx_context *child) {
  return ctx_retval_as_f64(ctx_untyped_retval(child));
}

/* Compilers copy the named sizes in place. A call of memcpy takes longer than all the rest. */
static inline void ctx_copy_piece(char *out, const char *from, size_t size) {
  switch (size) {
    case 8:
      memcpy(out, from, 8);
      break;
    case 4:
      memcpy(out, from, 4);
      break;
    case 2:
      memcpy(out, from, 2);
      break;
    case 1:
      *out = *from;
      break;
    case 16:
      memcpy(out, from, 16);
      break;
    default:
      memcpy(out, from, size);
  }
}

static ctx_status ctx_copy_memory(const ctx_context *child, size_t size, void *out) {
  const void *memory = ctx_result_memory(child, size);
  if (memory == NULL) return CTX_ERR_WRONG_SIGNATURE;
  memmove(out, memory, size); /* out may be options.result */
  return CTX_OK;
}

static ctx_status ctx_copy_pieces(const ctx_context *child, const ctx_result_place *result,
                                  size_t size, void *out) {
  const void *kept[CTX_MAX_RETURN_PIECES];
  size_t covered = 0;
  for (size_t i = 0; i < result->num_pieces; i++) {
    kept[i] = ctx_result_kept(child, &result->pieces[i]);
    if (kept[i] == NULL) return CTX_ERR_WRONG_SIGNATURE;
    covered += result->pieces[i].size;
  }
  if (covered != size) memset(out, 0, size);
  for (size_t i = 0; i < result->num_pieces; i++)
    ctx_copy_piece((char *)out + result->pieces[i].to, kept[i], result->pieces[i].size);
  return CTX_OK;
}

ctx_status ctx_retval_get(const ctx_context *child, const ctx_signature *signature, void *out) {
  if (child == NULL || signature == NULL) return CTX_ERR_NULL_ARGUMENT;
  if (out == NULL && signature->result_size != 0) return CTX_ERR_NULL_ARGUMENT;
  ctx_check_result("ctx_retval_get", child);
  if (!ctx_is_over(child) || ctx_rest_has_no_result(child)) return CTX_ERR_NOT_RETURNED;
  if (ctx_results_are_cleared(child)) {
    if (signature->result_size != 0) memset(out, 0, signature->result_size);
    return CTX_OK;
  }
  const ctx_result_place *result = &signature->result;
  return result->where == CTX_WHERE_MEMORY
             ? ctx_copy_memory(child, signature->result_size, out)
             : ctx_copy_pieces(child, result, signature->result_size, out);
}
