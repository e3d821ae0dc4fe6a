"""cc_fuzz_test, in the shape of rules_fuzzing's."""

load("@rules_cc//cc:defs.bzl", "cc_binary", "cc_library", "cc_test")

def _corpus_impl(ctx):
    out = ctx.actions.declare_directory(ctx.label.name)
    args = ctx.actions.args()
    args.add(out.path)
    args.add_all(ctx.files.srcs)
    ctx.actions.run_shell(
        inputs = ctx.files.srcs,
        outputs = [out],
        arguments = [args],
        # The number keeps files of the same name apart; runfiles would lose an empty directory.
        command = 'out="$1"; shift; mkdir -p "$out"; : > "$out/0-empty"; n=0; for f in "$@"; do n=$((n+1)); cp -L "$f" "$out/$n-${f##*/}"; done',
        mnemonic = "FuzzCorpus",
    )
    return [DefaultInfo(files = depset([out]), runfiles = ctx.runfiles(files = [out]))]

_fuzz_corpus = rule(
    implementation = _corpus_impl,
    attrs = {"srcs": attr.label_list(allow_files = True)},
    doc = "A directory of copies of the seed inputs.",
)

def _run_impl(ctx):
    out = ctx.actions.declare_file(ctx.label.name)
    files = [ctx.executable.binary, ctx.file.corpus]
    if ctx.file.dictionary:
        files.append(ctx.file.dictionary)
    if ctx.file.options:
        files.append(ctx.file.options)
    ctx.actions.expand_template(
        template = ctx.file._template,
        output = out,
        is_executable = True,
        substitutions = {
            "@BINARY@": ctx.executable.binary.short_path,
            "@CORPUS@": ctx.file.corpus.short_path,
            "@DICT@": ctx.file.dictionary.short_path if ctx.file.dictionary else "",
            "@ENGINE@": ctx.attr._engine.label.name,
            "@NAME@": ctx.attr.fuzz_test,
            "@OPTIONS@": ctx.file.options.short_path if ctx.file.options else "",
        },
    )
    runfiles = ctx.runfiles(files = files).merge(ctx.attr.binary[DefaultInfo].default_runfiles)
    return [DefaultInfo(executable = out, runfiles = runfiles)]

_fuzz_run = rule(
    implementation = _run_impl,
    attrs = {
        "binary": attr.label(executable = True, cfg = "target", mandatory = True),
        "corpus": attr.label(allow_single_file = True, mandatory = True),
        "dictionary": attr.label(allow_single_file = True),
        "fuzz_test": attr.string(mandatory = True),
        "options": attr.label(allow_single_file = True),
        "_engine": attr.label(default = "//tools/fuzzing:cc_engine"),
        "_template": attr.label(
            default = "//tools/fuzzing:fuzz_run.sh.tpl",
            allow_single_file = True,
        ),
    },
    executable = True,
)

def cc_fuzz_test(
        name,
        srcs,
        deps = [],
        copts = [],
        corpus = None,
        dicts = None,
        options = None,
        size = None,
        timeout = None,
        tags = None,
        target_compatible_with = None,
        **kwargs):
    """Defines a fuzz test and its tools.

    * `<name>`: a test which runs the seed corpus (and the empty input) once;
    * `<name>_bin`: the fuzz test's executable;
    * `<name>_run`: fuzzes: `bazel run --config=asan-libfuzzer :<name>_run -- --timeout_secs=60`;
    * `<name>_corpus`, `<name>_dict`: the seeds as a directory, the dictionaries as one file.

    Args:
      name: the test's name.
      srcs: sources which define LLVMFuzzerTestOneInput.
      deps: libraries under test.
      copts: compiler options.
      corpus: seed inputs.
      dicts: libFuzzer dictionaries.
      options: a file of libFuzzer's options as OSS-Fuzz has it, `name = value` under [libfuzzer].
      size: of the regression test.
      timeout: of the regression test.
      tags: of the regression test.
      target_compatible_with: of all that is compiled.
      **kwargs: forwarded to the cc_library of srcs.
    """
    cc_library(
        name = name + "_raw_",
        testonly = True,
        srcs = srcs,
        copts = copts,
        tags = ["manual"],
        alwayslink = True,
        target_compatible_with = target_compatible_with,
        deps = deps,
        **kwargs
    )
    cc_binary(
        name = name + "_bin",
        testonly = True,
        tags = ["manual"],
        target_compatible_with = target_compatible_with,
        deps = [name + "_raw_", Label("//tools/fuzzing:cc_engine")],
    )
    _fuzz_corpus(
        name = name + "_corpus",
        testonly = True,
        srcs = corpus,
        tags = ["manual"],
    )
    if dicts:
        native.genrule(
            name = name + "_dict",
            testonly = True,
            srcs = dicts,
            outs = [name + "_all.dict"],  # <name>.dict may be one of dicts
            cmd = "cat $(SRCS) > $@",
            tags = ["manual"],
        )
    _fuzz_run(
        name = name + "_run",
        testonly = True,
        binary = name + "_bin",
        corpus = name + "_corpus",
        dictionary = name + "_dict" if dicts else None,
        fuzz_test = name,
        options = options,
        tags = ["manual"],
    )
    cc_test(
        name = name,
        size = size,
        timeout = timeout,
        # The same to libFuzzer (run the corpus, then stop) and to blind_main.c.
        args = ["-runs=0", "$(rootpath :%s_corpus)" % name],
        data = [name + "_corpus"],
        linkstatic = True,
        tags = (tags or []) + ["fuzz-test"],
        target_compatible_with = target_compatible_with,
        deps = [name + "_raw_", Label("//tools/fuzzing:cc_engine")],
    )
