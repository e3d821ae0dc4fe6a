"""Where ctx works: `target_compatible_with = CTX_COMPATIBLE_WITH`."""

# On any other platform a target is skipped with a clear message, in place of failing to link.
CTX_COMPATIBLE_WITH = select({
    "//tools/platform:linux_x86_64": [],
    "//conditions:default": ["//tools/platform:unsupported"],
})
