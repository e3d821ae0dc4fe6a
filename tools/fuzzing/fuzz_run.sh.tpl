#!/bin/sh
# bazel run --config=asan-libfuzzer //fuzz:entry_fuzz_run -- [--timeout_secs=N] [--regression]
#     [--clean] [--fuzzing_output_root=DIR] [-- libFuzzer flags]
set -eu
binary='@BINARY@'
seeds='@CORPUS@'
dict='@DICT@'
options='@OPTIONS@'
engine='@ENGINE@'
root=${TMPDIR:-/tmp}/fuzzing/'@NAME@'
# These are as in tests, .bazelrc; yours win. Other builds do not look at it.
export ASAN_OPTIONS="detect_stack_use_after_return=1:${ASAN_OPTIONS:-}"
# Empty, unless the binary is another processor's (tools/cross). It has no spaces.
emulator=${CTX_TEST_EMULATOR:-}
secs=0
clean=
regression=
while [ $# -gt 0 ]; do
  case $1 in
    --timeout_secs=*) secs=${1#*=} ;;
    --fuzzing_output_root=*) root=${1#*=} ;;
    --regression) regression=1 ;;
    --clean) clean=1 ;;
    --) shift; break ;;
    *) break ;;
  esac
  shift
done
# Runs the seeds once, and what was found here before; any engine.
if [ -n "$regression" ]; then
  for found in "$root/corpus" "$root/artifacts"; do
    if [ -d "$found" ]; then set -- "$@" "$found"; fi
  done
  exec $emulator "$binary" -runs=0 "$seeds" "$@"
fi
if [ "$engine" != libfuzzer ]; then
  echo "$0: fuzzes blindly; --config=libfuzzer and --config=asan-libfuzzer do not" >&2
fi
if [ -n "$clean" ]; then rm -rf "$root"; fi
mkdir -p "$root/corpus" "$root/artifacts"
if [ -n "$options" ]; then
  for option in $(sed -n 's/^ *\([a-z_]*\) *= *\([^ ]*\) *$/-\1=\2/p' "$options"); do
    set -- "$option" "$@"
  done
fi
if [ -n "$dict" ]; then set -- "-dict=$dict" "$@"; fi
if [ "$secs" -gt 0 ]; then set -- "-max_total_time=$secs" "$@"; fi
echo "New corpus elements: $root/corpus; artifacts: $root/artifacts" >&2
exec $emulator "$binary" "-artifact_prefix=$root/artifacts/" "$@" "$root/corpus" "$seeds"
