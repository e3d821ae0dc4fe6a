"""Compiles a mutant, and links test programs with it. All that has not changed is as Bazel made it.

The library is compiled with optimisation: so more mutants turn out to be the same code, and do not
count."""
import hashlib
import os
import shutil
import subprocess

from commands import is_framework, is_library
from source import apply, read
from traps import traps


class DoesNotBuild(Exception):
    """The compiler, the assembler or the linker refuses the mutant."""


class Workshop:
    """All mutants have this in common: the commands, and the unchanged objects."""

    def __init__(self, commands, directory, isa):
        self.commands = commands
        self.isa = isa
        self.directory = directory
        self._digests = {}  # of unchanged objects
        self._text_digests = {}  # of what they are compiled from
        self._dependencies = {}
        self._library = {}  # the library's objects -> unchanged, except for the traps
        self._framework = self._share_framework()
        overlay = os.path.join(directory, "unchanged")
        for output in commands.compile:
            if is_library(output):
                self.write_source(overlay, commands.source(output), [])
                self._library[output] = os.path.join(directory, output.replace("/", "_"))
                self.compile(output, overlay, self._library[output])

    def ctx_objects(self):
        return self._library.keys()

    def unchanged(self, output):
        """Returns where the unchanged object is."""
        return self._library.get(output, output)

    def run(self, command):
        """Raises DoesNotBuild if the command fails."""
        done = subprocess.run(command, cwd=self.commands.execution_root, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode != 0:
            raise DoesNotBuild(done.stdout.decode(errors="replace"))

    def write_source(self, overlay, path, edits):
        """Writes an edited copy of a source file, traps included."""
        text = read(self.commands.root, path)
        target = os.path.join(overlay, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w", encoding="utf-8") as file:
            file.write(apply(text, list(edits) + traps(path, text, self.isa)))

    def compile(self, output, overlay, to, extra=()):
        """Compiles one object; what is in `overlay` stands before the tree's files of its names."""
        command = list(self.commands.compile[output])
        source = self.commands.source(output)
        replaced = {"-o": to, "-MF": to + ".d"}
        if os.path.exists(os.path.join(overlay, source)):
            replaced["-c"] = os.path.join(overlay, source)
        for option, value in replaced.items():
            if option in command:
                command[command.index(option) + 1] = value
        at = command.index("-c")
        # Debug information says where code was: without it the same code is the same.
        optimised = [] if "-O1" in command else ["-O2"]
        command[at:at] = (optimised + ["-g0"] if is_library(output) else []) + list(extra)
        command[1:1] = ["-iquote", overlay, "-fmacro-prefix-map=%s/=" % overlay]
        self.run(command)

    def depends(self, output, path):
        """Returns whether the object is made from the file, as far as the compiler has said."""
        if output not in self._dependencies:
            self._dependencies[output] = self._read_dependencies(self.commands.compile[output])
        listed = self._dependencies[output]
        return self.commands.source(output) == path or listed is None or path in listed

    def _read_dependencies(self, command):
        """Returns what the compiler has listed; None if there is no list."""
        try:
            name = command[command.index("-MF") + 1]
            path = os.path.join(self.commands.execution_root, name)
            with open(path, encoding="utf-8") as file:
                return set(file.read().split())
        except (OSError, ValueError):
            return None

    def same_text(self, output, overlay, to):
        """Returns whether the compiler sees the same text: an unused macro may have changed."""
        if output not in self._text_digests:
            unchanged = os.path.join(self.directory, "unchanged")
            self._text_digests[output] = self._digest_of_text(output, unchanged, to)
        return self._text_digests[output] == self._digest_of_text(output, overlay, to)

    def _digest_of_text(self, output, overlay, to):
        self.compile(output, overlay, to + ".i", ["-E", "-P"])
        return self._digest(to + ".i")

    def same(self, output, changed):
        """Returns whether the changed object is, byte for byte, the unchanged one."""
        if output not in self._digests:
            self._digests[output] = self._digest(self.unchanged(output))
        return self._digests[output] == self._digest(changed)

    def _digest(self, path):
        with open(os.path.join(self.commands.execution_root, path), "rb") as file:
            return hashlib.sha1(file.read()).digest()

    def link(self, program, objects, to):
        objects = [o for o in objects if not (self._framework and is_framework(o))]
        shared = [self._framework, "-Wl,-rpath," + self.directory] if self._framework else []
        self.run(program.link[:1] + ["-o", to] + objects + shared + program.link[1:])

    def _share_framework(self):
        """Makes the test framework a shared library: to link it each time would take long."""
        parts = [o for p in self.commands.programs for o in p.objects if is_framework(o)]
        output = os.path.join(self.directory, "libframework.so")
        compiler = self.commands.programs[0].link[0]
        try:
            self.run([compiler, "-shared", "-o", output] + list(dict.fromkeys(parts)) +
                     ["-lstdc++", "-lm"])
            return output if parts else None
        except DoesNotBuild:
            return None  # its objects are not for shared libraries


class Changed:
    """The objects of one mutant: the library's at once; those of tests, which differ only where a
    header is mutated, as they are asked for. Also the files that tests read. Raises
    DoesNotBuild."""

    def __init__(self, workshop, path, edits, directory):
        self._workshop = workshop
        self._path = path
        self._directory = directory
        self._objects = {}
        self._overlay = os.path.join(directory, "overlay")
        workshop.write_source(self._overlay, path, edits)
        for output in workshop.ctx_objects():
            source = workshop.commands.source(output)
            if source != path and source.endswith(".S"):
                workshop.write_source(self._overlay, source, [])
            self._object(output)

    def _object(self, output):
        workshop = self._workshop
        if output not in self._objects:
            self._objects[output] = workshop.unchanged(output)
            if output in workshop.commands.compile and workshop.depends(output, self._path):
                self._compile(output, os.path.join(self._directory, output.replace("/", "_")))
        return self._objects[output]

    def _compile(self, output, to):
        workshop = self._workshop
        # To look at the text first is quick, and most users of a header do not use all of it.
        if self._path.endswith(".h") and workshop.same_text(output, self._overlay, to):
            return
        workshop.compile(output, self._overlay, to)
        if not workshop.same(output, to):
            self._objects[output] = to

    def link(self, program, to):
        """False, and nothing is linked, if nothing in the program or its data has changed."""
        objects = [self._object(o) for o in program.objects]
        if objects == [self._workshop.unchanged(o) for o in program.objects] and \
                not program.reads(self._path):
            return False
        self._workshop.link(program, objects, to)
        return True

    def runfiles(self, program):
        """Returns where the program finds its files, with the mutant's among them."""
        if not program.reads(self._path):
            return program.runfiles
        to = os.path.join(self._directory, "runfiles")
        shutil.rmtree(to, ignore_errors=True)
        return _with_one_replaced(program.runfiles, to, self._path, self._overlay)


def _with_one_replaced(tree, to, path, overlay):
    """Makes a tree of links to all files of another one, except for one."""
    at = ""
    for part in path.split("/"):
        os.makedirs(os.path.join(to, at))
        for name in os.listdir(os.path.join(tree, at)):
            if name != part:
                os.symlink(os.path.abspath(os.path.join(tree, at, name)),
                           os.path.join(to, at, name))
        at = os.path.join(at, part)
    os.symlink(os.path.abspath(os.path.join(overlay, path)), os.path.join(to, path))
    return to
