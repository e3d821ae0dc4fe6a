/* Of arguments that do not fit compilers say one thing: an error, which says where and what to
 * write instead. Each compiler of this machine is asked, in the versions of its language. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "testing/compiler/compiler.h"
#include "testing/compiler/text.h"
#include "testing/harness/harness.h"

/* ---- Compilers ---- */

static const compiler more_compilers[] = {{"clang-19", ""}, {"clang++-19", ""}};

static const char *const c_versions[] = {"-std=c11", "-std=gnu11", "-std=c17", "-std=c2x"};
static const char *const cxx_versions[] = {"-std=c++17", "-std=c++20", "-std=c++2b"};

#define FLAGS " -fsyntax-only -Wall -Wextra -Wconversion -Wshadow -Wpedantic"

typedef enum languages {
  IN_C = 1,
  IN_CXX = 2,
  IN_BOTH = 3,
  BY_CLANG_ALONE = 4,
  ALL_VERSIONS = 8
} languages;

typedef struct snippet {
  unsigned languages;
  const char *declarations; /* before the function in which the expressions are */
  const char *expressions;  /* statements */
  const char *text;         /* that the error must have; null: it must compile */
} snippet;

/* Returns what is wrong with the compiler's output, or "". */
static const char *judge(const char *text, bool accepted, const char *output) {
  if (strstr(output, "warning: ") != NULL) return "there is a warning";
  const char *error = strstr(output, "error: ");
  if (text == NULL) return accepted && error == NULL ? "" : "refused";
  if (accepted || error == NULL) return "accepted";
  if (strstr(error + 1, "error: ") != NULL) return "there is more than one error";
  const char *found = strstr(error, text);
  const char *end = error + strcspn(error, "\n");
  return found != NULL && found < end ? "" : "the error does not say so";
}

static void compile(const compiler *by, const char *version, const snippet *of) {
  char *source = text_format(
      "#include \"ctx/ctx.h\"\n"
      "static ctx_context child;\nstatic char stack[4096];\n"
      "%s\n"
      "ctx_status use(void);\nctx_status use(void) {\n  %s\n  return CTX_OK;\n}\n"
      "ctx_status other(void);\nctx_status other(void) {\n"
      "  return ctx_init(&child, stack, sizeof stack, CTX_ENTRY(use), CTX_NO_ARGS);\n}\n",
      of->declarations, of->expressions);
  char *flags = text_format("%s" FLAGS, version);
  char *output;
  bool accepted = compiler_run(by, flags, source, &output);
  const char *verdict = judge(of->text, accepted, output);
  if (*verdict != '\0') {
    fprintf(stderr, "%s %s: %s: %s\n%s\n%.2000s\n", by->name, version, verdict,
            of->text != NULL ? of->text : "", of->expressions, output);
  }
  EXPECT_NO_COMPLAINT(verdict);
  free(output);
  free(flags);
  free(source);
}

static void compile_in_each_version(const compiler *by, const snippet *of) {
  bool is_cxx = compiler_is_cxx(by);
  if ((of->languages & (is_cxx ? IN_CXX : IN_C)) == 0) return;
  if ((of->languages & BY_CLANG_ALONE) != 0 && !compiler_is_clang(by)) return;
  const char *const *versions = is_cxx ? cxx_versions : c_versions;
  size_t num = is_cxx ? sizeof cxx_versions / sizeof cxx_versions[0]
                      : sizeof c_versions / sizeof c_versions[0];
  /* They differ little, and a compiler takes its time: most snippets see one of them, in turn. */
  static size_t turn;
  if ((of->languages & ALL_VERSIONS) == 0) {
    compile(by, versions[turn++ % num], of);
    return;
  }
  for (size_t i = 0; i < num; i++)
    compile(by, versions[i], of);
}

static void compile_by_each(const snippet *of) {
  const compiler *compilers;
  size_t num = compiler_all(&compilers);
  for (size_t i = 0; i < num; i++)
    compile_in_each_version(&compilers[i], of);
  for (size_t i = 0; i < sizeof more_compilers / sizeof more_compilers[0]; i++) {
    static int is_there[2]; /* 1 or -1 once it is known */
    if (is_there[i] == 0) is_there[i] = compiler_is_there(&more_compilers[i]) ? 1 : -1;
    if (is_there[i] > 0) compile_in_each_version(&more_compilers[i], of);
  }
}

