#!/bin/bash -eu
# Builds the fuzz targets the way OSS-Fuzz and ClusterFuzzLite have it: compilers, flags and
# directories come from the environment (CC, CXX, CFLAGS, CXXFLAGS, LIB_FUZZING_ENGINE, OUT, WORK),
# and for each target there is in $OUT afterwards
#   <target>  <target>_seed_corpus.zip  <target>.options  <target>.dict
# (the last two if fuzz/ has them).
# FUZZ_TARGETS names some of them in place of all. FUZZ_SAME_INCLUDES=1 says that no file includes
# others than at an earlier run in $WORK, so that its sources need not be looked for again.
#
# It lists no sources. A target includes headers of testing/ or tools/, and these stand for the
# code in their directories, and for what architectures have for testing/<room>/:
# testing/arch/*/<room>_*. Of all that, the linker takes what is used.
# shellcheck disable=SC2086
cd "$(dirname "$0")/.."
: "${CC:?}" "${CXX:?}" "${LIB_FUZZING_ENGINE:?}" "${OUT:?}" "${WORK:?}"
read -ra cflags <<<"${CFLAGS:-}"
read -ra cxxflags <<<"${CXXFLAGS:-}"
read -ra engine <<<"$LIB_FUZZING_ENGINE"
compile=("$CC" "${cflags[@]}" -std=gnu11 -I. -DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION)
targets=${FUZZ_TARGETS:-$(cd fuzz && echo *_fuzz.c | sed 's/\.c\b//g')}

sources_in() { find "$1" -maxdepth 1 -name '*.[cS]' ! -name '*_test.c' | sort | tr '\n' ' '; }

# The sources of the targets, and of the directories that these include headers of, and so on. A
# source is left out if it needs another package's headers that are not installed: no target uses
# it. The folder of the architecture may define what a header of testing/ declares.
find_sources() {
  local architecture sources directories new rules directory
  architecture=$(printf '#include "testing/arch/arch.h"\nCTX_TEST_ARCH(x)\n' |
    "${compile[@]}" -E -P -x c - | tail -n 1 | tr -d '"\n')
  architecture=${architecture%/x}
  sources=$(echo ctx/*/*.c ctx/*/*/*.c asm/*/*.S)
  directories="$(find ctx -type d | tr '\n' ' ')$architecture"
  new="$(printf 'fuzz/%s.c ' $targets) $(sources_in "$architecture")"
  while [ -n "$new" ]; do
    rules=$("${compile[@]}" -MM $new 2>/dev/null | sed -z 's/\\\n//g' || true)
    sources="$sources $(sed 's/^[^:]*: *\([^ ]*\).*/\1/' <<<"$rules")"
    new=
    for directory in $(grep -o '[^ ]*/[^ ]*\.h' <<<"$rules" | sed 's|/[^/]*$||' | sort -u); do
      case " $directories " in *" $directory "*) continue ;; esac
      directories="$directories $directory"
      new="$new $(sources_in "$directory")"
    done
  done
  tr ' ' '\n' <<<"$sources" | sort -u
}

# Objects that are compiled with other flags have a folder of their own.
objects=$WORK/objects-$(cksum <<<"${compile[*]}" | cut -d ' ' -f 1)
mkdir -p "$objects" "$OUT"
list=$objects/sources-${targets// /-}
if [ -z "${FUZZ_SAME_INCLUDES:-}" ] || [ ! -e "$list" ]; then find_sources >"$list"; fi

# True if one of an object's sources has changed since it was made.
is_outdated() {
  local rule dependency
  [ -e "$1.o" ] || return 0
  read -r -d '' rule <"$1.d" || true
  rule=${rule#*:}
  for dependency in ${rule//\\/ }; do
    if [ "$dependency" -nt "$1.o" ]; then return 0; fi
  done
  return 1
}

archive=$objects/libctx_fuzz.a
for source in $(<"$list"); do
  object=$objects/${source//\//__}
  if is_outdated "$object"; then printf '%s\0' -MMD -c "$source" -o "$object.o"; fi
done | xargs -0 -r -n 5 -P "$(nproc)" "${compile[@]}"
rm -f "$archive"
find "$objects" -name '*.o' ! -name 'fuzz__*' -print0 | xargs -0 "${AR:-ar}" rcs "$archive"

for target in $targets; do
  "$CXX" "${cxxflags[@]}" "$objects/fuzz__$target.c.o" "${engine[@]}" "$archive" \
    -lpthread -lm -o "$OUT/$target"
  rm -f "$OUT/${target}_seed_corpus.zip"
  corpus=fuzz/${target%_fuzz}_corpus
  if [ -d "$corpus" ]; then python3 -m zipfile -c "$OUT/${target}_seed_corpus.zip" "$corpus"/*; fi
  for extension in options dict; do
    if [ -e "fuzz/$target.$extension" ]; then cp "fuzz/$target.$extension" "$OUT/"; fi
  done
done
