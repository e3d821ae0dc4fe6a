"""Rules of the rooms of ctx/: who may include whom."""
import re

from rule import rule
from source import ASSEMBLY, C

# From the ground up: a room includes itself, and those that stand lower. Two on one floor do not
# know each other. (ctx/inline.h is public, but is built on a room.)
_FLOORS = (
    ("internal", "assembly's headers", "the ladder"),
    ("what ctx/ctx.h includes of arch", "asm"),
    ("public headers",),
    ("type", "system"),
    ("arch",),
    ("call", "watch"),
    ("context", "stack"),
    ("ctx/inline.h",),
    ("ctx/ctx.hpp",),
)
_FLOOR_OF_ROOM = {room: floor for floor, rooms in enumerate(_FLOORS) for room in rooms}

# Files that are not in the room that their folder is.
_ROOM_OF_FILE = (
    (r"ctx/inline\.h", "ctx/inline.h"),
    (r"ctx/ctx\.hpp", "ctx/ctx.hpp"),
    (r"ctx/[^/]+\.h", "public headers"),
    (r"ctx/arch/(elf|dwarf)\.h", "assembly's headers"),
    (r"ctx/arch/[^/]+/(assembly|fp_words|layout)\.h", "assembly's headers"),
    (r"ctx/arch/arch\.h", "the ladder"),
    (r"ctx/arch/[^/]+/(context|switch)\.h", "what ctx/ctx.h includes of arch"),
    (r"asm/.*", "asm"),
)

# Macros that many files use: for each, the header that a file includes itself. What a file of ctx/
# gets by way of another header is gone when that header changes.
_HEADER_OF_MACRO = {
    r"CTX_(HIDDEN|NOINLINE)": "ctx/internal/attributes.h",
    r"CTX_UNINSTRUMENTED": "ctx/internal/uninstrumented.h",
    r"CTX_FOR_EACH_": "ctx/internal/for_each.h",
    r"CTX_(ASAN|MSAN|TSAN|VALGRIND|SANITIZED|INSTRUMENTED|SWAP_IS_EXTERNAL|BUILD_SYMBOL)_":
        "ctx/internal/build.h",
    r"CTX_(ARCH_HEADER|SUPPORTED)_": "ctx/arch/arch.h",
}


def _room(path):
    for pattern, room in _ROOM_OF_FILE:
        if re.fullmatch(pattern, path):
            return room
    return path.split("/")[1]


def _includes(file):
    """(line, path) of each header of this project; of any architecture for one that is chosen."""
    for number, line in enumerate(file.lines, 1):
        found = re.match(r"\s*#\s*include\s+(?:\"([^\"]*)\"|CTX_ARCH_HEADER_\(([^)]*)\))", line)
        if found:
            yield number, found[1] or "ctx/arch/chosen/" + found[2]


@rule(
    "room",
    why="Each room stands on others, so there is no circle: it is read, and tested, without what"
        " stands on it.",
    kinds=(C, ASSEMBLY),
    paths=lambda path: path.startswith(("ctx/", "asm/")),
    caught=[("ctx/call/a.c", "#include \"ctx/context/fresh.h\"\n"),
            ("ctx/type/a.h", "#include CTX_ARCH_HEADER_(frame.h)\n"),
            ("ctx/a.h", "# include \"ctx/type/check.h\"\n"),
            ("ctx/a.h", "#include \"ctx/inline.h\"\n"),
            ("ctx/arch/x/context.h", "#include \"ctx/ctx.h\"\n"),
            ("ctx/watch/a.c", "#include \"ctx/call/move.h\"\n"),
            ("ctx/internal/a.h", "#include \"ctx/kind.h\"\n"),
            ("ctx/attic/a.h", "#include <stdint.h>\n"),
            ("asm/x/a.S", "#include \"ctx/ctx.h\"\n")],
    allowed=[("ctx/context/a.c", "#include \"ctx/call/move.h\"\n"),
             ("ctx/call/a.c", "#include CTX_ARCH_HEADER_(frame.h)\n#include <errno.h>\n"),
             ("ctx/a.h", "#include CTX_ARCH_HEADER_(context.h)\n"),
             ("ctx/inline.h", "#include \"ctx/context/fresh.h\"\n"),
             ("ctx/arch/x/frame.h", "#include \"ctx/arch/x/layout.h\"\n#include \"ctx/ctx.h\"\n"),
             ("ctx/arch/x/switch.h", "#include \"ctx/arch/x/context.h\"\n"),
             ("asm/x/a.S", "#include \"ctx/arch/arch.h\"\n#include \"ctx/arch/elf.h\"\n")],
)
def room(file):
    mine = _room(file.path)
    if mine not in _FLOOR_OF_ROOM:
        yield 1, "%s has no floor" % mine
        return
    for number, path in _includes(file):
        other = _room(path)
        if other != mine and _FLOOR_OF_ROOM.get(other, len(_FLOORS)) >= _FLOOR_OF_ROOM[mine]:
            yield number, "%s, from %s" % (other, mine)


@rule(
    "include-for-macro",
    why="A file that uses a macro includes its header: an #ifdef of one that nobody has included is"
        " false without a word.",
    kinds=(C, ASSEMBLY),
    paths=lambda path: path.startswith(("ctx/", "asm/")),
    caught=["#ifdef CTX_ASAN_\n#endif\n", "CTX_HIDDEN void ctx_f(void);\n",
            "#include \"ctx/ctx.h\"\n#if defined(CTX_SUPPORTED_)\n#endif\n",
            "#include CTX_ARCH_HEADER_(frame.h)\n"],
    allowed=["#include \"ctx/internal/build.h\"\n#ifdef CTX_ASAN_\n#endif\n",
             "/* CTX_ASAN_ */\n", "#define CTX_ASAN_X 1\n",
             ("ctx/internal/build.h", "#define CTX_ASAN_ 1\n"),
             ("ctx/arch/arch.h", "#define CTX_SUPPORTED_ 1\n")],
)
def include_for_macro(file):
    included = {path for _, path in _includes(file)} | {file.path}
    for macro, header in _HEADER_OF_MACRO.items():
        found = re.search(r"\b%s\b" % macro, file.code)
        if found and header not in included:
            yield file.line_at(found.start()), "%s, without %s" % (found[0], header)
