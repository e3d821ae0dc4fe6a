#include "tools/explain/declaration.h"

#include <string.h>

#include "tools/explain/parser.h"

/* The typedef names of stddef.h, stdint.h and their like, as Linux has them. */
static const char given_names[] =
    "typedef signed char int8_t, int_least8_t, int_fast8_t;"
    "typedef short int16_t, int_least16_t;"
    "typedef int int32_t, int_least32_t;"
    "typedef long int64_t, int_least64_t, int_fast16_t, int_fast32_t, int_fast64_t, intptr_t,"
    "    intmax_t, ptrdiff_t;"
    "typedef unsigned char uint8_t, uint_least8_t, uint_fast8_t;"
    "typedef unsigned short uint16_t, uint_least16_t, char16_t;"
    "typedef unsigned uint32_t, uint_least32_t, char32_t, wint_t;"
    "typedef unsigned long uint64_t, uint_least64_t, uint_fast16_t, uint_fast32_t, uint_fast64_t,"
    "    uintptr_t, uintmax_t, size_t;"
    "typedef __int128 __int128_t;"
    "typedef unsigned __int128 __uint128_t;"
    "typedef struct _IO_FILE FILE;"
    "typedef unsigned char char8_t;"
    "typedef struct {long long a; long double b;} max_align_t;";

/* Those of POSIX, and of glibc's headers for it. */
static const char given_posix_names[] =
    "typedef int pid_t, clockid_t, key_t, daddr_t, pthread_once_t;"
    "typedef unsigned mode_t, uid_t, gid_t, id_t, useconds_t, socklen_t, in_addr_t, tcflag_t,"
    "    speed_t, pthread_key_t, uint, u_int, u_int32_t;"
    "typedef unsigned char cc_t, u_char, u_int8_t;"
    "typedef unsigned short sa_family_t, in_port_t, ushort, u_short, u_int16_t;"
    "typedef long ssize_t, off_t, off64_t, loff_t, time_t, clock_t, suseconds_t, blkcnt_t,"
    "    blkcnt64_t, quad_t, register_t;"
    "typedef unsigned long dev_t, ino_t, ino64_t, fsblkcnt_t, fsfilcnt_t, rlim_t,"
    "    nfds_t, pthread_t, ulong, u_long, u_quad_t, u_int64_t;"
    "typedef char *caddr_t;"
    "typedef void *timer_t, *nl_catd, *iconv_t;"
    "typedef struct __locale_struct *locale_t;"
    "typedef struct __dirstream DIR;"
    "typedef volatile int pthread_spinlock_t;"
    "typedef union {char size[48]; long long align;} pthread_cond_t;"
    "typedef union {char size[56]; long align;} pthread_rwlock_t;"
    "typedef union {char size[32]; long align;} pthread_barrier_t, sem_t;"
    "typedef union {char size[8]; long align;} pthread_rwlockattr_t;"
    "typedef struct {unsigned long words[16];} sigset_t, fd_set;";

static void add_typedef(parser *p, const declarator *d) {
  const type *t = d->type;
  if (d->attributes.is_packed) {
    parser_fail(p, d->attributes.where, "packed is for structs, unions and their members");
  } else if (d->attributes.align != 0 && !t->is_complete) {
    parser_fail(p, d->attributes.where, "the type is incomplete");
  } else if (d->attributes.align != 0) {
    t = type_aligned(p->memory, t, d->attributes.align);
  }
  if (d->attributes.is_transparent && t->form == TYPE_UNION) t = type_transparent(p->memory, t);
  parser_add_name(p, d->name, t, (constant){0});
}

static void check_passable(parser *p, const type *t, span where) {
  if (!t->is_complete) parser_fail(p, where, "the type is incomplete: its members are not known");
}

/* The declaration without the name and the parameters. */
static const char *result_text(parser *p, const specifiers *s, const declarator *d) {
  span name_where = d->name->where;
  span parameters = d->type->where;
  if (parameters.begin < name_where.end) { /* they are in a typedef */
    return arena_print(p->memory, "what %.*s returns", (int)(s->where.end - s->where.begin),
                       p->source + s->where.begin);
  }
  return arena_print(p->memory, "%.*s%.*s%.*s", (int)(name_where.begin - s->where.begin),
                     p->source + s->where.begin, (int)(parameters.begin - name_where.end),
                     p->source + name_where.end, (int)(d->end - parameters.end),
                     p->source + parameters.end);
}

/* The last function is the one that is explained. */
static void set_function(parser *p, const specifiers *s, const declarator *d, declaration *out) {
  out->function = d->type;
  out->name_where = d->name->where;
  out->result_where = s->where;
  out->result_text = result_text(p, s, d);
}

static void check_function(parser *p, const declaration *d) {
  const type *t = d->function;
  if (t->target->form != TYPE_VOID) check_passable(p, t->target, d->result_where);
  for (const parameter *a = t->parameters; a != NULL; a = a->next)
    check_passable(p, a->type, a->where);
}

/* The compiler judges what a variable begins with. */
static void skip_initializer(parser *p) {
  static const char *const opening[] = {"(", "[", "{"};
  while (p->at->kind != TOKEN_END && !parser_at(p, ",") && !parser_at(p, ";")) {
    bool is_opening = parser_at_any(p, opening, 3);
    parser_next(p);
    if (is_opening) parser_skip_to_close(p);
  }
}

/* One declaration, with its semicolon, which the last one may lack, or the function's body. */
static void parse_one(parser *p, declaration *out) {
  if (parser_accept(p, ";") || parser_skip_assertion(p)) return;
  specifiers s = specifiers_parse(p);
  if (parser_accept(p, ";")) return;
  do {
    declarator d = declarator_parse(p, &s, PLACE_FILE);
    if (d.name == NULL) {
      parser_expected(p, "a name");
      return;
    }
    if (s.is_typedef) {
      add_typedef(p, &d);
    } else if (d.type->form == TYPE_FUNCTION) {
      set_function(p, &s, &d, out);
      if (parser_accept(p, "{")) {
        parser_skip_to_close(p);
        return;
      }
    } else {
      out->variable_where = d.name->where;
      if (parser_accept(p, "=")) skip_initializer(p);
    }
  } while (parser_accept(p, ","));
  if (p->at->kind != TOKEN_END) parser_expect(p, ";");
}

static void parse_all(parser *p, const char *source, declaration *out) {
  p->source = source;
  p->at = tokens_of(source, p->memory, &p->fault);
  if (p->fault.message != NULL) parser_fail(p, p->fault.where, "%s", p->fault.message);
  while (p->at->kind != TOKEN_END)
    parse_one(p, out);
}

declaration declaration_parse(const abi *a, const char *source, arena *memory, fault *out_fault) {
  parser p = {.abi = a, .memory = memory, .is_given = true};
  declaration d = {.abi = a, .source = source};
  *out_fault = (fault){0};
  parse_all(&p, given_names, &d);
  parse_all(&p, given_posix_names, &d);
  parse_all(&p, a->declarations, &d);
  p.is_given = false;
  if (strlen(source) > DECLARATION_MAX_LENGTH) {
    *out_fault = (fault){"the declaration is longer than 64 KiB", {0, 0}};
    return d;
  }
  parse_all(&p, source, &d);
  if (d.function != NULL) {
    check_function(&p, &d);
  } else if (d.variable_where.end != 0) {
    parser_fail(&p, d.variable_where, "this is no function");
  } else {
    parser_fail(&p, p.at->where, "expected a function");
  }
  if (p.fault.message != NULL) {
    *out_fault = p.fault;
    d.function = NULL;
  }
  return d;
}