static void compile_all(const snippet *snippets, size_t num) {
  for (size_t i = 0; i < num; i++)
    compile_by_each(&snippets[i]);
}
#define COMPILE_ALL(snippets) compile_all(snippets, sizeof(snippets) / sizeof(snippets)[0])

/* ---- Values ---- */

#define VALUE "ctx_value value = CTX_VALUE(x); (void)value;"

CTX_TEST(Refusal, ValueWithoutAConstructorIsOneErrorWithAdvice) {
  static const snippet snippets[] = {
      {IN_BOTH | ALL_VERSIONS, "struct s { int a; }; extern struct s x;", VALUE, "ctx_aggregate"},
      {IN_BOTH, "union u { int a; }; extern union u x;", VALUE, "ctx_aggregate"},
      {IN_BOTH, "typedef float v __attribute__((vector_size(16))); extern v x;", VALUE, "ctx_v64"},
      {IN_BOTH, "typedef char v __attribute__((vector_size(8))); extern v x;", VALUE, "ctx_v64"},
      {IN_BOTH, "__extension__ extern _Complex long double x;", VALUE, "ctx_complex_long_double"},
      /* The same, in a list. */
      {IN_BOTH, "struct s { int a; }; extern struct s x;",
       "(void)ctx_stack_needed(CTX_ARGS(1, x, 2.0));", "ctx_aggregate"},
  };
  COMPILE_ALL(snippets);
}

/* Versions of C and C++ before have the type as an extension, with a warning of its own. */
#define BITINT(declaration)                                                    \
  "#pragma clang diagnostic ignored \"-Wpedantic\"\n#pragma clang diagnostic " \
  "ignored \"-Wbit-int-extension\"\nextern " declaration ";"

CTX_TEST(Refusal, BitIntsOfMoreThan64BitsAreRefused) {
  static const snippet snippets[] = {
      {IN_BOTH | BY_CLANG_ALONE, BITINT("_BitInt(65) x"), VALUE, "_BitInt"},
      {IN_BOTH | BY_CLANG_ALONE, BITINT("unsigned _BitInt(100) x"), VALUE, "_BitInt"},
      {IN_BOTH | BY_CLANG_ALONE, BITINT("_BitInt(64) x"), VALUE, NULL},
      {IN_BOTH | BY_CLANG_ALONE, BITINT("unsigned _BitInt(64) x"), VALUE, NULL},
      {IN_BOTH | BY_CLANG_ALONE, BITINT("_BitInt(7) x"), VALUE, NULL},
      {IN_BOTH | BY_CLANG_ALONE, BITINT("unsigned _BitInt(33) x"), VALUE, NULL},
  };
  COMPILE_ALL(snippets);
}

CTX_TEST(Refusal, ValuesOfOtherTypesAreTaken) {
  static const snippet snippets[] = {
      {IN_BOTH, "enum e { A = -1 }; extern enum e x;", VALUE, NULL},
      {IN_BOTH, "struct s; extern struct s *x;", VALUE, NULL},
      {IN_BOTH, "extern volatile int *x;", VALUE, NULL},
      {IN_BOTH, "extern int x[3];", VALUE, NULL},
      {IN_BOTH, "void x(int);", VALUE, NULL},
      {IN_BOTH, "extern void (*x)(int);", VALUE, NULL},
      {IN_BOTH, "extern wchar_t x;", VALUE, NULL},
      {IN_BOTH,
       "#ifdef __SIZEOF_FLOAT128__ /* otherwise it is long double, or is not there */\n"
       "__extension__ extern __float128 x;\n#else\nextern long double x;\n#endif",
       VALUE, NULL},
      {IN_C, "", "int i = 1; ctx_value value = CTX_VALUE(((int[]){i, 2})); (void)value;", NULL},
  };
  COMPILE_ALL(snippets);
}

