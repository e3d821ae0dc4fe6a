/* What an entry returned, as any type. */
#include <string.h>

#include "ctx/checked.h"
#include "ctx/ctx.h"

void ctx_clear_retvals(ctx_context *child) {
  child->retval_gp[0] = child->retval_gp[1] = 0;
  child->retval_xmm0[0] = child->retval_xmm0[1] = 0;
}

bool ctx_has_returned(const ctx_context *child) { return child->returned != 0; }

uint64_t ctx_retval_gp(const ctx_context *child, size_t index) {
  if (index > 1) {
    ctx_check_failed("ctx_retval_gp", child, "has two return registers, 0 and 1");
    return 0;
  }
  return ctx_has_returned(child) ? child->retval_gp[index] : 0;
}

ctx_bytes16 ctx_retval_fp(const ctx_context *child) {
  ctx_bytes16 fp = {{0}};
  if (ctx_has_returned(child)) memcpy(fp.bytes, child->retval_xmm0, sizeof fp.bytes);
  return fp;
}

ctx_retval ctx_untyped_retval(const ctx_context *child) {
  ctx_retval retval = {.fp = ctx_retval_fp(child), .gp = ctx_retval_gp(child, 0)};
  return retval;
}

/* An integer is the low bytes of rax: the psABI leaves the others open (3.2.3). Of a bool, one
 * byte is defined, and it is 0 or 1. */
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
