/* The public headers define and declare only names that begin with ctx_ or CTX_. */
#include <ctype.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "testing/compiler/compiler.h"
#include "testing/harness/harness.h"

static const char our_header[] = "#include \"ctx/inline.h\"\n";
/* The headers include these, whose names are the platform's. */
static const char standard_headers[] =
    "#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n";

static bool is_our_name(const char *name) {
  return strncmp(name, "ctx_", 4) == 0 || strncmp(name, "CTX_", 4) == 0;
}

/* A set of names, each on a line. */
struct names {
  size_t length;
  char text[1 << 20];
};

static void names_clear(struct names *names) {
  names->length = 1;
  names->text[0] = '\n';
  names->text[1] = '\0';
}

static bool names_have(const struct names *names, const char *name) {
  char line[512];
  int length = snprintf(line, sizeof line, "\n%s\n", name);
  EXPECT_TRUE((size_t)length < sizeof line);
  return strstr(names->text, line) != NULL;
}

static void names_add(struct names *names, const char *name) {
  if (names_have(names, name)) return;
  int length =
      snprintf(names->text + names->length, sizeof names->text - names->length, "%s\n", name);
  if (EXPECT_TRUE((size_t)length < sizeof names->text - names->length)) {
    names->length += (size_t)length;
  }
}

static struct names theirs;
static struct names ours;

/* The text of all headers that users include. */
static char public_text[1 << 18];

static void read_public_headers(void) {
  glob_t headers;
  ASSERT_EQ(0, glob("ctx/*.h", 0, NULL, &headers));
  size_t length = 0;
  for (size_t i = 0; i < headers.gl_pathc; i++) {
    FILE *file = fopen(headers.gl_pathv[i], "r");
    if (!EXPECT_TRUE(file != NULL)) continue;
    length += fread(public_text + length, 1, sizeof public_text - 1 - length, file);
    fclose(file);
  }
  EXPECT_TRUE(length < sizeof public_text - 1);
  globfree(&headers);
}

static bool is_in_word(char c) { return isalnum((unsigned char)c) || c == '_'; }

static bool is_public_or_ends_in_underscore(const char *name) {
  size_t length = strlen(name);
  if (name[length - 1] == '_') return true;
  for (const char *at = public_text; (at = strstr(at, name)) != NULL; at++) {
    bool begins = at == public_text || !is_in_word(at[-1]);
    if (begins && !is_in_word(at[length])) return true;
  }
  return false;
}

static void expect_our_names_only(const compiler *by) {
  if (public_text[0] == '\0') read_public_headers();
  size_t num_ours = 0;
  for (char *name = strtok(ours.text, "\n"); name != NULL; name = strtok(NULL, "\n")) {
    /* A builtin is declared by the compiler, where it is first used. */
    if (is_our_name(name)) {
      num_ours++;
      const char *leaked = is_public_or_ends_in_underscore(name) ? "" : name;
      EXPECT_NO_COMPLAINT(leaked);
    } else if (!names_have(&theirs, name) && strncmp(name, "__builtin_", 10) != 0) {
      char complaint[128];
      snprintf(complaint, sizeof complaint, "%s: %s", by->name, name);
      EXPECT_NO_COMPLAINT((const char *)complaint);
    }
  }
  /* Something was found at all. */
  EXPECT_TRUE(num_ours > 30);
}

/* ---- Macros ---- */

static void collect_macros(struct names *names, const compiler *by, const char *source) {
  static const char define[] = "#define ";
  names_clear(names);
  char *output;
  EXPECT_TRUE(compiler_run(by, "-E -dM", source, &output));
  for (const char *line = output; *line != '\0'; line += strcspn(line, "\n") + 1) {
    if (!EXPECT_EQ(0, strncmp(line, define, sizeof define - 1))) break;
    const char *name = line + sizeof define - 1;
    char copy[128];
    snprintf(copy, sizeof copy, "%.*s", (int)strcspn(name, " (\n"), name);
    names_add(names, copy);
  }
  free(output);
}

