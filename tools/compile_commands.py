#!/usr/bin/env python3
"""Writes compile_commands.json for clangd and clang-tidy: tools/compile_commands.py [flags]"""
import json
import os
import subprocess
import sys

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
os.chdir(root)
bazel = ["tools/bazel"]
query = 'mnemonic("CppCompile", //...)'


def run(*args):
    return subprocess.run(bazel + list(args), check=True, stdout=subprocess.PIPE).stdout


actions = json.loads(run("aquery", "--output=jsonproto", *sys.argv[1:], query)).get("actions", [])
execroot = run("info", *sys.argv[1:], "execution_root").decode().strip()
commands = {}
for action in actions:
    args = action["arguments"]
    if "-c" in args:
        file = args[args.index("-c") + 1]
        commands[file] = {
            "directory": execroot,
            "file": (file if file.startswith(("bazel-out/", "external/"))
                     else os.path.join(root, file)),
            "arguments": args,
        }
with open("compile_commands.json", "w", encoding="utf-8") as f:
    json.dump(sorted(commands.values(), key=lambda c: c["file"]), f, indent=1)
print("%d commands" % len(commands), file=sys.stderr)
