"""A program that runs programs of another processor, for --run_under."""

# The names under which tests look for compilers.
_COMPILERS = [
    "clang",
    "clang++",
    "clang++-19",
    "clang-14",
    "clang-19",
    "g++",
    "gcc",
    "gcc-12",
]

def _emulator_impl(ctx):
    substitutions = {
        "@CPU@": ctx.attr.cpu,
        "@DIRECTORY@": ctx.label.name + "_path",
    }
    files = []
    for name in _COMPILERS:
        file = ctx.actions.declare_file("%s_path/%s" % (ctx.label.name, name))
        ctx.actions.expand_template(
            template = ctx.file._compiler,
            output = file,
            is_executable = True,
            substitutions = substitutions,
        )
        files.append(file)
    out = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.expand_template(
        template = ctx.file._emulator,
        output = out,
        is_executable = True,
        substitutions = substitutions,
    )
    return [DefaultInfo(executable = out, runfiles = ctx.runfiles(files = files))]

emulator = rule(
    implementation = _emulator_impl,
    attrs = {
        "cpu": attr.string(
            mandatory = True,
            doc = "the processor, as GNU's triples and qemu call it",
        ),
        "_compiler": attr.label(
            default = "//tools/cross:compiler.sh.tpl",
            allow_single_file = True,
        ),
        "_emulator": attr.label(
            default = "//tools/cross:emulator.sh.tpl",
            allow_single_file = True,
        ),
    },
    executable = True,
    doc = "qemu-user, beside compilers that make programs for the same processor.",
)
