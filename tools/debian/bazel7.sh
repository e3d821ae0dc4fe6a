#!/bin/sh
# bazel7.sh DIR [--cd=SUBDIR] COMMAND...: runs Debian sid's Bazel 7.7.1, that is MODULE.bazel
# and not WORKSPACE, on this repository; offline, except for Debian's mirror. DIR holds sid
# (about 3 GiB, made at first use by mmdebstrap; needs root).
#     tools/debian/bazel7.sh /var/tmp/bazel7 --version
#     tools/debian/bazel7.sh /var/tmp/bazel7 test //...
#     tools/debian/bazel7.sh /var/tmp/bazel7 --cd=testing/consumer test //...
# The compiler is sid's gcc, or that of CC=clang, --repo_env=CC=clang or --config=clang.
# What Bazel would download is replaced: by Debian's packages (/etc/bazel/bazelrc there)
# and, below, by empty modules and Debian's googletest.
set -eu
dir=$1
shift
subdir=
case $1 in
  --cd=*) subdir=${1#--cd=}; shift ;;
esac
here=$(cd "$(dirname "$0")" && pwd)
if [ ! -e "$dir/modules/ready" ]; then
  # This machine's own Debian mirror.
  # shellcheck disable=SC2016
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' |
    grep -v security | sort -u | head -n 1)
  packages=ca-certificates,bazel-bootstrap,googletest,clang,lld,llvm,libclang-rt-dev
  packages=$packages,libboost-context-dev,libunwind-dev,libffi-dev,gdb,valgrind,python3
  packages=$packages,clang-format,gnuplot-nox
  mmdebstrap --variant=minbase --aptopt='Acquire::Check-Valid-Until "false"' \
    --include="$packages" sid "$dir" "$mirror"
  mkdir -p "$dir/src"
  for module in apple_support/crosstool buildozer protobuf zlib googletest; do
    name=${module%%/*}
    mkdir -p "$dir/modules/$module"
    echo "module(name = \"$name\")" >"$dir/modules/$name/MODULE.bazel"
    : >"$dir/modules/$module/BUILD.bazel"
    rc=$dir/modules/bazelrc
    # A project that depends on ctx does not see googletest, and may not override it either.
    [ "$name" != googletest ] || rc=$dir/modules/bazelrc-googletest
    echo "common --override_module=$name=/modules/$name" >>"$rc"
  done
  {
    echo 'common --lockfile_mode=off'
    # The tree is read-only: it gets no links bazel-*.
    echo 'build --symlink_prefix=/'
  } >>"$dir/modules/bazelrc"
  echo 'bazel_dep(name = "rules_cc", version = "0.0.11")' >>"$dir/modules/googletest/MODULE.bazel"
  cp "$here/googletest.BUILD" "$dir/modules/googletest/BUILD.bazel"
  ln -s /usr/src/googletest/googletest "$dir/modules/googletest/"
  touch "$dir/modules/ready"
fi
googletest=--bazelrc=/modules/bazelrc-googletest
[ -z "$subdir" ] || googletest=
export dir subdir googletest repository="$here/../.." CC="${CC:-}"
# shellcheck disable=SC2016
exec unshare --mount sh -eu -c '
  mount --bind "$repository" "$dir/src"
  mount -o remount,bind,ro "$dir/src"
  for m in proc dev sys; do mount --rbind "/$m" "$dir/$m"; done
  exec chroot "$dir" env -i HOME=/root USER=root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    ${CC:+"CC=$CC"} sh -c "cd /src/$subdir && exec \"\$@\"" sh \
    bazel --bazelrc=/modules/bazelrc $googletest --max_idle_secs=30 "$@"
' sh "$@"
