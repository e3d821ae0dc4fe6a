"""Asks git which lines have changed."""
import re
import subprocess

_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@")


def lines_since(root, commit):
    """Path -> the lines that differ from the commit's, by their numbers in the tree."""
    done = subprocess.run(["git", "diff", "--unified=0", "--no-color", "--no-prefix", commit],
                          cwd=root, check=True, stdout=subprocess.PIPE)
    return lines_of(done.stdout.decode(errors="replace"))


def lines_of(diff):
    """Reads a diff without context, whose paths have no prefix."""
    lines, current = {}, set()
    for line in diff.splitlines():
        match = _HUNK.match(line)
        if line.startswith("+++ "):
            current = lines.setdefault(line[4:], set())
        elif match:
            first, count = int(match.group(1)), int(match.group(2) or 1)
            current.update(range(first, first + count))
    return lines
