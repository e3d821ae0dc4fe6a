#!/bin/bash -eu
# Does on this machine what OSS-Fuzz and ClusterFuzzLite do in their containers: runs build.sh in
# each sanitizer's environment, looks at what lands in $OUT, and runs each target from there on its
# corpus, and a moment longer.
#     fuzz/oss-fuzz/check.sh [address] [undefined] [coverage]
# Needs clang, its sanitizers and libFuzzer, python3. (The container has clang's newest, and
# libc++.)
cd "$(dirname "$0")/../.."
root=$PWD
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT

fail() {
  echo "check.sh: $*" >&2
  exit 1
}

# The flags are those of base-builder's Dockerfile and `compile`.
sanitizer_flags_address='-fsanitize=address -fsanitize-address-use-after-scope'
ub=bool,array-bounds,float-divide-by-zero,integer-divide-by-zero,return,shift
ub=$ub,signed-integer-overflow,vla-bound
sanitizer_flags_undefined="-fsanitize=$ub,unsigned-integer-overflow -fno-sanitize-recover=$ub"
sanitizer_flags_coverage='-fprofile-instr-generate -fcoverage-mapping'
symbol_address=__asan_init
symbol_undefined=__ubsan_handle_shift_out_of_bounds_abort
symbol_coverage=__llvm_profile_runtime

check_target() {
  local target=$1 num_seeds num_zipped option options=()
  echo "$target" | grep -qxE '[A-Za-z0-9_-]+' || fail "$target: not a name"
  [ -x "$OUT/$target" ] || fail "$target: there is none"
  grep -qaF "$symbol" "$OUT/$target" || fail "$target: $SANITIZER is not in it"
  if ldd "$OUT/$target" | grep -vE 'linux-vdso|/ld-linux|lib(c|m|dl|rt|pthread|resolv|gcc_s|stdc\+\+)\.so'; then
    fail "$target: needs a library that a runner has not"
  fi
  num_seeds=$(find "$root/fuzz/${target%_fuzz}_corpus" -type f | wc -l)
  mkdir -p "$top/seeds/$target"
  python3 -m zipfile -e "$OUT/${target}_seed_corpus.zip" "$top/seeds/$target"
  num_zipped=$(find "$top/seeds/$target" -type f | wc -l)
  [ "$num_seeds" -gt 0 ] && [ "$num_zipped" = "$num_seeds" ] ||
    fail "$target: $num_zipped seeds of $num_seeds"
  # The runner turns `name = value` of [libfuzzer] into flags.
  if [ -e "$OUT/$target.options" ]; then
    head -n 1 "$OUT/$target.options" | grep -qxF '[libfuzzer]' || fail "$target.options: no section"
    for option in $(sed -n 's/^\([a-z_]*\) = \([^ ]*\)$/-\1=\2/p' "$OUT/$target.options"); do
      options+=("$option")
    done
  fi
  if [ -e "$OUT/$target.dict" ]; then options+=("-dict=$OUT/$target.dict"); fi
  (cd "$OUT" && LLVM_PROFILE_FILE=$top/profile "./$target" "${options[@]}" -runs=0 \
    "$top/seeds/$target") >"$top/log" 2>&1 ||
    { cat "$top/log"; fail "$target: fails on its corpus"; }
  # A coverage build has no feedback to fuzz by.
  if [ "$SANITIZER" != coverage ]; then
    rm -rf "$top/new"
    mkdir "$top/new"
    (cd "$OUT" && "./$target" "${options[@]}" -runs=2000 -seed=1 \
      "$top/new" "$top/seeds/$target") >"$top/log" 2>&1 ||
      { cat "$top/log"; fail "$target: has found something"; }
  fi
  echo "ok: $SANITIZER $target, $num_seeds seeds, options: ${options[*]:-none}"
}

check_sanitizer() {
  export SANITIZER=$1 FUZZING_ENGINE=libfuzzer ARCHITECTURE=x86_64 FUZZING_LANGUAGE=c
  export SRC=$top/src OUT=$top/$1/out WORK=$top/$1/work CC=clang CXX=clang++
  local flags=sanitizer_flags_$1 symbol=symbol_$1 coverage=-fsanitize=fuzzer-no-link file targets=
  if [ "$SANITIZER" = coverage ]; then coverage=; fi
  symbol=${!symbol}
  CFLAGS="-O1 -fno-omit-frame-pointer -gline-tables-only"
  CFLAGS="$CFLAGS -DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION ${!flags} $coverage"
  export CFLAGS CXXFLAGS=$CFLAGS LIB_FUZZING_ENGINE=-fsanitize=fuzzer
  export UBSAN_OPTIONS=silence_unsigned_overflow=1
  mkdir -p "$OUT" "$WORK"
  (cd "$SRC/ctx" && bash -eu "$SRC/build.sh")
  for file in "$root"/fuzz/*_fuzz.c; do
    targets="$targets $(basename "$file" .c)"
    check_target "$(basename "$file" .c)"
  done
  for file in "$OUT"/*; do
    case $(basename "$file") in
      *_seed_corpus.zip | *.options | *.dict) ;;
      *) [[ " $targets " == *" $(basename "$file") "* ]] || fail "what is $file?" ;;
    esac
  done
}

# $SRC as the two Dockerfiles leave it, whose build.sh is the same.
cmp fuzz/oss-fuzz/build.sh .clusterfuzzlite/build.sh || fail "two different build.sh"
mkdir -p "$top/src/ctx"
cp -r asm ctx fuzz testing tools "$top/src/ctx/"
cp .clusterfuzzlite/build.sh "$top/src/"
if [ $# = 0 ]; then set -- address undefined coverage; fi
for sanitizer in "$@"; do check_sanitizer "$sanitizer"; done
