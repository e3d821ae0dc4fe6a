"""A place in a source file that an operator changes, and the mutant that comes of it."""
import collections
import hashlib
import os
import re

# Replaces text[start:end] by `new`.
Edit = collections.namedtuple("Edit", "start end new")


class Mutant:
    """One small change to one file.

    Its name says what is changed and how, in the words of the source and without line numbers: so
    it stays as it is while the file around it changes. That is what the table of explanations is
    keyed by. The configuration is the build that sees the change; see configurations.py.
    """

    def __init__(self, path, routine, operator, what, edits, line, configuration="plain"):
        self.path = path
        self.routine = routine
        self.operator = operator
        self.what = what
        self.edits = edits
        self.line = line
        self.configuration = configuration
        self.occurrence = 1  # of this change in this routine

    @property
    def name(self):
        again = " #%d" % self.occurrence if self.occurrence > 1 else ""
        build = " [%s]" % self.configuration if self.configuration != "plain" else ""
        return "%s %s: %s: %s%s%s" % (self.path, self.routine, self.operator, self.what, again,
                                      build)

    @property
    def id(self):
        return hashlib.sha1(self.name.encode()).hexdigest()[:8]


def number_occurrences(mutants):
    """Numbers mutants that say the same, so that their names differ."""
    seen = collections.Counter()
    for mutant in mutants:
        key = (mutant.path, mutant.routine, mutant.operator, mutant.what, mutant.configuration)
        seen[key] += 1
        mutant.occurrence = seen[key]
    return mutants


def apply(text, edits):
    """Makes all edits in the text. They do not overlap; those at one place keep their order."""
    out = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        out.append(text[at:edit.start])
        out.append(edit.new)
        at = edit.end
    out.append(text[at:])
    return "".join(out)


_IRP = re.compile(r"^[ \t]*\.irp (\w+), ((?:[^\\\n]|\\\n)*)\n(.*?)^[ \t]*\.endr\n", re.S | re.M)


def read(root, path):
    """Returns the text of a source file that is to be mutated. In assembly the copies that .irp
    makes are written out, in as many lines, so that each can be mutated alone."""
    with open(os.path.join(root, path), encoding="utf-8") as file:
        text = file.read()
    return _IRP.sub(_write_out, text) if path.endswith(".S") else text


def _write_out(match):
    name, values, body = match.groups()
    lines = [line.strip() for line in body.splitlines()]
    copies = [line.replace("\\" + name, value)
              for value in squeeze(values).split(", ") for line in lines]
    return "    " + "; ".join(copies) + "\n" * (match.group().count("\n"))


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def squeeze(text):
    """Returns one line with single spaces and without continuation backslashes, for names."""
    return " ".join(text.replace("\\\n", " ").split())


def blank(text):
    """Returns a text as long, with the same lines, and nothing in it."""
    return re.sub(r"[^\n]", " ", text)


def without_comments(text):
    """Returns the text with its /* comments */ blanked."""
    return re.sub(r"/\*.*?\*/", lambda match: blank(match.group()), text, flags=re.S)
