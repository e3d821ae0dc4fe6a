"""A file as the rules see it: its lines, its code without comments, and its prose."""
import io
import os
import re
import tokenize

# The kinds of files, by the ends of their names.
C = "C"
ASSEMBLY = "assembly"
PYTHON = "Python"
STARLARK = "Starlark"
SHELL = "shell"
SETTINGS = "settings"
MARKDOWN = "Markdown"
TEXT = "text"
DATA = "data"

CODE = (C, ASSEMBLY, PYTHON, STARLARK, SHELL)
WRITTEN_BY_HAND = CODE + (SETTINGS, MARKDOWN, TEXT)
EVERYTHING = WRITTEN_BY_HAND + (DATA,)

_KIND_OF_ENDING = {
    ".c": C, ".h": C, ".cc": C, ".hpp": C, ".inc": C,
    ".S": ASSEMBLY,
    ".py": PYTHON,
    ".bzl": STARLARK, ".bazel": STARLARK, ".BUILD": STARLARK, ".bzlmod": STARLARK,
    ".sh": SHELL, ".awk": SHELL, ".tpl": SHELL,
    ".yml": SETTINGS, ".yaml": SETTINGS, ".options": SETTINGS, ".dict": SETTINGS,
    ".md": MARKDOWN,
    ".txt": TEXT,
}
_KIND_OF_NAME = {
    "BUILD": STARLARK, "WORKSPACE": STARLARK,
    "Dockerfile": SETTINGS, ".bazelrc": SETTINGS, "bazelrc": SETTINGS, ".clang-format": SETTINGS,
    ".gitignore": SETTINGS, ".bazelignore": SETTINGS,
}


def kind_of(path, text):
    """Returns which kind of those above a file is. The first line decides if the name does not."""
    name = os.path.basename(path)
    ending = os.path.splitext(name)[1]
    if "_corpus/" in path:
        return DATA
    kind = _KIND_OF_NAME.get(name) or _KIND_OF_ENDING.get(ending)
    first_line = text.split("\n", maxsplit=1)[0]
    if kind is None and first_line.startswith("#!"):
        kind = PYTHON if "python" in first_line else SHELL
    return kind or DATA


class Prose:
    """A comment, or a whole document: text whose lines are those of the file from `line` on.

    Markers of comments, and code that is quoted, are blank.
    """

    def __init__(self, line, text, is_comment=True):
        self.line = line
        self.text = re.sub(r"`[^`]*`", lambda m: re.sub(r"[^\n`]", " ", m[0]), text)
        self.is_comment = is_comment

    def find(self, pattern):
        """Yields (line, what matched) for each match; one may go on in the next line."""
        for match in re.finditer(pattern, self.text):
            line = self.line + self.text.count("\n", 0, match.start())
            yield line, re.sub(r"\s+", " ", match[0])


