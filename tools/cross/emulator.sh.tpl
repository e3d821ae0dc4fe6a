#!/bin/sh
# PROGRAM [ARGUMENT...]: runs a program of another processor, and all that it starts.
#
# What such a program starts is this machine's: a shell, a compiler. So to start a program of the
# other processor it says `$CTX_TEST_EMULATOR PROGRAM`; and compilers are found, by their usual
# names, that make programs for that processor.
set -eu
export CTX_TEST_EMULATOR=/usr/bin/qemu-@CPU@
# qemu itself reads it: the dynamic linker and the libraries are there.
export QEMU_LD_PREFIX=/usr/@CPU@-linux-gnu
PATH=$(cd "$(dirname "$0")" && pwd)/@DIRECTORY@:$PATH
export PATH
# `bazel run` may have been given a script.
case $(head -c 2 "$1") in
  '#!') exec "$@" ;;
  *) exec "$CTX_TEST_EMULATOR" "$@" ;;
esac
