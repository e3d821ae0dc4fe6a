"""Reads how Bazel makes the test programs, as plain commands."""
import os
import re

from bazel import ARCHIVE

# These options only say which objects the linker may leave out.
_GROUPING = re.compile(r"-Wl,-?-(start-lib|end-lib|(no-)?whole-archive)$")


class Program:
    """A test program. `objects` in order, of all libraries too; `link` is the rest of the command,
    without the output."""

    def __init__(self, test, objects, link):
        self.label = test.label
        self.args = test.args
        self.environment = test.environment
        self.objects = objects
        self.link = link
        # Where Bazel would run it, seen from the execution root.
        self.runfiles = None

    def reads(self, path):
        """Returns whether the test has this file of the tree as data, to compile it for example."""
        return self.runfiles is not None and os.path.exists(os.path.join(self.runfiles, path))


class Commands:
    """`programs`; and `compile`: the command for each object that they have."""

    def __init__(self, bazel, tests):
        self.root = bazel.root
        self.execution_root = bazel.execution_root()
        self.compile = {}
        self.programs = []
        archives, links = {}, {}
        for action in bazel.actions([t.label for t in tests]):
            if "-c" in action.command:
                self.compile[action.output] = action.command
            elif action.output.endswith(ARCHIVE):
                archives[action.output] = [a for a in self._plain(action.command)
                                           if a.endswith(".o")]
            else:
                links[action.output] = self._plain(action.command)
        for test in tests:
            path = "/bin/" + test.label[2:].replace(":", "/")
            for output, command in links.items():
                if output.endswith(path):
                    self.programs.append(self._program(test, output, command, archives))

    def _plain(self, command):
        """Replaces a file of parameters by its contents. (Bazel 4 shows these and names the file.)"""
        explicit = [a for a in command if not a.startswith("@")]
        if any(a.endswith((".o", ".a")) for a in explicit[1:]):
            return explicit
        for arg in command:
            if arg.startswith("@"):
                with open(os.path.join(self.execution_root, arg[1:]), encoding="utf-8") as file:
                    explicit += file.read().splitlines()
        return explicit

    def _program(self, test, output, command, archives):
        at = command.index("-o")
        rest = command[:at] + command[at + 2:]
        objects, link = [], []
        for arg in rest:
            parts = archives.get(arg, [arg])
            for part in parts:
                if part.endswith(".o"):
                    objects.append(part)
                elif not _GROUPING.match(part):
                    link.append(part)
        program = Program(test, list(dict.fromkeys(objects)), link)
        runfiles = os.path.join(self.execution_root, output + ".runfiles")
        for workspace in ("_main", os.path.basename(self.execution_root)):
            if os.path.isdir(os.path.join(runfiles, workspace)):
                program.runfiles = os.path.join(runfiles, workspace)
        return program

    def source(self, output):
        command = self.compile[output]
        return command[command.index("-c") + 1]


def is_library(output):
    """Returns whether the object belongs to ctx itself, not to a test."""
    return re.search(r"/bin/(asm|ctx)(/\w+)*/_objs/", output) is not None


def is_framework(output):
    """Returns whether the object is somebody else's."""
    return "/external/" in output
