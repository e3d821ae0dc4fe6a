#include "testing/callsites/writer.h"

/* The case being written: names have its number. */
typedef struct writer {
  FILE *out;
  const gen_case *of;
  size_t number;
} writer;

/* ---- Names ---- */

static size_t type_number(const writer *w, const gen_type *type) {
  return (size_t)(type - w->of->pool.types);
}

/* Writes vectors of all elements that are passed alike (ABI.md says which are not): one for each
 * case. */
static void write_vector(const writer *w, const gen_type *type) {
  static const char *const elements[] = {"char",      "short", "int",   "long",
                                         "long long", "float", "double"};
  enum { NUM_ELEMENTS = sizeof elements / sizeof elements[0] };
  size_t which = w->number % (NUM_ELEMENTS + 1);
  bool is_one_double = type->kind == GEN_V64 && which == NUM_ELEMENTS - 1;
  if (which == NUM_ELEMENTS || is_one_double) {
    fputs(gen_scalar_c_name(type->kind), w->out);
  } else {
    fprintf(w->out, "VECTOR(%s, %u)", elements[which], (unsigned)type->size);
  }
}

static void write_type(const writer *w, const gen_type *type) {
  if (gen_is_aggregate(type)) {
    fprintf(w->out, "t%zu_%zu", w->number, type_number(w, type));
  } else if (gen_scalar_shape(type->kind) == GEN_VECTOR) {
    write_vector(w, type);
  } else {
    fputs(gen_scalar_c_name(type->kind), w->out);
  }
}

/* ---- Types ---- */

static void write_member(const writer *w, const gen_member *member, size_t index) {
  fputs("  ", w->out);
  write_type(w, member->type);
  if (member->form != GEN_UNNAMED_BIT_FIELD) fprintf(w->out, " m%zu", index);
  if (member->form == GEN_ARRAY) fprintf(w->out, "[%u]", (unsigned)member->count);
  if (member->form == GEN_FLEXIBLE) fputs("[]", w->out);
  if (member->form == GEN_BIT_FIELD || member->form == GEN_UNNAMED_BIT_FIELD) {
    fprintf(w->out, " : %u", (unsigned)member->bits);
  }
  if (member->align != 0) fprintf(w->out, " __attribute__((aligned(%u)))", (unsigned)member->align);
  if (member->packed) fputs(" __attribute__((packed))", w->out);
  fputs(";\n", w->out);
}

static void write_aggregate(const writer *w, const gen_type *type) {
  fprintf(w->out, "typedef %s ", type->kind == GEN_STRUCT ? "struct" : "union");
  if (type->packed) fputs("__attribute__((packed)) ", w->out);
  if (type->aligned != 0) {
    fprintf(w->out, "__attribute__((aligned(%u))) ", (unsigned)type->aligned);
  }
  fputs("{\n", w->out);
  for (size_t i = 0; i < type->num_members; i++)
    write_member(w, &type->members[i], i);
  fputs("} ", w->out);
  write_type(w, type);
  fputs(";\n", w->out);
}

static void write_layout_assertion(const writer *w, const gen_type *type) {
  fputs("_Static_assert(sizeof(", w->out);
  write_type(w, type);
  fprintf(w->out, ") == %u && _Alignof(", (unsigned)type->size);
  write_type(w, type);
  fprintf(w->out, ") == %u", (unsigned)type->align);
  for (size_t i = 0; i < type->num_members; i++) {
    const gen_member *member = &type->members[i];
    if (member->form == GEN_BIT_FIELD || member->form == GEN_UNNAMED_BIT_FIELD) continue;
    fputs(" && offsetof(", w->out);
    write_type(w, type);
    fprintf(w->out, ", m%zu) == %u", i, (unsigned)member->bit_offset / 8);
  }
  fputs(", \"layout\");\n", w->out);
}

/* No offsetof says where a bit-field is. */
static size_t write_bit_fields(const writer *w, const gen_type *type, size_t num_before) {
  size_t num = num_before;
  for (size_t i = 0; i < type->num_members; i++) {
    if (type->members[i].form != GEN_BIT_FIELD) continue;
    fputs("static const ", w->out);
    write_type(w, type);
    fprintf(w->out, " bits%zu_%zu = {.m%zu = (", w->number, num++, i);
    write_type(w, type->members[i].type);
    fputs(")-1};\n", w->out);
  }
  return num;
}

