/* The drawing is well-formed XML and has in it what the picture has. */
#include "tools/explain/svg.h"

#include <stdlib.h>
#include <string.h>

#include "testing/harness/harness.h"
#include "tools/explain/captured.h"

/* ---- A reader of XML as far as the drawing needs it ---- */

static const char *skip_name(const char *at) {
  return at + strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-:");
}

/* Skips one of the entities that XML has without a declaration; null if it is not one. */
static const char *skip_entity(const char *at) {
  static const char *const entities[] = {"&lt;", "&gt;", "&amp;", "&quot;"};
  for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
    size_t length = strlen(entities[i]);
    if (strncmp(at, entities[i], length) == 0) return at + length;
  }
  return NULL;
}

/* Skips characters up to one of `stops`; null if there is one that may not stand there. */
static const char *skip_characters(const char *at, const char *stops) {
  while (at != NULL && strchr(stops, *at) == NULL) {
    if (*at == '<' || (*at < ' ' && *at != '\n')) return NULL;
    at = *at == '&' ? skip_entity(at) : at + 1;
  }
  return at;
}

/* Skips the attributes of a tag, to its `/>` or `>`; null if they are wrong. */
static const char *skip_attributes(const char *at) {
  while (*at == ' ') {
    const char *name_end = skip_name(at + 1);
    if (name_end == at + 1 || strncmp(name_end, "=\"", 2) != 0) return NULL;
    at = skip_characters(name_end + 2, "\"");
    if (at == NULL || *at != '"') return NULL;
    at++;
  }
  return at;
}

/* Returns what is wrong with the element that begins at *at, or null, and goes past it. */
static const char *check_element(const char **at, int depth) {
  if (depth > 8) return "elements are nested too deeply";
  const char *tag = *at + 1;
  const char *tag_end = skip_name(tag);
  size_t length = (size_t)(tag_end - tag);
  const char *inside = skip_attributes(tag_end);
  if (**at != '<' || length == 0 || inside == NULL) return "a tag is wrong";
  if (strncmp(inside, "/>", 2) == 0) {
    *at = inside + 2;
    return NULL;
  }
  if (*inside++ != '>') return "a tag has no end";
  for (;;) {
    inside = skip_characters(inside, "<");
    if (inside == NULL) return "a character should be an entity";
    if (*inside == '\0') return "an element has no end";
    if (inside[1] == '/') break;
    const char *message = check_element(&inside, depth + 1);
    if (message != NULL) return message;
  }
  if (strncmp(inside + 2, tag, length) != 0 || inside[2 + length] != '>') {
    return "an element ends under another name";
  }
  *at = inside + length + 3;
  return NULL;
}

/* Returns "" if the text is one element and a newline. */
static const char *xml_complaint(const char *text) {
  const char *at = text;
  const char *message = check_element(&at, 0);
  if (message != NULL) return message;
  return strcmp(at, "\n") == 0 ? "" : "something follows the element";
}

CTX_TEST(Svg, TheReaderSeesWhatIsNotWellFormed) {
  EXPECT_STREQ("", xml_complaint("<a b=\"c\"><d/>&lt;<e>f</e></a>\n"));
  static const char *const wrong[] = {"<a>\n",          "<a></b>\n",       "<a b=c/>\n",
                                      "<a b=\"c/>\n",   "<a><</a>\n",      "<a>&</a>\n",
                                      "<a>\001</a>\n",  "<a/><b/>\n",      "<a><b></a></b>\n",
                                      "<a b=\"<\"/>\n", "<a>&nbsp;</a>\n", "a\n"};
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
    ctx_test_note("%s", wrong[i]);
    EXPECT_TRUE(*xml_complaint(wrong[i]) != '\0');
  }
}

/* ---- The drawing ---- */

static const char *const declarations[] = {
    "void f(void)",
    "double f(int, struct {float x, y;}, __int128, ...)",
    "long f(struct {char a[100]; long b;} big, long double x, union {int i; float f;} u)",
    "void f(struct {char c[1 < 2 && 3 > 2];} s, int \t x) __asm__(\"<&>\")",
    ("struct {int a : 3, b : 7;} f(int, int, int, int, int, int, int, struct {long a; _Alignas(32) "
     "char b;})"),
};

static void expect_well_formed(const abi *a, const char *source) {
  ctx_test_note("%s: %s", a->name, source);
  captured c = captured_explain(a, source);
  EXPECT_STREQ("", c.errors);
  EXPECT_NO_COMPLAINT(xml_complaint(c.svg));
  captured_free(&c);
}

CTX_TEST(Svg, IsWellFormed) {
  for (const abi *const *a = abi_all(); *a != NULL; a++) {
    for (size_t i = 0; i < sizeof declarations / sizeof declarations[0]; i++)
      expect_well_formed(*a, declarations[i]);
  }
}

static bool has(const captured *c, const char *text) { return strstr(c->svg, text) != NULL; }

CTX_TEST(Svg, ShowsRegistersSlotsAndMembers) {
  captured c = captured_explain(
      &abi_x86_64, "void f(struct {int count; float ratio;} pair, long double x, char tag, ...)");
  EXPECT_TRUE(has(&c, ">rdi</text>"));
  EXPECT_TRUE(has(&c, ">pair.count</text>"));
  EXPECT_TRUE(has(&c, ">pair.ratio</text>"));
  EXPECT_TRUE(has(&c, ">rsi</text>"));
  EXPECT_TRUE(has(&c, "<title>7 bytes of sign</title>"));
  EXPECT_TRUE(has(&c, ">rsp+8</text>"));
  EXPECT_TRUE(has(&c, ">x (bytes 0-7)</text>"));
  EXPECT_TRUE(has(&c, "<title>6 bytes of padding</title>"));
  EXPECT_TRUE(has(&c, ">return address</text>"));
  EXPECT_TRUE(has(&c, ">al</text>"));
  EXPECT_FALSE(has(&c, ">rdx</text>"));
  captured_free(&c);
}

