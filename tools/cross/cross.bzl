"""Compilers for another processor, as C++ toolchains: Debian's g++-aarch64-linux-gnu and the like.

What they need is installed by tools/cross/install. The configs of .bazelrc register them, and
nothing else does: a build without these configs, and a project that depends on ctx, chooses among
its own toolchains as if these were not here.
"""

load("@rules_cc//cc:action_names.bzl", "ACTION_NAMES")
load(
    "@rules_cc//cc:cc_toolchain_config_lib.bzl",
    "feature",
    "flag_group",
    "flag_set",
    "tool_path",
    "with_feature_set",
)
load("@rules_cc//cc:defs.bzl", "cc_toolchain")
load("@rules_cc//cc/common:cc_common.bzl", "cc_common")
load("@rules_cc//cc/toolchains:cc_toolchain_config_info.bzl", "CcToolchainConfigInfo")

_COMPILE = [
    ACTION_NAMES.assemble,
    ACTION_NAMES.c_compile,
    ACTION_NAMES.cpp_compile,
    ACTION_NAMES.preprocess_assemble,
]

_LINK = [
    ACTION_NAMES.cpp_link_dynamic_library,
    ACTION_NAMES.cpp_link_executable,
    ACTION_NAMES.cpp_link_nodeps_dynamic_library,
]

# Each processor's binutils; only the compiler may be another one's, too.
_BINUTILS = [
    "ar",
    "ld",
    "nm",
    "objcopy",
    "objdump",
    "strip",
]

def _flags(actions, flags, feature = None):
    return flag_set(
        actions = actions,
        flag_groups = [flag_group(flags = flags)],
        with_features = [with_feature_set(features = [feature])] if feature else [],
    )

def _config_impl(ctx):
    triple = ctx.attr.triple
    is_clang = ctx.attr.compiler == "clang"
    binutils = "/usr/bin/%s-" % triple
    tools = {name: binutils + name for name in _BINUTILS}
    if is_clang:
        # It takes headers, start files and libraries from the cross gcc, which it finds itself.
        tools["gcc"] = "/usr/bin/clang"
        tools["cpp"] = "/usr/bin/clang-cpp"
        tools["gcov"] = "/usr/bin/llvm-cov"
        target = ["--target=" + triple]
        redacted = ["-no-canonical-prefixes"]
    else:
        for name in ["gcc", "cpp", "gcov"]:
            tools[name] = binutils + name
        target = []
        redacted = ["-fno-canonical-system-headers"]
    linker = ["-fuse-ld=" + ctx.attr.linker] if ctx.attr.linker else []

    # Bazel gives these to the compilers that it finds itself. So tests see the same code.
    default_flags = feature(
        name = "default_flags",
        enabled = True,
        flag_sets = [
            _flags(_COMPILE, target + [
                "-U_FORTIFY_SOURCE",
                "-fstack-protector",
                "-Wall",
                "-fno-omit-frame-pointer",
            ]),
            _flags(
                _COMPILE,
                [
                    "-g0",
                    "-O2",
                    "-D_FORTIFY_SOURCE=1",
                    "-DNDEBUG",
                    "-ffunction-sections",
                    "-fdata-sections",
                ],
                feature = "opt",
            ),
            _flags(_COMPILE, ["-g"], feature = "dbg"),
            _flags(_COMPILE, redacted + [
                "-Wno-builtin-macro-redefined",
                "-D__DATE__=\"redacted\"",
                "-D__TIMESTAMP__=\"redacted\"",
                "-D__TIME__=\"redacted\"",
            ]),
            _flags(_LINK, target + linker + [
                "-Wl,-no-as-needed",
                "-Wl,-z,relro,-z,now",
                "-lstdc++",
                "-lm",
            ]),
            _flags(_LINK, ["-Wl,--gc-sections"], feature = "opt"),
        ],
    )
    return cc_common.create_cc_toolchain_config_info(
        ctx = ctx,
        toolchain_identifier = "%s-%s" % (ctx.attr.compiler, triple),
        host_system_name = "local",
        target_system_name = triple,
        target_cpu = triple.split("-")[0],
        target_libc = "glibc",
        compiler = ctx.attr.compiler,
        abi_version = "local",
        abi_libc_version = "local",
        tool_paths = [tool_path(name = name, path = path) for name, path in tools.items()],
        # A header that is found below these is not one that a target must name.
        cxx_builtin_include_directories = [
            "/usr/%s/include" % triple,
            "/usr/include",
            "/usr/lib",
        ],
        features = [
            feature(name = "supports_dynamic_linker", enabled = True),
            feature(name = "supports_pic", enabled = True),
            feature(name = "dbg"),
            feature(name = "opt"),
            default_flags,
        ],
    )

_cc_toolchain_config = rule(
    implementation = _config_impl,
    attrs = {
        "compiler": attr.string(mandatory = True, values = ["clang", "gcc"]),
        "linker": attr.string(doc = "for -fuse-ld; \"\" is the compiler's own choice"),
        "triple": attr.string(mandatory = True),
    },
    provides = [CcToolchainConfigInfo],
)

def cross_toolchain(name, compiler, cpu, linker = ""):
    """A toolchain for Linux on another processor, to be named by --extra_toolchains.

    Args:
      name: of the toolchain.
      compiler: "gcc" or "clang".
      cpu: the processor, as @platforms and GNU's triples call it.
      linker: for -fuse-ld, if not the compiler's own choice.
    """
    native.filegroup(
        name = name + "_no_files",
        tags = ["manual"],
    )
    _cc_toolchain_config(
        name = name + "_config",
        compiler = compiler,
        linker = linker,
        tags = ["manual"],
        triple = cpu + "-linux-gnu",
    )
    cc_toolchain(
        name = name + "_cc",
        all_files = name + "_no_files",
        ar_files = name + "_no_files",
        as_files = name + "_no_files",
        compiler_files = name + "_no_files",
        dwp_files = name + "_no_files",
        linker_files = name + "_no_files",
        objcopy_files = name + "_no_files",
        strip_files = name + "_no_files",
        supports_param_files = True,
        tags = ["manual"],
        toolchain_config = name + "_config",
    )
    native.toolchain(
        name = name,
        exec_compatible_with = ["@platforms//os:linux"],
        tags = ["manual"],
        target_compatible_with = [
            "@platforms//cpu:" + cpu,
            "@platforms//os:linux",
        ],
        toolchain = name + "_cc",
        toolchain_type = "@bazel_tools//tools/cpp:toolchain_type",
    )
