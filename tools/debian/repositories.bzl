"""Repositories that WORKSPACE needs under Debian's bazel-bootstrap 4.2.3, without a download.

It works from this repository's own WORKSPACE and from that of a project which depends on ctx.
Nothing here is used with Bzlmod (MODULE.bazel).
"""

load("@bazel_tools//tools/build_defs/repo:utils.bzl", "maybe")

_GTEST_SHA256 = "81964fe578e9bd7c94dfdb09c8e4d6e6759e19967e397dbea48d1c10e45d0df2"
_GTEST_URL = "https://github.com/google/googletest/archive/refs/tags/release-1.12.1.tar.gz"

def _stand_in_repository_impl(rctx):
    # A label leads here whether ctx is the main repository or an external one; the path
    # that local_repository wants would not.
    source = rctx.path(rctx.attr.anchor).dirname.get_child(rctx.attr.directory)
    for child in source.readdir():
        rctx.symlink(child, child.basename)

_stand_in_repository = repository_rule(
    implementation = _stand_in_repository_impl,
    attrs = {
        "anchor": attr.label(default = Label("//tools/debian:BUILD")),
        "directory": attr.string(mandatory = True),
    },
    local = True,
    doc = "A directory beside this file, as a repository.",
)

def _googletest_repository_impl(rctx):
    debian = rctx.path("/usr/src/googletest")
    if debian.exists:
        rctx.symlink("/usr/src/googletest/googletest", "googletest")
    else:
        rctx.download_and_extract(
            url = _GTEST_URL,
            sha256 = _GTEST_SHA256,
            stripPrefix = "googletest-release-1.12.1",
        )
    rctx.file("WORKSPACE", "workspace(name = \"%s\")\n" % rctx.name)
    rctx.file("BUILD.bazel", rctx.read(rctx.attr.build_file))

_googletest_repository = repository_rule(
    implementation = _googletest_repository_impl,
    attrs = {"build_file": attr.label(default = Label("//tools/debian:googletest.BUILD"))},
    doc = "googletest 1.12.1: Debian's package googletest if installed, else GitHub's release.",
)

def debian_repositories():
    """Repositories which Bazel 4.2.3 would otherwise download."""

    # Bazel 4's own C++ toolchain loads @rules_cc; Debian's bazel-rules-cc (0.0.4) is too
    # new for Debian's Bazel.
    maybe(_stand_in_repository, name = "rules_cc", directory = "rules_cc")

    # Every test depends on these two, Java or not, coverage or not.
    maybe(native.local_repository, name = "rules_java", path = "/usr/share/bazel/rules/java")
    maybe(_stand_in_repository, name = "remote_coverage_tools", directory = "coverage")

    maybe(_googletest_repository, name = "googletest")
