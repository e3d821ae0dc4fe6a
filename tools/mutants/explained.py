"""Reads the table of mutants that no test is to kill, and why: explained.txt."""
import collections

CLASSES = ("equivalent", "speed only", "hint only", "elsewhere")

Entry = collections.namedtuple("Entry", "kind reason line")


class BadTable(Exception):
    """The table is not as its head says."""


def read(path):
    """Name of mutant -> Entry. A line that begins at the margin is `class: reason`, goes on in
    lines that begin with `|`, and holds for the mutants named in the indented lines below it."""
    entries = {}
    kind, reason = None, ""
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            text = line.strip()
            if not text or text.startswith("#"):
                continue
            if text.startswith("| "):
                reason += " " + text[2:]
            elif not line[0].isspace():
                kind, _, reason = text.partition(": ")
                if kind not in CLASSES:
                    raise BadTable("%s:%d: %r is none of: %s" %
                                   (path, number, kind, ", ".join(CLASSES)))
            elif text in entries or kind is None:
                raise BadTable("%s:%d: a mutant that is there twice, or has no reason" %
                               (path, number))
            elif kind == "speed only" and "Measured by" not in reason:
                raise BadTable("%s:%d: the reason does not say what measures the speed" %
                               (path, number))
            elif kind == "elsewhere" and "//" not in reason:
                raise BadTable("%s:%d: the reason does not say which test notices it" %
                               (path, number))
            else:
                entries[text] = Entry(kind, reason, number)
    return entries