/* Objects of 8, 16, 32 and 64 bytes. */
#define OBJECTS                                                                      \
  "typedef float v8 __attribute__((vector_size(8)));  extern v8 vector8;\n"          \
  "typedef short v16 __attribute__((vector_size(16))); extern v16 vector16;\n"       \
  "typedef double v32 __attribute__((vector_size(32))); extern v32 vector32;\n"      \
  "typedef char v64 __attribute__((vector_size(64))); extern v64 vector64;\n"        \
  "extern double f64; extern char *pointer; extern char array16[16], array32[32];\n" \
  "struct s64 { char bytes[64]; }; extern struct s64 struct64;\n"                    \
  "#ifdef __cplusplus\n"                                                             \
  "struct sliced { long a; long operator[](int) const; }; extern sliced struct8;\n"  \
  "union either { long a; long operator[](int) const; }; extern either union8;\n"    \
  "#endif\n"                                                                         \
  "__extension__ extern __int128 i128;\n__extension__ extern _Complex double c128;"

static void compile_vector(unsigned in, const char *declarations, const char *function,
                           const char *expression, const char *text) {
  char *statement = text_format("ctx_value value = %s(%s); (void)value;", function, expression);
  const snippet of = {in, declarations, statement, text};
  compile_by_each(&of);
  free(statement);
}

CTX_TEST(Refusal, VectorsConstructorsTakeVectorsOfTheirSizeAlone) {
  static const char *const vectors[] = {"vector8", "vector16", "vector32", "vector64"};
  /* Each has the size of the function's vectors, except for the last. */
  static const struct {
    size_t function;
    unsigned languages;
    const char *expression;
  } others[] = {{0, IN_BOTH, "f64"},   {0, IN_BOTH, "pointer"}, {0, IN_CXX, "struct8"},
                {0, IN_CXX, "union8"}, {1, IN_BOTH, "array16"}, {1, IN_BOTH, "i128"},
                {1, IN_BOTH, "c128"},  {2, IN_BOTH, "array32"}, {3, IN_BOTH, "struct64"},
                {3, IN_BOTH, "1"}};
  static const char *const functions[] = {"ctx_v64", "ctx_v128", "ctx_v256", "ctx_v512"};
  static const char *const texts[] = {
      "ctx: ctx_v64 takes a vector of 8 bytes", "ctx: ctx_v128 takes a vector of 16 bytes",
      "ctx: ctx_v256 takes a vector of 32 bytes", "ctx: ctx_v512 takes a vector of 64 bytes"};
  for (size_t f = 0; f < 4; f++) {
    for (size_t x = 0; x < 4; x++)
      compile_vector(IN_BOTH, OBJECTS, functions[f], vectors[x], x == f ? NULL : texts[f]);
  }
  for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
    size_t f = others[i].function;
    compile_vector(others[i].languages, OBJECTS, functions[f], others[i].expression, texts[f]);
  }
  compile_vector(IN_C | BY_CLANG_ALONE, BITINT("_BitInt(64) x"), "ctx_v64", "x", texts[0]);
}

/* ---- Calls ---- */

#define DECLARATIONS                                                                               \
  "struct node; struct pair { long a, b; }; enum color { RED, GREEN };\n"                          \
  "union either { long a, b; }; extern union either either; void take_union(union either); union " \
  "either either_of(int);\n"                                                                       \
  "double area(int, double); void nothing(void); void text(const char *);\n"                       \
  "void narrow(char, short, float); void flag(bool); void paint(enum color);\n"                    \
  "void list(struct node *, int); void data(void *); void callback(void (*)(int), int);\n"         \
  "struct pair pair_of(int); void take(struct pair);\n"                                            \
  "#if __LDBL_MANT_DIG__ == 64 /* elsewhere a context keeps it */\n"                               \
  "long double wide(int);\n#else\n__extension__ long double _Complex wide(int);\n#endif\n"         \
  "__extension__ _Complex float small_of(int); __extension__ __int128 i128_of(int);\n"             \
  "__extension__ _Complex double complex_of(int); int print(const char *, ...);\n"                 \
  "int print_to(char *, size_t, const char *, ...);\n"                                             \
  "void six(int, int, long, int, int, int); void one(int);\n"                                      \
  "extern struct node *node; extern struct pair pair; extern ctx_value value;\n"                   \
  "extern char *chars; extern int number;"

