#!/bin/sh
# PROGRAM [ARGUMENT...]: runs a program of another processor, and all that it starts.
#
# What such a program starts is this machine's: a shell, a compiler. So to start a program of the
# other processor it says `$CTX_TEST_EMULATOR PROGRAM`; and compilers are found, by their usual
# names, that make programs for that processor.
set -eu
export CTX_TEST_EMULATOR=/usr/bin/qemu-@CPU@
# The dynamic linker and the C library must be of one package: those that came with the compiler, if
# the system has none for this processor. qemu itself reads the variable.
if ! ls /lib/ld-linux-@CPU@*.so.1 >/dev/null 2>&1; then
  export QEMU_LD_PREFIX=/usr/@CPU@-linux-gnu
fi
# LeakSanitizer needs ptrace, which qemu-user does not have. Yours win.
export ASAN_OPTIONS="detect_leaks=0:detect_stack_use_after_return=1:${ASAN_OPTIONS:-}"
PATH=$(cd "$(dirname "$0")" && pwd)/@DIRECTORY@:$PATH
export PATH
# `bazel run` may have been given a script.
case $(head -c 2 "$1") in
  '#!') exec "$@" ;;
  *) exec "$CTX_TEST_EMULATOR" "$@" ;;
esac
