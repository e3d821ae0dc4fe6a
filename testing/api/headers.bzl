"""The headers of cc_library targets, as files that a test can read."""

load("@rules_cc//cc/common:cc_info.bzl", "CcInfo")

def _cc_headers_impl(ctx):
    headers = depset(transitive = [
        library[CcInfo].compilation_context.headers
        for library in ctx.attr.libraries
    ])
    return [DefaultInfo(
        files = headers,
        runfiles = ctx.runfiles(transitive_files = headers),
    )]

cc_headers = rule(
    implementation = _cc_headers_impl,
    attrs = {"libraries": attr.label_list(mandatory = True, providers = [CcInfo])},
)