#define START(...) "return CTX_START(&child, stack, sizeof stack, " __VA_ARGS__ ");"
#define VARIADIC(...) \
  "return ctx_init(&child, stack, sizeof stack, CTX_CALL_VARIADIC(" __VA_ARGS__ "));"
#define IN(languages, call, text) \
  { languages, DECLARATIONS, call, text }

CTX_TEST(Refusal, ArgumentOfAnotherTypeIsNamedWithWhatToWrite) {
  static const snippet snippets[] = {
      IN(IN_C, START("area, 6, 7"), "argument 2 has another type than the function takes, double"),
      IN(IN_C | ALL_VERSIONS, START("area, 6, 7"), "write (double)x, or 7.0 for 7"),
      IN(IN_C, START("area, 6.0, 7.0"), "argument 1 has another type than the function takes, int"),
      IN(IN_C, START("narrow, 'c', (short)1, 1.0f"), "argument 1"),
      IN(IN_C, START("narrow, (char)'c', 1, 1.0f"), "write (short)x"),
      IN(IN_C, START("narrow, (char)'c', (short)1, 1.0"), "argument 3"),
      IN(IN_C, START("flag, number"), "write (bool)x"),
      IN(IN_C, START("paint, RED"), "for an enum, a cast to it"),
      IN(IN_C, START("text, NULL"), "argument 1"),
      IN(IN_C, START("six, 1, 2, 3, 4, 5, 6"), "argument 3"),
      IN(IN_C, START("data, chars"), "write (void *)x"),
      IN(IN_C, START("area, chars, 7.0"), "argument 1"),
      IN(IN_C, START("list, NULL, 1"), "(struct node *)NULL"),
      IN(IN_C, START("list, chars, 1"), "cast each"),
      IN(IN_C, START("one, chars"), "argument 1"),
      IN(IN_C, START("narrow, 1, 2, 3"), "cast each"),
      IN(IN_CXX | ALL_VERSIONS, START("area, 6, \"7\""), "argument 2 does not convert"),
      IN(IN_CXX, START("list, chars, 1"), "argument 1 does not convert"),
      IN(IN_CXX, START("paint, 1"), "argument 1 does not convert"),
      IN(IN_CXX, START("one, value"), "argument 1 does not convert"),
  };
  COMPILE_ALL(snippets);
}

/* Of sixteen arguments the i-th is a string, in C++. */
static void compile_with_wrong(const compiler *by, size_t i) {
  static const char declarations[] =
      "void all(int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int);";
  char arguments[256] = "";
  for (size_t k = 1; k <= 16; k++)
    strcat(arguments, k == i ? ", \"\"" : ", 1");
  char *call = text_format("return CTX_START(&child, stack, sizeof stack, all%s);", arguments);
  char *text = text_format("argument %zu does not convert", i);
  compile(by, cxx_versions[0], &(snippet){IN_CXX, declarations, call, text});
  free(text);
  free(call);
}

/* The function takes a double there, in C. */
static void compile_with_other(const compiler *by, size_t i) {
  char parameters[256] = "", arguments[256] = "";
  for (size_t k = 1; k <= 16; k++) {
    strcat(parameters, k == 1 ? "" : ", ");
    strcat(parameters, k == i ? "double" : "int");
    strcat(arguments, ", 1");
  }
  char *declarations = text_format("void all(%s);", parameters);
  char *call = text_format("return CTX_START(&child, stack, sizeof stack, all%s);", arguments);
  char *text = text_format("argument %zu has another type than the function takes, double", i);
  compile(by, c_versions[0], &(snippet){IN_C, declarations, call, text});
  free(text);
  free(call);
  free(declarations);
}