CTX_TEST(Names, OfMacrosAreOurs) {
  const compiler *compilers;
  size_t num_compilers = compiler_all(&compilers);
  ASSERT_NE(0, num_compilers);
  for (size_t i = 0; i < num_compilers; i++) {
    collect_macros(&theirs, &compilers[i], standard_headers);
    collect_macros(&ours, &compilers[i], our_header);
    expect_our_names_only(&compilers[i]);
  }
}

/* ---- Declarations ---- */

/* One line of clang's -ast-dump: a tree drawn with |, ` and -, two columns a level; then the kind
 * of the node, addresses and places, the name, the 'type'. */

static int depth_of(const char *line) {
  size_t column = strspn(line, " |`");
  return line[column] == '-' ? (int)(column / 2) : -1;
}

static bool kind_is(const char *line, const char *kind) {
  const char *begin = line + strspn(line, " |`-");
  size_t length = strlen(kind);
  return strncmp(begin, kind, length) == 0 && begin[length] == ' ';
}

static bool is_declaration(const char *line) {
  const char *begin = line + strspn(line, " |`-");
  size_t length = strcspn(begin, " ");
  return length > 4 && strncmp(begin + length - 4, "Decl", 4) == 0;
}

/* The last word before the type, if there is one and it is a name. */
static void name_of(const char *line, char *name, size_t size) {
  char copy[1024];
  snprintf(copy, sizeof copy, "%s", line);
  copy[strcspn(copy, "'")] = '\0';
  const char *last = "";
  for (char *word = strtok(copy, " "); word != NULL; word = strtok(NULL, " ")) {
    static const char *const not_names[] = {"struct", "union", "class", "definition",
                                            "explicit_specialization"};
    bool is_name = isalpha((unsigned char)word[0]) || word[0] == '_';
    if (strpbrk(word, ":<>") != NULL) is_name = false;
    for (size_t i = 0; i < sizeof not_names / sizeof not_names[0]; i++) {
      if (strcmp(word, not_names[i]) == 0) is_name = false;
    }
    if (is_name) last = word;
  }
  /* The kind itself is all that there is of a node without a name. */
  snprintf(name, size, "%s", strstr(last, "Decl") != NULL ? "" : last);
}

/* Declarations of file scope, and what they bring there: constants of an enum; what is within
 * extern "C". */
static void collect_declarations(struct names *names, const compiler *by, const char *source) {
  names_clear(names);
  char *output;
  EXPECT_TRUE(
      compiler_run(by, "-fsyntax-only -Xclang -ast-dump -fno-color-diagnostics", source, &output));
  int depth_of_scope = 0; /* names of deeper lines are of an inner scope */
  for (const char *begin = output; *begin != '\0'; begin += strcspn(begin, "\n") + 1) {
    char line[1024];
    snprintf(line, sizeof line, "%.*s", (int)strcspn(begin, "\n"), begin);
    int depth = depth_of(line);
    if (depth < 0 || depth > depth_of_scope) continue;
    depth_of_scope = depth;
    if (!is_declaration(line)) continue;
    if (kind_is(line, "LinkageSpecDecl")) {
      depth_of_scope = depth + 1;
      continue;
    }
    if (kind_is(line, "EnumDecl")) depth_of_scope = depth + 1;
    char name[256];
    name_of(line, name, sizeof name);
    if (name[0] != '\0') names_add(names, name);
  }
  free(output);
}

CTX_TEST(Names, OfDeclarationsAreOurs) {
  const compiler *compilers;
  size_t num_compilers = compiler_all(&compilers);
  size_t num_clangs = 0;
  for (size_t i = 0; i < num_compilers; i++) {
    if (!compiler_is_clang(&compilers[i])) continue;
    num_clangs++;
    collect_declarations(&theirs, &compilers[i], standard_headers);
    collect_declarations(&ours, &compilers[i], our_header);
    EXPECT_TRUE(names_have(&ours, "ctx_init"));
    EXPECT_TRUE(names_have(&ours, "ctx_context"));
    EXPECT_TRUE(names_have(&ours, "CTX_ERR_NO_MEMORY"));
    expect_our_names_only(&compilers[i]);
  }
  if (num_clangs == 0) CTX_SKIP("only clang shows what a header declares, and it is not installed");
}
