#!/bin/sh
# The compiler of this file's name, for another processor.
name=${0##*/}
case $name in
  clang*) exec "/usr/bin/$name" --target=@CPU@-linux-gnu "$@" ;;
  *) exec "/usr/bin/@CPU@-linux-gnu-$name" "$@" ;;
esac