class Source:
    """A file: `path` from the root, `kind`, `text`, `lines`, `code`, `prose` and `raw_comments`.

    `code` is, of C and assembly, the text with blanks in place of comments and of what is in
    string literals. `raw_comments` are, of the two, pairs of a line and a comment as it is written.
    """

    def __init__(self, path, text):
        self.path = path
        self.text = text
        self.kind = kind_of(path, text)
        self.lines = text.split("\n")
        if self.lines[-1] == "":
            self.lines.pop()
        self.code = text
        self.raw_comments = []
        self.prose = []
        if self.kind in (C, ASSEMBLY):
            self._read_c()
        elif self.kind in (PYTHON, STARLARK):
            self._read_python()
        elif self.kind in (SHELL, SETTINGS):
            self._read_hashes((n, *_comment_of_line(line)) for n, line in enumerate(self.lines, 1))
        elif self.kind in (MARKDOWN, TEXT):
            blank = _blank_code_of_markdown if self.kind == MARKDOWN else _blank_code_of_text
            self.prose.append(Prose(1, "\n".join(blank(self.lines)), is_comment=False))

    def line_at(self, offset):
        """Returns the number of the line that has this character of `text` or `code`."""
        return 1 + self.text.count("\n", 0, offset)

    def _read_c(self):
        token = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
        code = []
        end = 0
        previous_end = None  # of a comment with //, that the next line may continue
        for match in token.finditer(self.text):
            code.append(self.text[end:match.start()])
            end = match.end()
            word = match[0]
            if word[0] in "\"'":
                code.append(word[0] + " " * (len(word) - 2) + word[0])
                continue
            code.append(re.sub(r"[^\n]", " ", word))
            line = self.line_at(match.start())
            self.raw_comments.append((line, word))
            text = _text_of_c_comment(word)
            is_continued = (word.startswith("//") and previous_end is not None and
                            self.text[previous_end:match.start()].strip(" ") == "\n")
            if is_continued:
                self.prose[-1] = Prose(self.prose[-1].line, self.prose[-1].text + "\n" + text)
            else:
                self.prose.append(Prose(line, text))
            previous_end = end if word.startswith("//") else None
        code.append(self.text[end:])
        self.code = "".join(code)

    def _read_python(self):
        try:
            tokens = list(tokenize.generate_tokens(io.StringIO(self.text).readline))
        except (tokenize.TokenError, IndentationError):
            return
        comments = []
        is_first = True  # of its statement
        for token in tokens:
            if token.type == tokenize.COMMENT:
                comments.append((*token.start, _after_hash(token.string)))
            elif token.type == tokenize.STRING and is_first:
                self.prose.append(Prose(token.start[0], _text_of_docstring(token.string)))
            if token.type not in (tokenize.COMMENT, tokenize.NL):
                is_first = token.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
        self._read_hashes(comments)

    def _read_hashes(self, comments):
        """Takes (line, column, text) of comments at ends of lines: one below another is one."""
        last = None
        for line, column, text in comments:
            if text is None:
                continue
            if last == (line - 1, column):
                self.prose[-1] = Prose(self.prose[-1].line, self.prose[-1].text + "\n" + text)
            else:
                self.prose.append(Prose(line, text))
            last = (line, column)


def _text_of_c_comment(comment):
    """Drops the marks, and blanks lines of code in it, which are indented by four."""
    if comment.startswith("//"):
        return comment[2:].strip()
    lines = comment[2:-2].split("\n")
    lines[1:] = [re.sub(r"^\s*\*?", "", line) for line in lines[1:]]
    return "\n".join(["" if line.startswith(" " * 4) else line.strip() for line in lines])


def _after_hash(comment):
    """Returns the text of a comment; None for the line that names an interpreter."""
    if comment.startswith("#!"):
        return None
    return "" if comment.startswith("#" + " " * 5) else comment[1:].strip()


def _comment_of_line(line):
    """Returns (column, text) of a comment that ends with this line; without one, (0, None)."""
    match = re.match(r"((?:[^\"'#]|\"[^\"]*\"|'[^']*'|\S#)*)(?<!\S)(#.*)", line)
    return (len(match[1]), _after_hash(match[2])) if match else (0, None)


def _text_of_docstring(literal):
    """Drops the quotes, and blanks lines of code in it, which are indented by four more."""
    quote = re.match(r"[rR]?(\"\"\"|'''|\"|')", literal)
    lines = literal[quote.end():-len(quote[1])].split("\n")
    rest = [line for line in lines[1:] if line.strip()]
    margin = min((len(line) - len(line.lstrip()) for line in rest), default=0) + 4
    return "\n".join(["" if line.startswith(" " * margin) else line.strip() for line in lines])


def _blank_code_of_markdown(lines):
    is_code = False
    for line in lines:
        if line.lstrip().startswith("```"):
            is_code = not is_code
            yield ""
        else:
            yield "" if is_code or line.startswith(" " * 4) else line


def _blank_code_of_text(lines):
    """Blanks code, which is indented there, or stands behind a + or a -."""
    for line in lines:
        yield "" if re.match(r" {4}|[-+.]|# {5}", line) else line
