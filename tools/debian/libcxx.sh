#!/bin/sh
# libcxx.sh DIR: puts Debian's libc++ 14 into DIR at first use, and prints the flags for clang with
# -stdlib=libc++ there. It is not installed: its package conflicts with libunwind-dev, which other
# tests need.
set -eu
dir=$1
if [ ! -e "$dir/ready" ]; then
  packages=$(mktemp -d)
  [ "$(id -u)" -ne 0 ] || apt-get update -qq >&2
  (cd "$packages" && apt-get -qq download libc++-14-dev libc++1-14 libc++abi-14-dev libc++abi1-14 \
    libunwind-14) >&2
  for package in "$packages"/*.deb; do
    dpkg --extract "$package" "$dir"
  done
  rm -rf "$packages"
  touch "$dir/ready"
fi
lib=$dir/usr/lib/llvm-14/lib
echo "-nostdinc++ -isystem $dir/usr/lib/llvm-14/include/c++/v1 -L$lib -Wl,-rpath,$lib"
