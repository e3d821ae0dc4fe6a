"""Says where ctx works, and lets a target choose what belongs to one architecture.

An architecture is a folder of its name in each of //asm, //ctx/arch and //testing/arch.
"""

# For each platform, by its config_setting, the name of its folders.
_ARCHITECTURES = {
    "//tools/platform:linux_aarch64": "aarch64_aapcs64",
    "//tools/platform:linux_riscv64": "riscv64_lp64d",
    "//tools/platform:linux_x86_64": "x86_64_sysv",
}

# `target_compatible_with = CTX_COMPATIBLE_WITH`: on any other platform a target is skipped with a
# clear message, instead of failing to link.
CTX_COMPATIBLE_WITH = select(dict(
    [(platform, []) for platform in _ARCHITECTURES],
    **{"//conditions:default": ["//tools/platform:unsupported"]}
))

def compatible_with_architecture(folder):
    """`target_compatible_with` for what belongs to one architecture.

    Args:
      folder: the name of its folders.

    Returns:
      A select that skips the target everywhere else.
    """
    return select(dict(
        [(platform, []) for platform, name in _ARCHITECTURES.items() if name == folder],
        **{"//conditions:default": ["//tools/platform:unsupported"]}
    ))

def compatible_except_with_architecture(folder):
    """`target_compatible_with` for what needs something that is missing for one architecture.

    Args:
      folder: the name of its folders.

    Returns:
      A select that skips the target there, and wherever ctx does not work.
    """
    return select(dict(
        [(platform, []) for platform, name in _ARCHITECTURES.items() if name != folder],
        **{"//conditions:default": ["//tools/platform:unsupported"]}
    ))

def architecture_alias(name, **kwargs):
    """`name`, in this package, is the target of that name in the package of the architecture.

    Args:
      name: of the target, and of those in the architectures' folders below this package.
      **kwargs: to alias.
    """
    package = "//" + native.package_name()
    native.alias(
        name = name,
        actual = select(dict(
            [
                (platform, "%s/%s:%s" % (package, folder, name))
                for platform, folder in _ARCHITECTURES.items()
            ],
            **{"//conditions:default": "//tools/platform:no_architecture"}
        )),
        **kwargs
    )
