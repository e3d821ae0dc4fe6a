"""The targets that each architecture's folder has; README.md says what they are for."""

load("@rules_cc//cc:defs.bzl", "cc_library")
load("//testing/bench:defs.bzl", "BENCH_COPTS")
load("//testing/harness:defs.bzl", "ctx_cc_test")
load("//tools:copts.bzl", "CTX_TEST_COPTS")
load("//tools/platform:defs.bzl", "compatible_with_architecture")

# Whatever a source in assembly includes, and the library's own assembly.
_ASSEMBLY = [
    ":register_types",
    ":test_assembly",
    "//asm",
    "//ctx/arch:assembly",
]

def _sources(name):
    return native.glob([name + ".c", name + ".S"])

def _library(
        folder,
        name,
        room_header = None,
        srcs = None,
        hdrs = [],
        copts = CTX_TEST_COPTS,
        **kwargs):
    """A library whose sources are NAME.c and NAME.S, as far as the folder has them.

    Args:
      folder: the architecture's.
      name: of the target.
      room_header: the header that declares its functions, of the room that needs them.
      srcs: in place of those by the name.
      hdrs: the folder's own headers.
      copts: in place of CTX_TEST_COPTS.
      **kwargs: to cc_library.
    """
    cc_library(
        name = name,
        testonly = True,
        srcs = _sources(name) if srcs == None else srcs,
        hdrs = hdrs + ([room_header] if room_header else []),
        copts = copts,
        linkstatic = True,
        target_compatible_with = compatible_with_architecture(folder),
        visibility = ["//testing:__subpackages__"],
        **kwargs
    )

def _headers(folder, name, hdrs, **kwargs):
    cc_library(
        name = name,
        testonly = True,
        hdrs = hdrs,
        copts = CTX_TEST_COPTS,
        target_compatible_with = compatible_with_architecture(folder),
        visibility = ["//testing:__subpackages__"],
        **kwargs
    )

def _files(name, srcs):
    native.filegroup(
        name = name,
        srcs = srcs,
        visibility = ["//testing:__subpackages__"],
    )

def architecture_test(folder, name, srcs = [], **kwargs):
    """A test of what this architecture alone has, or of what only its folder can say.

    Args:
      folder: the architecture's.
      name: of the target, and of its file in C.
      srcs: beside that file.
      **kwargs: to ctx_cc_test.
    """
    ctx_cc_test(
        name = name,
        srcs = [name + ".c"] + srcs,
        target_compatible_with = compatible_with_architecture(folder),
        **kwargs
    )

def _registers(folder):
    """Registers and state: for harness, switching, signals, unwind, watch and stack."""
    _headers(
        folder,
        name = "register_types",
        hdrs = [
            "register_list.h",
            "registers.h",
        ],
    )

    # Assembly shares this.
    _headers(
        folder,
        name = "test_assembly",
        hdrs = ["probe_layout.h"],
        # It holds macros of the assembler's.
        textual_hdrs = ["assembly.h"],
        deps = [":register_types"],
    )

    # The register checker of //testing/harness.
    _library(
        folder,
        name = "registers",
        srcs = _sources("registers") + [
            "registers_layout.h",
            "//testing/harness:register_checker.c",
        ],
        room_header = "//testing/harness:registers.h",
        deps = _ASSEMBLY + [
            "//testing/arch",
            "//testing/harness:record",
        ],
    )

    # Wrong switches, for its test.
    _library(
        folder,
        name = "twins",
        hdrs = ["twins.h"],
        deps = _ASSEMBLY,
    )
    _headers(
        folder,
        name = "fp_words",
        hdrs = ["fp_words.h"],
        deps = [
            "//ctx",
            "//testing/harness",
            "//testing/harness:registers",
        ],
    )
    _headers(
        folder,
        name = "trap",
        hdrs = ["trap.h"],
    )
    _library(
        folder,
        name = "machine",
        srcs = [
            "machine.c",
            "machine_state.h",
        ],
        room_header = "//testing/arch:machine.h",
        deps = [
            ":register_types",
            "//ctx",
        ],
    )
    _headers(
        folder,
        name = "interrupted",
        hdrs = [
            "interrupted.h",
            "machine_state.h",
        ],
        deps = [
            ":fp_words",
            ":trap",
        ],
    )
    _library(
        folder,
        name = "checked_swap",
        room_header = "//testing/signals:checked_swap.h",
        deps = _ASSEMBLY + ["//ctx"],
    )
    _library(
        folder,
        name = "sentinels",
        room_header = "//testing/unwind:sentinels.h",
        deps = _ASSEMBLY + ["//ctx"],
    )
    _library(
        folder,
        name = "single_step",
        room_header = "//testing/unwind:single_step.h",
        deps = ["//testing/unwind:breakpoints"],
    )