CTX_TEST(Refusal, ArgumentIsNamedAtEachPosition) {
  static const compiler gcc = {"gcc", ""}, gxx = {"g++", ""};
  for (size_t i = 1; i <= 16; i++) {
    if (compiler_is_there(&gcc)) compile_with_other(&gcc, i);
    if (compiler_is_there(&gxx)) compile_with_wrong(&gxx, i);
  }
}

/* More than can be named. */
#define SIXTEEN(x)                                                                             \
  x ", " x ", " x ", " x ", " x ", " x ", " x ", " x ", " x ", " x ", " x ", " x ", " x ", " x \
    ", " x ", " x
#define MANY \
  "struct pair { long a, b; }; extern struct pair pair; void many(" SIXTEEN("int") ", double);"

CTX_TEST(Refusal, SeventeenArgumentsAreComparedAtOnce) {
  static const snippet snippets[] = {
      {IN_C, MANY, START("many, " SIXTEEN("1") ", 1.0"), NULL},
      {IN_C, MANY, START("many, " SIXTEEN("1") ", 1"), "cast each"},
      {IN_C, MANY, START("many, " SIXTEEN("1") ", pair"), "ctx_aggregate"},
      {IN_CXX, MANY, START("many, " SIXTEEN("1") ", \"\""), "an argument above the 16th"},
      {IN_C, MANY "extern ctx_value value;", START("many, " SIXTEEN("1") ", value"), "CTX_ARGS"},
  };
  COMPILE_ALL(snippets);
}

CTX_TEST(Refusal, WrongNumberOfArgumentsIsOneError) {
  static const snippet snippets[] = {
      IN(IN_BOTH | ALL_VERSIONS, START("area, 6"), "too few arguments"),
      IN(IN_BOTH, START("area"), "too few arguments"),
      IN(IN_BOTH, START("area, 6, 7.0, 8"), "too many arguments"),
      IN(IN_BOTH, START("nothing, 1"), "too many arguments"),
  };
  COMPILE_ALL(snippets);
}

CTX_TEST(Refusal, ResultThatIsNotKeptWantsASignature) {
  static const snippet snippets[] = {
      IN(IN_BOTH, START("pair_of, 1"), "use ctx_init_signature"),
      IN(IN_BOTH, START("either_of, 1"), "use ctx_init_signature"),
      IN(IN_BOTH, START("wide, 1"), "use ctx_init_signature"),
      IN(IN_BOTH, START("complex_of, 1"), "use ctx_init_signature"),
  };
  COMPILE_ALL(snippets);
}

CTX_TEST(Refusal, ArgumentsThatCannotBeComparedAreRefused) {
  static const snippet snippets[] = {
      IN(IN_C, START("area, 6, value"), "argument 2 is a ctx_value"),
      IN(IN_C, START("take, value"), "CTX_ARGS"),
      IN(IN_C, START("area, value, value"), "argument 1 is a ctx_value"),
      IN(IN_C, VARIADIC("print, \"\", value"), "argument 2 is a ctx_value"),
      IN(IN_C, START("take, pair"), "ctx_aggregate"),
      IN(IN_C, START("take_union, either"), "ctx_aggregate"),
      IN(IN_CXX, START("take, pair"), "ctx_aggregate"),
  };
  COMPILE_ALL(snippets);
}

CTX_TEST(Refusal, EllipsisWantsTheVariadicForm) {
  static const snippet snippets[] = {
      IN(IN_BOTH, START("print, \"\", 1"), "use CTX_CALL_VARIADIC"),
      IN(IN_BOTH, START("print_to, chars, sizeof chars, \"\", 1"), "use CTX_CALL_VARIADIC"),
      IN(IN_BOTH, VARIADIC("area, 6, 7.0"), "use CTX_CALL"),
      IN(IN_C, VARIADIC("print, 1, 2"), "before the ellipsis"),
      IN(IN_CXX, VARIADIC("print, 1, 2"), "argument 1 does not convert"),
      IN(IN_BOTH, VARIADIC("print"), "too few arguments"),
  };
  COMPILE_ALL(snippets);
}

