"""Rules of comments and documents. Code in them stands in backticks, or is indented by four."""
import re

from rule import rule
from source import MARKDOWN, WRITTEN_BY_HAND

_KINDS = WRITTEN_BY_HAND


@rule(
    "proven",
    why="Tests show that something holds where it was tried: it is tested, not proven.",
    kinds=_KINDS,
    caught=["/* Proven by tests. */\n", ("README.md", "It is proven.\n")],
    allowed=["/* The signature is tested. */\n", "bool proven;\n", "/* see `proven` */\n"],
)
def proven(file):
    for prose in file.prose:
        for line, _ in prose.find(r"(?i)\bproven\b"):
            yield line, "tested?"


_MORE = "longer|more|less|fewer|wider|larger|smaller|shorter|better|worse|slower|faster|different"


@rule(
    "is-no",
    why="Plain English says that it is not one. (\"There is no\" is plain, as is \"is no longer\".)",
    kinds=_KINDS,
    caught=["/* A struct is no scalar. */\n", "/* Whatever this is\n * no member of. */\n",
            "// It is no error.\n", ("a.py", "def f():\n    \"\"\"It is no mutant.\"\"\"\n"),
            ("README.md", "This is no thread.\n"), ("a.txt", "equivalent: it is no read\n")],
    allowed=["/* There is no stack. */\n", "/* It is no longer there. */\n",
             "/* A struct is not a scalar. */\n", "f(\"is no scalar\");\n",
             ("README.md", "Text.\n\n```c\n/* it is no code of ours */\n```\n"),
             "/* Such as `it is no member`. */\n"],
)
def is_no(file):
    for prose in file.prose:
        for line, _ in prose.find(r"(?i)(?<!\bthere )\bis\s+no\b(?!\s+(%s)\b)" % _MORE):
            yield line, "is not a?"


@rule(
    "tells",
    why="People tell; a value, a comment or a test says, shows or records.",
    kinds=_KINDS,
    caught=["/* The kind tells which. */\n", ("a.sh", "# It tells git.\n"),
            ("a.sh", "ls # which tells what is there\n")],
    allowed=["/* The kind says which. */\n", "int tells;\n", ("a.sh", "echo \"# tells\"\n")],
)
def tells(file):
    for prose in file.prose:
        for line, _ in prose.find(r"(?i)\btells\b"):
            yield line, "says, shows, records?"


# Of "something else" and the like, "otherwise" cannot take the place.
_OTHERS = r"(?:(?:any|some|every|no)(?:thing|body|one|where)|who|what|where|how|nowhere|whatever|all)"


@rule(
    "else",
    why="Prose says otherwise; else is a word of code.",
    kinds=_KINDS,
    caught=["/* The type, else 0. */\n", "#ifdef A /* else it is B */\n", "/* Or else. */\n",
            ("README.md", "Else it is not.\n")],
    allowed=["#ifdef A\n#else\n#endif /* A */\n", "/* Nobody else\n * sees it. */\n",
             "/* What else there is. */\n", "/* As `else` does. */\n", "/* after #else */\n"],
)
def otherwise(file):
    for prose in file.prose:
        for line, words in prose.find(r"(?i)(?:\b%s\s+)?(?<!#)\belse\b" % _OTHERS):
            if len(words) == len("else"):
                yield line, "otherwise?"


@rule(
    "what",
    why="A comment is a sentence. One that begins with \"What\" is its subject, and says nothing.",
    kinds=tuple(kind for kind in _KINDS if kind != MARKDOWN),
    caught=["/* What a stack has. */\n", "int x; /* What it counts. */\n",
            ("a.py", "# What is mutated.\n"), ("a.py", "\"\"\"What is mutated.\"\"\"\n")],
    allowed=["/* A stack has this. */\n", "/* Whatever it is. */\n", "/* See what it is. */\n",
             "/* It is so.\n * What is not: this. */\n"],
)
def what(file):
    for prose in file.prose:
        if prose.is_comment and re.match(r"What\b", prose.text.lstrip()):
            yield prose.line, prose.text.strip().split("\n")[0]