CTX_TEST(Svg, ShowsCopiesAndViewsOfAarch64) {
  captured c = captured_explain(
      &abi_aarch64, "struct {long a[3];} f(struct {char c[20]; int n;} big, _Float16 h, float s)");
  EXPECT_TRUE(has(&c, ">x0</text>"));
  EXPECT_TRUE(has(&c, ">address of big at sp</text>"));
  EXPECT_TRUE(has(&c, ">sp</text>"));
  EXPECT_TRUE(has(&c, ">big.c[0-7]</text>"));
  EXPECT_TRUE(has(&c, ">sp+16</text>"));
  EXPECT_TRUE(has(&c, "<title>big.n</title>"));
  EXPECT_TRUE(has(&c, ">x8</text>"));
  EXPECT_TRUE(has(&c, ">address of the result</text>"));
  EXPECT_TRUE(has(&c, ">h0</text>"));
  EXPECT_TRUE(has(&c, ">s1</text>"));
  EXPECT_TRUE(has(&c, ">x30</text>"));
  EXPECT_TRUE(has(&c, ">return address</text>"));
  EXPECT_FALSE(has(&c, "rsp"));
  captured_free(&c);
}

/* A register is drawn whole, also where a member has it for itself. */
CTX_TEST(Svg, ShowsRegistersOfRiscv64) {
  captured c = captured_explain(
      &abi_riscv64,
      "struct {long a[3];} f(long, long, long, long, long, struct {float x; char c;} mixed, "
      "struct {long a, b;} split, _Float16 h, unsigned u, struct {char c[20];} big)");
  EXPECT_TRUE(has(&c, ">a0</text>"));
  EXPECT_TRUE(has(&c, ">address of the result</text>"));
  EXPECT_TRUE(has(&c, ">fa0</text>"));
  EXPECT_TRUE(has(&c, "<title>mixed.x</title><rect x=\"112\" "));
  EXPECT_TRUE(has(&c, "<title>4 bytes of ones</title><rect x=\"432\" "));
  EXPECT_TRUE(has(&c, "<title>mixed.c</title><rect x=\"112\" "));
  EXPECT_TRUE(has(&c, "<title>7 bytes of zero</title><rect x=\"192\" "));
  EXPECT_TRUE(has(&c, "<title>6 bytes of ones</title>"));
  EXPECT_TRUE(has(&c, "<title>4 bytes of sign</title>"));
  EXPECT_TRUE(has(&c, ">split.a</text>"));
  EXPECT_TRUE(has(&c, ">split.b</text>"));
  EXPECT_TRUE(has(&c, ">address of big at sp+32</text>"));
  EXPECT_TRUE(has(&c, ">ra</text>"));
  EXPECT_TRUE(has(&c, ">return address</text>"));
  captured_free(&c);
}

/* A heading stands over rows. */
CTX_TEST(Svg, ShowsNoStackWhereNothingIsInMemory) {
  captured c = captured_explain(&abi_aarch64, "void f(int)");
  EXPECT_FALSE(has(&c, "Stack at entry"));
  EXPECT_TRUE(has(&c, "Registers at entry"));
  EXPECT_TRUE(has(&c, "height=\"156\""));
  captured_free(&c);
}

/* The parts of a row are side by side, as wide as they are long. */
CTX_TEST(Svg, PartsAreToScale) {
  captured c = captured_explain(&abi_x86_64, "void f(struct {short a; char b; int c;} s)");
  EXPECT_TRUE(has(&c, "<title>s.a</title><rect x=\"112\" y=\"118\" width=\"160\""));
  EXPECT_TRUE(has(&c, "<title>s.b</title><rect x=\"272\" y=\"118\" width=\"80\""));
  EXPECT_TRUE(has(&c, "<title>1 byte of padding</title><rect x=\"352\" y=\"118\" width=\"80\""));
  EXPECT_TRUE(has(&c, "<title>s.c</title><rect x=\"432\" y=\"118\" width=\"320\""));
  captured_free(&c);
}

CTX_TEST(Svg, LongDeclarationsAreBrokenIntoLines) {
  captured c = captured_explain(
      &abi_x86_64,
      "typedef struct {char name[20]; short number;} record; void function(record first, "
      "record second, record *third, long double fourth)");
  EXPECT_TRUE(has(&c, "<text x=\"16\" y=\"28\" font-weight=\"bold\">typedef struct {char "));
  EXPECT_TRUE(has(&c, "<text x=\"16\" y=\"52\" font-weight=\"bold\">second, record *third"));
  EXPECT_TRUE(has(&c, "fourth)</text>"));
  captured_free(&c);
}

CTX_TEST(Svg, EscapesTheDeclaration) {
  captured c =
      captured_explain(&abi_x86_64, "void f(struct {char c[1 < 2 && 3 > 2];} s) __asm__(\"g\")");
  EXPECT_TRUE(has(&c, "1 &lt; 2 &amp;&amp; 3 &gt; 2"));
  EXPECT_TRUE(has(&c, "__asm__(&quot;g&quot;)"));
  captured_free(&c);
}
