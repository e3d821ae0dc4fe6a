/* What an entry returned, as any type. */
#include <string.h>

#include "ctx/checked.h"
#include "ctx/ctx.h"
#include "ctx/frame_x86_64_sysv.h"
#include "ctx/signature_layout.h"

void ctx_clear_retvals(ctx_context *child) {
  child->retval_gp[0] = child->retval_gp[1] = 0;
  child->retval_xmm0[0] = child->retval_xmm0[1] = 0;
  /* Not a byte of its stack, which may be another's by now. */
  if (child->returned != 0) child->returned = CTX_RETURNED_CLEARED;
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

/* Where the piece of a result has been kept; null: it has not. */
static const void *ctx_result_piece(const ctx_context *child, const ctx_return_piece *piece) {
  const ctx_result_frame *wide = child->returned == CTX_RETURNED_WIDE ? child->results : NULL;
  switch ((ctx_return_register)piece->source) {
    case CTX_RETURN_RAX:
    case CTX_RETURN_RDX:
      return &child->retval_gp[piece->source - CTX_RETURN_RAX];
    case CTX_RETURN_VECTOR0:
      if (piece->size <= sizeof child->retval_xmm0) return child->retval_xmm0;
      return wide != NULL && wide->vector_size >= piece->size ? wide->vector0 : NULL;
    case CTX_RETURN_XMM1:
      return wide != NULL ? wide->xmm1 : NULL;
    case CTX_RETURN_ST0:
    case CTX_RETURN_ST1:
      break;
  }
  uint32_t index = piece->source - CTX_RETURN_ST0;
  return wide != NULL && wide->num_x87 > index ? wide->x87[index] : NULL;
}

/* Sizes that compilers copy in place first: a call of memcpy takes longer than all the rest. */
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

ctx_status ctx_retval_get(const ctx_context *child, const ctx_signature *signature, void *out) {
  if (child == NULL || signature == NULL) return CTX_ERR_NULL_ARGUMENT;
  if (out == NULL && signature->result_size != 0) return CTX_ERR_NULL_ARGUMENT;
  if (!ctx_has_returned(child)) return CTX_ERR_NOT_RETURNED;
  if (child->returned == CTX_RETURNED_CLEARED) {
    if (signature->result_size != 0) memset(out, 0, signature->result_size);
    return CTX_OK;
  }
  const ctx_result_place *result = &signature->result;
  if (result->where == CTX_WHERE_MEMORY) {
    if (child->returned != CTX_RETURNED_WIDE ||
        child->results->memory_size != signature->result_size) {
      return CTX_ERR_WRONG_SIGNATURE;
    }
    memmove(out, child->results->memory, signature->result_size); /* out may be options.result */
    return CTX_OK;
  }
  size_t num_pieces = result->num_pieces;
  const void *kept[2];
  size_t covered = 0;
  for (size_t i = 0; i < num_pieces; i++) {
    kept[i] = ctx_result_piece(child, &result->pieces[i]);
    if (kept[i] == NULL) return CTX_ERR_WRONG_SIGNATURE;
    covered += result->pieces[i].size;
  }
  if (covered != signature->result_size) memset(out, 0, signature->result_size);
  for (size_t i = 0; i < num_pieces; i++)
    ctx_copy_piece((char *)out + result->pieces[i].to, kept[i], result->pieces[i].size);
  return CTX_OK;
}
