# shellcheck shell=bash disable=SC2034,SC2154 # count.sh has the variables
# The legs: leg_NAME for each line of the table in .ci/run, which includes this.

# For samples that are others at each commit.
commit() { git -c safe.directory='*' rev-parse --short HEAD; }

# ---- Exactly as the README has them; the first also installs what is missing.

leg_readme_test() {
  local limit=3000
  tests "readme test" bazel-testlogs ./tools/bazel test //...
}
leg_readme_tour() { check "readme tour" ./tools/bazel run //examples:tour; }

# ---- Style.

leg_format() {
  local file ok=0 bad=0
  echo "=== leg format: clang-format --dry-run -Werror"
  started=$SECONDS
  while IFS= read -r -d '' file; do
    if clang-format --dry-run -Werror "$file" 2>&1; then ok=$((ok + 1)); else bad=$((bad + 1)); fi
  done < <(git -c safe.directory='*' ls-files -z '*.c' '*.h' '*.cc' '*.hpp')
  count "format" files "$ok" "$bad"
}

leg_tidy() {
  summed "tidy selftest" checks tools/tidy/selftest
  summed "tidy" files tools/tidy/tidy
}

# BUILD and .bzl files. npm's package carries the program for each platform.
leg_buildifier() {
  local directory files ok=0 bad=0 file
  directory=$(mktemp -d)
  mapfile -t files < <(git -c safe.directory='*' ls-files |
    grep -E '(^|/)((BUILD|WORKSPACE|MODULE)(\.bazel|\.bzlmod)?|[^/]*\.bzl|[^/]*\.BUILD)$')
  if run "buildifier" npm install --silent --no-fund --no-audit --prefix "$directory" \
    @bazel/buildifier@8.2.1; then
    echo "buildifier -mode=check -lint=warn"
    for file in "${files[@]}"; do
      if "$directory/node_modules/.bin/buildifier" -mode=check -lint=warn "$file"; then
        ok=$((ok + 1))
      else
        bad=$((bad + 1))
      fi
    done
    count "buildifier" files "$ok" "$bad"
  else
    count "buildifier" files 0 1 "npm, or a registry, is missing: nothing was checked"
  fi
  rm -rf "$directory"
}

# ---- All tests, in each configuration.

bazel_test() {
  local title=$1
  shift
  tests "$title" bazel-testlogs \
    ./tools/bazel test --keep_going --noshow_progress --config=werror "$@" //...
}
# Tests that run compilers themselves have run in the first leg; they are tagged `once`.
leg_gcc() { bazel_test "gcc" --config=gcc -c opt --test_tag_filters=-once; }
# clang alone looks whether each target names those whose headers it includes.
leg_clang() {
  bazel_test "clang" --config=clang -c opt --features=layering_check --test_tag_filters=-once
}
leg_checked() { bazel_test "checked" --config=checked; }
leg_checked_clang() { bazel_test "checked-clang" --config=checked-clang -c dbg; }
# All that compilers make of generated calls, and all ways to build: the first leg has half.
leg_compilers() {
  local limit=3600
  tests "compilers" bazel-testlogs ./tools/bazel test --keep_going --noshow_progress \
    --config=werror --test_env=CTX_COMPILERS_PART=1/1 //testing/callsites/... //testing/builds/...
}
# The header for C++, and its examples, with libc++.
leg_libcxx() {
  if ! run "libc++" tools/debian/libcxx.sh /var/tmp/ctx-libcxx; then
    count "libc++" tests 0 1 "Debian's packages cannot be had"
    return
  fi
  tests "libc++" bazel-testlogs ./tools/bazel test --noshow_progress --config=werror \
    --test_env="CTX_LIBCXX_FLAGS=$(tail -n 1 "$log")" --test_filter='*Libcxx*' \
    //testing/builds:cxx_header_test
}
leg_asan() { bazel_test "asan" --config=asan; }
leg_asan_ubsan() { bazel_test "asan-ubsan" --config=asan-ubsan; }
leg_ubsan() { bazel_test "ubsan" --config=ubsan; }
leg_gcc_asan() { bazel_test "gcc-asan" --config=gcc-asan; }
leg_tsan() { bazel_test "tsan" --config=tsan; }
leg_msan() { bazel_test "msan" --config=msan; }

# A million guests that two threads run, and two others terminate at random.
leg_terminate_storm() {
  local limit=3600 config
  for config in gcc asan tsan; do
    tests "terminate storm, $config" bazel-testlogs ./tools/bazel test --noshow_progress \
      --config="$config" --test_timeout=3000 --test_env=CTX_TERMINATE_GUESTS=1000000 \
      //testing/terminate:storm_test
  done
}

# The same for another processor, by cross compilers and qemu-user, which it installs at first use.
# emulated_test TITLE PROCESSOR OPTION...
emulated_test() {
  local title=$1 processor=$2 left_out
  shift 2
  if ! run "$title" tools/cross/install "$processor"; then
    count "$title" tests 0 1 "its compilers or qemu-user are missing"
    return
  fi
  left_out=$(./tools/bazel query --noshow_progress \
    'attr(tags, "\bno-emulator\b", tests(//...))' 2>/dev/null)
  sed 's/^/left out: /' <<<"$left_out"
  echo "$(wc -l <<<"$left_out") tests left out: they need what qemu-user does not have"
  bazel_test "$title" "$@"
}
# emulated_small PROCESSOR: the tests that take seconds.
emulated_small() {
  emulated_test "$1" "$1" --config="$1" --test_size_filters=small \
    --test_tag_filters=-no-emulator,-once
}
# emulated_all PROCESSOR: all of them, by both compilers, plain and checked, at each level; those
# that run compilers themselves run the cross compilers.
emulated_all() {
  local cpu=$1 once=--test_tag_filters=-no-emulator,-once
  local limit=7200 checked=--test_tag_filters=-no-emulator,-once,-no-checked
  emulated_test "$cpu" "$cpu" --config="$cpu" --test_env=CTX_COMPILERS_PART=1/1
  emulated_test "$cpu -O2" "$cpu" --config="$cpu" -c opt "$once"
  emulated_test "$cpu-clang -O1" "$cpu" --config="$cpu-clang" --copt=-O1 "$once"
  emulated_test "$cpu-clang -O3" "$cpu" --config="$cpu-clang" -c opt --copt=-O3 "$once"
  emulated_test "$cpu-checked -O1" "$cpu" --config="$cpu-checked" --copt=-O1 "$checked"
  emulated_test "$cpu-checked -O3" "$cpu" --config="$cpu-checked" -c opt --copt=-O3 "$checked"
  emulated_test "$cpu-checked-clang" "$cpu" --config="$cpu-checked-clang" "$checked"
  emulated_test "$cpu-checked-clang -O2" "$cpu" --config="$cpu-checked-clang" -c opt "$checked"
}
leg_aarch64() { emulated_small aarch64; }
leg_aarch64_long() { emulated_all aarch64; }
leg_riscv64() { emulated_small riscv64; }
leg_riscv64_long() { emulated_all riscv64; }
leg_aarch64_sanitized() {
  local limit=7200 sanitizer
  for sanitizer in asan ubsan gcc-asan gcc-ubsan; do
    emulated_test "aarch64-$sanitizer" aarch64 --config="aarch64-$sanitizer"
  done
}
# Return addresses are signed, and a processor checks them.
leg_aarch64_protected() {
  local limit=3600
  emulated_test "aarch64-protected" aarch64 --config=aarch64-protected
}

# Both cross compilers make one part in twenty of all generated calls and callees, another part at
# each commit; and a shared library, with programs that cancel. emulated_compilers PROCESSOR
emulated_compilers() {
  local title="$1 compilers" part
  part=$((0x$(commit) % 20 + 1))/20
  if ! run "$title" tools/cross/install "$1"; then
    count "$title" tests 0 1 "its compilers or qemu-user are missing"
    return
  fi
  tests "$title" bazel-testlogs \
    ./tools/bazel test --keep_going --noshow_progress --config=werror --config="$1" \
    --test_env=CTX_COMPILERS_PART="$part" //testing/callsites/... //testing/builds:cancelled_test
}
leg_aarch64_compilers() { emulated_compilers aarch64; }
leg_riscv64_compilers() { emulated_compilers riscv64; }

# docs/performance.md says how many instructions each form of the switch is, on each architecture.
leg_instructions() {
  if run "instructions" tools/cross/install aarch64 &&
    run "instructions" tools/cross/install riscv64; then
    summed "instructions" rows testing/bench/instructions --check docs/performance.md
  else
    count "instructions" rows 0 1 "a cross compiler, qemu-user or gdb is missing"
  fi
}

# Another project, which has this one as an external repository.
consumer_test() {
  local title=$1
  shift
  tests "$title" testing/consumer/bazel-testlogs \
    env -C testing/consumer ../../tools/bazel test --noshow_progress "$@" //...
}
leg_consumer() { consumer_test "consumer"; }
leg_consumer_clang() { consumer_test "consumer clang" --config=clang -c opt; }

# ---- Fuzzing, and the oracle.

# fuzz_each SECONDS CONFIG TARGET...: each from its seeds; the corpora were replayed by the tests.
fuzz_each() {
  local seconds=$1 config=$2 target
  shift 2
  for target in "$@"; do
    if run "fuzz, $config" ./tools/bazel run --noshow_progress --config="$config" \
      "${target}_run" -- --timeout_secs="$seconds" \
      --fuzzing_output_root="$(mktemp -d -p "$found")" &&
      grep -q '^Done [0-9]* runs in' "$log"; then
      ok=$((ok + 1))
    else
      bad=$((bad + 1))
    fi
  done
}
# fuzz TITLE SECONDS CONFIG: all targets. With AddressSanitizer signals come between the steps of
# signal_fuzz only; without it, at any instruction.
fuzz() {
  local title=$1 seconds=$2 begin=$SECONDS ok=0 bad=0 targets found limit=$((600 + $2))
  mapfile -t targets < <(
    ./tools/bazel query --noshow_progress 'attr(tags, "\bfuzz-test\b", //...)'
  )
  found=$(mktemp -d)
  if ((${#targets[@]} == 0)); then bad=1; fi
  fuzz_each "$seconds" "$3" "${targets[@]}"
  fuzz_each "$seconds" libfuzzer //fuzz:signal_fuzz
  if ((bad == 0)); then rm -rf "$found"; fi
  started=$begin
  count "$title" targets "$ok" "$bad"
}
leg_fuzz() { fuzz "fuzz" 15 asan-libfuzzer; }
leg_fuzz_long() { fuzz "fuzz long" 600 asan-ubsan-libfuzzer; }
leg_corpora() { check "generated corpora" testing/generator/write_corpora.py --check; }
leg_fuzz_files() { check "continuous fuzzing's files" fuzz/oss-fuzz/check.sh; }

# Whether each bug can still be planted: its lines are in the tree.
leg_planted_lines() { check "planted bugs' lines" testing/planted/planted.py --list; }
# A minute for each bug at most, and what building it takes.
leg_planted() {
  local limit=$((600 + 90 * $(grep -c '^bug ' testing/planted/bugs.txt)))
  check "planted bugs" testing/planted/planted.py
}

# More random signatures than the tests have time for.
leg_oracle() {
  check "oracle" ./tools/bazel run --noshow_progress -c opt //testing/oracle:run -- \
    --random=300000 --libffi=100000 --aggregates=100000 --refused=50000 --long=500
}

# The same of another processor, and switches: places that this machine judges, then calls and
# switches under qemu-user. emulated_random PROCESSOR FOLDER
emulated_random() {
  local cpu=$1 folder=$2 bazel_run=(./tools/bazel run --noshow_progress -c opt)
  if ! run "$cpu random" tools/cross/install "$cpu"; then
    count "$cpu random" checks 0 1 "its compilers or qemu-user are missing"
    return
  fi
  check "$cpu places" "${bazel_run[@]}" "//testing/oracle:placing_$folder" -- \
    --cases=5000000 --refused=1000000
  check "$cpu calls" "${bazel_run[@]}" --config="$cpu" //testing/oracle:run -- --aggregates=100000
  check "$cpu switches" "${bazel_run[@]}" --config="$cpu" //testing/switching:mix -- \
    --switches=10000000
}
leg_aarch64_random() { emulated_random aarch64 aarch64_aapcs64; }
leg_riscv64_random() { emulated_random riscv64 riscv64_lp64d; }

# planted_in PROCESSOR: also bugs in its files, which its fuzz targets find under qemu-user.
planted_in() {
  local title="planted bugs, $1" limit=7200
  if run "$title" tools/cross/install "$1"; then
    check "$title" testing/planted/planted.py --cpu="$1"
  else
    count "$title" checks 0 1 "its compilers or qemu-user are missing"
  fi
}
leg_planted_aarch64() { planted_in aarch64; }
leg_planted_riscv64() { planted_in riscv64; }

# ---- Models, each state of them.

leg_models() { summed "models" searches testing/models/models; }
leg_models_long() {
  local limit=3600
  summed "models long" searches testing/models/models --long
}
# It installs Frama-C at first use.
leg_frama_c() { summed "frama_c" programs testing/models/eva; }

# ---- The tests themselves: what they reach, and what they notice.

leg_coverage() {
  local limit=3600
  summed "coverage" files tools/coverage/coverage
}
leg_mutants_selftest() { check "mutants selftest" tools/mutants/selftest; }
# A sample of the assembly's, another one at each commit.
leg_mutants() {
  summed "mutants" mutants tools/mutants/mutants --file=asm/ --sample=16 --minutes=5 \
    --seed="$(commit)"
}
# mutants_of TITLE PROCESSOR FOLDER OPTION...: those of another processor's assembly, by cross
# compilers and qemu-user. Tests that see no switch have little to say about it, and take long
# there.
mutants_of() {
  local title=$1 processor=$2 folder=$3 package
  local packages=(switching signals unwind entry "arch/$3")
  shift 3
  if ! run "$title" tools/cross/install "$processor"; then
    count "$title" mutants 0 1 "its compilers or qemu-user are missing"
    return
  fi
  for package in "${packages[@]}"; do
    set -- "$@" --tests="//testing/$package/..."
  done
  # The flag is that of the other legs, which have built the same programs.
  set -- "$@" --tests=//testing/api:wide_result_test --bazel_flag=--config=werror
  summed "$title" mutants tools/mutants/mutants --architecture="$folder" --file=asm/ "$@"
}
# Not all of these have been judged yet, so the sample is one that has been.
leg_mutants_aarch64() {
  mutants_of "mutants aarch64" aarch64 aarch64_aapcs64 --sample=8 --seed=2
}
leg_mutants_riscv64() {
  mutants_of "mutants riscv64" riscv64 riscv64_lp64d --sample=8 --seed=3
}
# A larger one of all files, each part in the build that compiles it; and all of the other
# processors' assembly, except for those that all tests would have to run on.
leg_mutants_long() {
  local limit=7200 config
  for config in plain clang checked asan tsan msan valgrind; do
    summed "mutants long, $config" mutants tools/mutants/mutants --config="$config" --sample=400 \
      --minutes=40 --seed="$(commit)"
  done
  for config in plain clang; do
    mutants_of "mutants long, aarch64 $config" aarch64 aarch64_aapcs64 --config="$config" \
      --unexplained
    mutants_of "mutants long, riscv64 $config" riscv64 riscv64_lp64d --config="$config" \
      --unexplained
  done
}

# ---- Bazel 7, which reads MODULE.bazel and not WORKSPACE, and the compilers of Debian sid.

bazel7_directory=${CTX_BAZEL7:-/var/tmp/ctx-bazel7}

# bazel7_test TITLE OPTION...: all tests of this repository; of --cd=DIRECTORY if that is the first.
bazel7_test() {
  local title=$1 limit=3600 cd=() testlogs
  shift
  if [[ ${1:-} == --cd=* ]]; then
    cd=("$1")
    shift
  fi
  # It makes the directory at first use, which takes minutes.
  run "$title" tools/debian/bazel7.sh "$bazel7_directory" "${cd[@]}" info "$@" bazel-testlogs
  testlogs=$(grep '/testlogs$' "$log" | tail -n 1)
  tests "$title" "$bazel7_directory/$testlogs" tools/debian/bazel7.sh "$bazel7_directory" \
    "${cd[@]}" test --keep_going --noshow_progress "$@" //...
}
leg_bazel7_gcc() { bazel7_test "bazel7 gcc" --config=werror; }
leg_bazel7_clang() { bazel7_test "bazel7 clang" --config=clang --config=werror; }
leg_bazel7_consumer() { bazel7_test "bazel7 consumer" --cd=testing/consumer; }

# Each header of the library compiles by itself as C++, as Bazel has it, in this repository and from
# another one. (The headers of tests are C only.)
leg_bazel7_headers() {
  local limit=3600 build=(build --keep_going --noshow_progress)
  build+=(--features=parse_headers --process_headers_in_dependencies)
  check "bazel7 headers" tools/debian/bazel7.sh "$bazel7_directory" "${build[@]}" \
    //asm/... //ctx/... //examples/...
  check "bazel7 consumer's headers" tools/debian/bazel7.sh "$bazel7_directory" \
    --cd=testing/consumer "${build[@]}" //:consumer_c //:consumer_cc
}