/* Types that nothing uses are written too: they are laid out as well. Returns the number of
 * bit-fields. */
static size_t write_types(const writer *w) {
  size_t num_bit_fields = 0;
  const gen_pool *pool = &w->of->pool;
  for (size_t i = 0; i < pool->num_types; i++) {
    write_aggregate(w, &pool->types[i]);
    write_layout_assertion(w, &pool->types[i]);
    num_bit_fields = write_bit_fields(w, &pool->types[i], num_bit_fields);
  }
  return num_bit_fields;
}

/* ---- The call ---- */

/* `f(...)` is C23's: before, only a function without a prototype may be variadic. */
static bool has_no_prototype(const gen_case *of) { return of->num_fixed == 0; }

static bool is_named(const gen_case *of, size_t argument) { return argument < of->num_fixed; }

static void write_parameter_types(const writer *w) {
  const gen_case *of = w->of;
  if (of->num_args == 0 && !has_no_prototype(of)) fputs("void", w->out);
  if (has_no_prototype(of)) return;
  for (size_t i = 0; i < of->num_args && is_named(of, i); i++) {
    if (i != 0) fputs(", ", w->out);
    write_type(w, of->args[i].type);
  }
  if (of->num_fixed != GEN_NOT_VARIADIC) fputs(", ...", w->out);
}

static void write_call(const writer *w) {
  const gen_case *of = w->of;
  fprintf(w->out,
          "static void call%zu(site_function *function, void *const *args, void *result) {\n  ",
          w->number);
  if (of->result.type->kind != GEN_VOID) {
    fputs("*(", w->out);
    write_type(w, of->result.type);
    fputs(" *)result = ", w->out);
  }
  fputs("((", w->out);
  write_type(w, of->result.type);
  fputs(" (*)(", w->out);
  write_parameter_types(w);
  fputs("))function)(", w->out);
  for (size_t i = 0; i < of->num_args; i++) {
    if (i != 0) fputs(",", w->out);
    fputs("\n      *(", w->out);
    write_type(w, of->args[i].type);
    fprintf(w->out, " *)args[%zu]", i);
  }
  fputs(");\n}\n", w->out);
}

/* ---- The callee ---- */

static bool is_promoted(const gen_type *type) {
  switch (type->kind) {
    case GEN_U8:
    case GEN_U16:
    case GEN_I8:
    case GEN_I16:
    case GEN_BOOL:
      return true;
    default:
      return false;
  }
}

static void write_parameters(const writer *w) {
  const gen_case *of = w->of;
  bool ends = of->num_fixed != GEN_NOT_VARIADIC && !has_no_prototype(of);
  if (of->num_args == 0) fputs("void", w->out);
  for (size_t i = 0; i < of->num_args && (is_named(of, i) || has_no_prototype(of)); i++) {
    if (i != 0) fputs(", ", w->out);
    write_type(w, of->args[i].type);
    fprintf(w->out, " a%zu", i);
  }
  if (ends) fputs(", ...", w->out);
}

/* Arguments after the ellipsis become variables like the others. Those narrower than int come as
 * ints. */
static void write_unnamed(const writer *w) {
  const gen_case *of = w->of;
  if (of->num_fixed == GEN_NOT_VARIADIC || has_no_prototype(of)) return;
  fprintf(w->out, "  va_list list;\n  va_start(list, a%zu);\n", of->num_fixed - 1);
  for (size_t i = of->num_fixed; i < of->num_args; i++) {
    fputs("  ", w->out);
    const gen_type *type = of->args[i].type;
    if (is_promoted(type)) {
      fprintf(w->out, "int a%zu = va_arg(list, int);\n", i);
      continue;
    }
    write_type(w, type);
    fprintf(w->out, " a%zu = va_arg(list, ", i);
    write_type(w, type);
    fputs(");\n", w->out);
  }
  fputs("  va_end(list);\n", w->out);
}

