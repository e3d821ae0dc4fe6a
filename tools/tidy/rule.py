"""A rule: a name, why it is there, what it looks at, and examples of both sides."""
import source

RULES = []


class Rule:
    """`find` takes a Source, and yields pairs of a line and what is wrong there.

    Examples are texts, or pairs of a path and a text. `caught` are found fault with once each,
    `allowed` are not.
    """

    def __init__(self, name, why, kinds, paths, caught, allowed, find):
        self.name = name
        self.why = why
        self.kinds = kinds
        self.paths = paths
        self.find = find
        default = {source.ASSEMBLY: "asm/example.S", source.SHELL: "tools/example.sh"}.get(
            kinds[0], "ctx/example.c")
        self.caught = [e if isinstance(e, tuple) else (default, e) for e in caught]
        self.allowed = [e if isinstance(e, tuple) else (default, e) for e in allowed]

    def looks_at(self, file):
        return file.kind in self.kinds and (self.paths is None or bool(self.paths(file.path)))

    def violations(self, file):
        return sorted(set(self.find(file))) if self.looks_at(file) else []


def rule(name, why, kinds, caught, allowed, paths=None):
    """Makes a function a rule, and enters it into RULES. `paths` says which paths it looks at."""

    def enter(find):
        RULES.append(Rule(name, why, kinds, paths, caught, allowed, find))
        return find

    return enter
