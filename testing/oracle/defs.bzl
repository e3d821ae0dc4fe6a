"""Places calls by the convention of an architecture, on whatever machine this is built for."""

load("@rules_cc//cc:defs.bzl", "cc_binary", "cc_test")
load("//tools:copts.bzl", "CTX_TEST_COPTS")

def placing(name, folder):
    """Targets that judge the library's places by the model: a test, and a program that runs longer.

    Nothing of them is linked with //ctx: all is compiled for the one architecture here.

    Args:
      name: of the program; the test's ends in `_test`.
      folder: the name of the architecture's folders.
    """
    srcs = [
        "acceptable.c",
        "call.h",
        "capture.h",
        "eightbyte.h",
        "judgement.h",
        "model.h",
        "owner.h",
        "placing.c",
        "placing.h",
        "report.c",
        "types.c",
        "types.h",
        "verdict.c",
        "verdict.h",
        "//ctx:placing_sources",
        "//testing/arch:arch.h",
        "//testing/arch/%s:placing_sources" % folder,
        "//testing/generator:sources",
    ]
    copts = CTX_TEST_COPTS + ["-DCTX_ARCH_AS_%s_" % folder.upper()]
    cc_binary(
        name = name,
        testonly = True,
        srcs = srcs + ["placing_main.c"],
        copts = copts,
    )
    cc_test(
        name = name + "_test",
        size = "small",
        srcs = srcs + ["placing_test.c"],
        copts = copts,
        linkstatic = True,
        # It judges the same on this machine, and does it faster; and has one thread.
        tags = [
            "no-emulator",
            "no-tsan",
        ],
        deps = ["//testing/harness"],
    )
