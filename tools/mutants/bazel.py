"""Asks Bazel which tests there are, and by which commands their parts are compiled and linked."""
import collections
import json
import os
import re
import subprocess
import xml.etree.ElementTree

# command: the arguments that make `output`; sources are named in them.
Action = collections.namedtuple("Action", "output command")
# The second is one of which all is linked.
ARCHIVE = (".a", ".lo")
Test = collections.namedtuple("Test", "label args environment")


class Bazel:
    def __init__(self, root, command, flags):
        self.root = root
        self.command = command
        self.flags = flags

    def _run(self, *args, **options):
        return subprocess.run(self.command + list(args), cwd=self.root, check=True,
                              stdin=subprocess.DEVNULL, **options)

    def _read(self, *args):
        return self._run(*args, stdout=subprocess.PIPE, stderr=subprocess.PIPE).stdout.decode()

    def build(self, targets):
        self._run("build", *self.flags, "--", *targets)

    def execution_root(self):
        return self._read("info", *self.flags, "execution_root").strip()

    def built(self, target):
        """Returns where an executable lies once it has been built."""
        directory = self._read("info", *self.flags, "bazel-bin").strip()
        return os.path.join(directory, target[2:].replace(":", "/"))

    def tests(self, patterns, tags=()):
        """Returns the tests in C and C++ that the patterns name, without those with a tag of
        these."""
        query = "kind(cc_test, tests(%s))" % " + ".join(patterns)
        xml_text = self._read("query", "--output=xml", query)
        tests = []
        for rule in xml.etree.ElementTree.fromstring(xml_text).iter("rule"):
            lists = {e.get("name"): [s.get("value") for s in e.iter("string")]
                     for e in rule.iter("list")}
            if {"manual", *tags} & set(lists.get("tags", [])):
                continue
            label = rule.get("name")
            args = [_expand_location(label, a) for a in lists.get("args", [])]
            environment = {pair[0].get("value"): pair[1].get("value")
                           for e in rule.iter("dict") if e.get("name") == "env"
                           for pair in e.iter("pair")}
            tests.append(Test(label, args, environment))
        return tests

    def actions(self, targets):
        """Returns everything that is compiled, archived or linked for the targets."""
        text = self._read("aquery", *self.flags, "--output=jsonproto",
                          'mnemonic("Cpp(Compile|Link|Archive)", deps(%s))' % " + ".join(targets))
        for action in json.loads(text).get("actions", []):
            command = action["arguments"]
            output = _output_of(command)
            if output:
                yield Action(output, command)


def _output_of(command):
    if "-o" in command:
        return command[command.index("-o") + 1]
    return next((a for a in command[1:] if a.endswith(ARCHIVE)), None)


def _expand_location(label, arg):
    """Returns $(rootpath :x) as a path within the runfiles."""
    package = label[2:].split(":")[0]

    def path(match):
        target = match.group(1)
        if target.startswith(":"):
            return package + "/" + target[1:]
        return target[2:].replace(":", "/").lstrip("/")

    return re.sub(r"\$\((?:root|exec)?(?:path|location)s?\s+([^)]+)\)", path, arg)