CTX_TEST(Refusal, FunctionWithoutAPrototypeTakesNoArguments) {
  static const snippet snippets[] = {
      {IN_C,
       "#pragma GCC diagnostic ignored \"-Wstrict-prototypes\"\n"
       "#if __STDC_VERSION__ > 201710\nvoid bare(int, ...);\n#else\nvoid bare();\n#endif",
       START("bare, 1"), "ctx: the function has "},
      {IN_C, "void bare(void);", START("bare"), NULL},
  };
  COMPILE_ALL(snippets);
}

#define TEMPLATES                                                                                 \
  "template <typename T, typename U> U sum(T a, U b) { return static_cast<U>(a) + b; }\n"         \
  "enum class scoped : char { kOne }; void enters(scoped); void refers(int &, const double &);\n" \
  "struct owner { owner(const owner &); ~owner(); }; extern owner &owned; void owns(owner);\n"    \
  "void quiet(int) noexcept; extern double f64;"

CTX_TEST(Refusal, ConversionsInCxxAreThoseOfACall) {
  static const snippet snippets[] = {
      {IN_CXX, TEMPLATES, START("(sum<int, double>), 1, 2"), NULL},
      {IN_CXX, TEMPLATES, START("quiet, 'c'"), NULL},
      {IN_CXX, TEMPLATES, START("[](int a, const char *b) { (void)a; (void)b; }, 1, nullptr"),
       NULL},
      {IN_CXX, TEMPLATES, "int i = 1; " START("refers, i, f64"), NULL},
      {IN_CXX, TEMPLATES, START("enters, scoped::kOne"), NULL},
      {IN_CXX, TEMPLATES, START("enters, 1"), "argument 1 does not convert"},
      {IN_CXX, TEMPLATES, START("quiet, owned"), "argument 1 does not convert"},
      {IN_CXX, TEMPLATES, START("owns, owned"), "argument 1 is a class"},
      {IN_CXX, TEMPLATES, "int i = 1; " START("refers, i, 1.5"), "argument 2 is a temporary"},
      {IN_CXX, TEMPLATES, "int i = 1; " START("refers, i, i"), "argument 2 is a temporary"},
      {IN_CXX, TEMPLATES, "int i = 1; " START("[i](int a) { (void)(a + i); }, 1"),
       "captures nothing"},
  };
  COMPILE_ALL(snippets);
}

CTX_TEST(Refusal, ListsThatFitAreTakenWithoutAWarning) {
  static const snippet snippets[] = {
      IN(IN_BOTH | ALL_VERSIONS, START("area, 6, 7.0"), NULL),
      IN(IN_BOTH, START("nothing"), NULL),
      IN(IN_BOTH, START("i128_of, 1"), NULL),
      IN(IN_C, START("small_of, 1"), NULL),
      IN(IN_BOTH, START("(&area), number++, 7.0"), NULL),
      IN(IN_BOTH, START("(number ? area : area), 6, 7.0"), NULL),
      IN(IN_BOTH, START("text, \"a string\""), NULL),
      IN(IN_BOTH, START("text, chars"), NULL),
      IN(IN_BOTH, START("list, node, 1"), NULL),
      IN(IN_BOTH, START("list, (struct node *)NULL, 1"), NULL),
      IN(IN_BOTH, START("paint, (enum color)1"), NULL),
      IN(IN_BOTH, START("callback, one, 1"), NULL),
      IN(IN_BOTH, START("data, (void *)chars"), NULL),
      IN(IN_BOTH, VARIADIC("print, \"\""), NULL),
      IN(IN_BOTH | ALL_VERSIONS, VARIADIC("print_to, chars, sizeof chars, \"\", 1"), NULL),
      IN(IN_BOTH, VARIADIC("print, \"\", 1.0f, (char)1, chars, node"), NULL),
      IN(IN_C, START("data, (void *)(&(struct pair){number, number})"), NULL),
      /* A use in an argument of another one. */
      IN(IN_BOTH,
         "return CTX_START(&child, stack, sizeof stack, one,\n"
         "                 (int)ctx_init(&child, stack, sizeof stack, CTX_CALL(area, 6, 7.0)));",
         NULL),
  };
  COMPILE_ALL(snippets);
}