static void write_callee(const writer *w) {
  const gen_case *of = w->of;
  fputs("static ", w->out);
  write_type(w, of->result.type);
  fprintf(w->out, " callee%zu(", w->number);
  write_parameters(w);
  fputs(") {\n  ++mailbox.num_calls;\n", w->out);
  write_unnamed(w);
  for (size_t i = 0; i < of->num_args; i++) {
    fprintf(w->out, "  RECEIVE(%zu, a%zu);\n", i, i);
    if (is_promoted(of->args[i].type)) fprintf(w->out, "  mailbox.widened[%zu] = a%zu;\n", i, i);
  }
  if (of->result.type->kind != GEN_VOID) {
    fputs("  return *(const ", w->out);
    write_type(w, of->result.type);
    fputs(" *)mailbox.to_return;\n", w->out);
  }
  fputs("}\n", w->out);
}

/* ---- A case ---- */

static void find_wide_vector(void *data, const gen_leaf *leaf) {
  bool *found = data;
  if (leaf->kind == GEN_V256 || leaf->kind == GEN_V512) *found = true;
}

/* True of va_arg of a union with a vector of more than 16 bytes. */
static bool crashes_gcc(const gen_case *of) {
  if (has_no_prototype(of)) return false;
  for (size_t i = 0; i < of->num_args; i++) {
    bool has_wide_vector = false;
    gen_for_each_leaf(of->args[i].type, find_wide_vector, &has_wide_vector);
    if (!is_named(of, i) && has_wide_vector && gen_has_union(of->args[i].type)) return true;
  }
  return false;
}

static void write_declaration(const writer *w) {
  static char text[1 << 16];
  gen_case_describe(w->of, text, sizeof text);
  fprintf(w->out, "\n/* %s */\n", text);
}

static void write_entry(const writer *w, size_t num_bit_fields) {
  if (num_bit_fields != 0) {
    fprintf(w->out, "static const void *const bits%zu[] = {", w->number);
    for (size_t i = 0; i < num_bit_fields; i++)
      fprintf(w->out, "%s&bits%zu_%zu", i == 0 ? "" : ", ", w->number, i);
    fputs("};\n", w->out);
  } else {
    fprintf(w->out, "#define bits%zu 0\n", w->number);
  }
  fprintf(w->out, "#define SITE%zu {call%zu, (site_function *)callee%zu, bits%zu, %zu}\n",
          w->number, w->number, w->number, w->number, num_bit_fields);
}

static void write_case(const writer *w) {
  write_declaration(w);
  size_t num_bit_fields = write_types(w);
  write_call(w);
  if (crashes_gcc(w->of)) {
    fprintf(w->out, "#ifndef __clang__\n#define callee%zu 0\n#else\n", w->number);
    write_callee(w);
    fputs("#endif\n", w->out);
  } else {
    write_callee(w);
  }
  write_entry(w, num_bit_fields);
}

static const char head[] =
    "#include <stdarg.h>\n"
    "#include \"testing/callsites/site.h\"\n"
    "static site_mailbox mailbox;\n"
    "#define VECTOR(element, size) "
    "__typeof__(element __attribute__((vector_size(size))))\n"
    "#define RECEIVE(i, a) (__builtin_memcpy(mailbox.received[i], &a, sizeof a))\n";

static const char tail[] =
    "\n"
    "#ifdef __clang__\n"
    "enum { IS_CLANG = 1, VERSION = __clang_major__ };\n"
    "#else\n"
    "enum { IS_CLANG = 0, VERSION = __GNUC__ };\n"
    "#endif\n"
    "const site_unit site_this_unit = {IS_CLANG, VERSION, sizeof sites / sizeof *sites, sites,\n"
    "                                  &mailbox};\n";

void writer_write(FILE *out, const selection *set, size_t first, size_t num_cases) {
  static gen_case of;
  fputs(processor_include, out);
  fputs(head, out);
  for (size_t i = first; i < first + num_cases; i++) {
    selection_case(set, i, &of);
    const writer w = {out, &of, i};
    write_case(&w);
  }
  fputs("\nstatic const site sites[] = {", out);
  for (size_t i = first; i < first + num_cases; i++)
    fprintf(out, "%sSITE%zu", i == first ? "" : ", ", i);
  fputs("};\n", out);
  fputs(tail, out);
}