def _oracle(folder):
    """For the oracle, and for tests of entries."""

    # Formats and names for //testing/generator.
    _headers(
        folder,
        name = "generator_types",
        hdrs = ["generator.h"],
    )

    # Registers within the types of //testing/oracle.
    _headers(
        folder,
        name = "oracle_types",
        hdrs = ["oracle.h"],
        deps = [
            ":register_types",
            "//testing/oracle:owner",
        ],
    )

    # Captures what a function is called with, and returns the reply.
    _library(
        folder,
        name = "probe",
        srcs = _sources("probe") + ["//testing/oracle:capture.c"],
        hdrs = native.glob(["probe.h"]),
        room_header = "//testing/oracle:probe.h",
        deps = _ASSEMBLY + [
            "//ctx",
            "//testing/oracle:capture",
        ],
    )
    _library(
        folder,
        name = "marked_call",
        room_header = "//testing/oracle:marked_call.h",
        deps = _ASSEMBLY + [
            ":probe",
            "//ctx",
        ],
    )
    architecture_test(
        folder,
        name = "probe_test",
        deps = [
            ":marked_call",
            ":probe",
            ":registers",
            "//testing/oracle:probe_cases",
        ],
    )

    # Says what a function should have been called with. Does not depend on //ctx.
    _library(
        folder,
        name = "model",
        srcs = [
            "model.c",
            "model_classify.c",
            "model_refusal.c",
        ],
        hdrs = ["model.h"],
        room_header = "//testing/oracle:model.h",
        deps = [
            "//testing/generator",
            "//testing/oracle:capture",
            "//testing/oracle:eightbyte",
            "//testing/oracle:owner",
        ],
    )
    architecture_test(
        folder,
        name = "model_test",
        deps = [
            ":model",
            "//testing/generator",
            "//testing/oracle:model_cases",
            "//testing/oracle:probe",
        ],
    )

    # Judges what it was called with.
    _library(
        folder,
        name = "verdict",
        deps = ["//testing/oracle:report"],
    )
    architecture_test(
        folder,
        name = "verdict_test",
        deps = [
            "//testing/generator",
            "//testing/oracle:verdict_cases",
        ],
    )

    # Puts results where the probe leaves them and contexts keep them.
    _library(
        folder,
        name = "returns",
        room_header = "//testing/oracle:returns.h",
        deps = [
            ":model",
            ":probe",
            "//ctx",
            "//testing/generator",
        ],
    )

    # For //testing/oracle's placing_..., which run anywhere.
    native.filegroup(
        name = "placing_sources",
        srcs = [
            "generator.h",
            "model.c",
            "model.h",
            "model_classify.c",
            "model_refusal.c",
            "oracle.h",
            "register_list.h",
            "registers.h",
            "verdict.c",
        ] + native.glob(["placing.c"]),
        visibility = ["//testing/oracle:__pkg__"],
    )

    architecture_test(
        folder,
        name = "signature_test",
        deps = ["//testing/api:signature_cases"],
    )

def _compilers(folder):
    """For tests that run compilers, or know their options."""

    # Says where they differ from the model: for //testing/callsites.
    _library(
        folder,
        name = "exclusion",
        room_header = "//testing/callsites:exclusion.h",
        deps = [
            ":model",
            "//testing/callsites:site",
            "//testing/generator",
        ],
    )

    # Where they differ from each other, or from themselves: for //testing/callsites.
    _library(
        folder,
        name = "divergence",
        room_header = "//testing/callsites:divergence.h",
        deps = [
            ":probe",
            "//ctx",
            "//testing/compiler",
            "//testing/harness",
        ],
    )

    # Types and calls that compilers pass differently.
    architecture_test(
        folder,
        name = "refusal_test",
        deps = ["//ctx/arch"],
    )

    # Options by which compilers use a processor's features.
    _library(
        folder,
        name = "processor",
        room_header = "//testing/callsites:processor.h",
    )

    # Options of compilers, for tests that compile.
    _headers(
        folder,
        name = "compiling",
        hdrs = ["compiling.h"],
    )

    # Figures that documents give, for tests of the interface.
    _headers(
        folder,
        name = "figures",
        hdrs = ["figures.h"],
    )

    # For //testing/builds, which compiles it.
    _files("smoke", ["smoke.h"])

    # A documented snippet, for //testing/snippets.
    _files("global_register", ["snippets/global_register.c"])
    native.exports_files(
        ["snippets/global_register.c"],
        visibility = ["//testing/readme:__pkg__"],
    )

def _simulation(folder):
    """For fuzz targets."""

    # All that the simulation knows of registers.
    _library(
        folder,
        name = "simulation_machine",
        srcs = [
            "simulation_machine.c",
            "simulation_signatures.c",
            "//testing/simulation:switch.c",
        ] + native.glob(["simulation_*.S"]),
        deps = _ASSEMBLY + [
            "//ctx",
            "//testing/harness:record",
            "//testing/harness:registers",
            "//testing/simulation:body",
            "//testing/simulation:machine",
        ],
    )

    # Wrong code, for the simulation to notice.
    _library(
        folder,
        name = "simulation_wrong",
        deps = [
            "//ctx",
            "//testing/harness:registers",
            "//testing/simulation:machine",
        ],
    )

def _bench(folder):
    # //testing/bench calls these functions, for scale.
    _library(
        folder,
        name = "bench_calls",
        room_header = "//testing/bench:calls.h",
        copts = BENCH_COPTS,
        deps = _ASSEMBLY,
    )

    # A competitor of //testing/bench.
    _library(
        folder,
        name = "seed_scheme",
        srcs = _sources("seed_scheme") + ["//testing/bench:seed_init.c"],
        hdrs = ["seed_scheme.h"],
        room_header = "//testing/bench:seed_scheme.h",
        copts = BENCH_COPTS,
        deps = _ASSEMBLY + ["//testing/arch"],
    )

def architecture(name):
    """All targets that README.md lists.

    Args:
      name: the architecture's folder, which is the package that calls.
    """
    _registers(name)
    _oracle(name)
    _compilers(name)
    _simulation(name)
    _bench(name)
