# shellcheck shell=bash
# How a leg runs its command, and how it counts what passed and failed. Included by .ci/run.

passed=0
failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# count TITLE NOUN PASSED FAILED [NOTE]: adds one leg to the sums.
count() {
  local title=$1 noun=$2 ok=$3 bad=$4 note=${5:-}
  if ((ok + bad == 0)); then
    bad=1
    note="it ran nothing${note:+, $note}"
  fi
  echo "leg $title: $ok $noun passed, $bad failed${note:+ ($note)} [$((SECONDS - started)) s]"
  passed=$((passed + ok))
  failed=$((failed + bad))
}

# run TITLE COMMAND...: runs the command for $limit seconds at most, shows and keeps its output.
limit=1200
run() {
  local title=$1
  shift
  echo "=== leg $title: $*"
  started=$SECONDS
  timeout --foreground --kill-after=60 "$limit" "$@" 2>&1 | tee "$log"
}

# check TITLE COMMAND...: a leg that is one check, which passes if the command does.
check() {
  if run "$@"; then count "$1" checks 1 0; else count "$1" checks 0 1; fi
}

# summed TITLE NOUN COMMAND...: a leg whose last line is `N passed, N failed`.
summed() {
  local title=$1 noun=$2 status line
  shift 2
  run "$title" "$@"
  status=$?
  line=$(tail -n 1 "$log")
  if [[ ! $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
    count "$title" "$noun" 0 1 "no count"
  elif ((status != 0 && BASH_REMATCH[2] == 0)); then
    count "$title" "$noun" "${BASH_REMATCH[1]}" 1 "exit status $status"
  else
    count "$title" "$noun" "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
  fi
}

# left_out TESTLOGS: what the tests that have just passed left out, by their logs in that directory,
# as skipped.awk prints it. Tests of other repositories are not looked at.
left_out() {
  local testlogs=$1 label directory logs arguments=() num_lost=0
  while read -r label; do
    directory=${label#//}
    logs=$(find "$testlogs/${directory/://}/" -name test.log 2>/dev/null | sort)
    if [[ -z $logs ]]; then
      echo "no log: $label"
      num_lost=$((num_lost + 1))
    fi
    # shellcheck disable=SC2206 # there are no spaces in Bazel's names
    arguments+=("test=$label" $logs)
  done < <(sed -nE 's|^(//[^ ]+) +(\([^)]*cached\) )?PASSED in .*|\1|p' "$log")
  awk -v num_idle="$num_lost" -f .ci/skipped.awk "${arguments[@]}" </dev/null
}

# tests TITLE TESTLOGS COMMAND...: a leg whose command is a `bazel test`, which leaves logs in that
# directory. Counts the line that Bazel prints for each test, cached or not, and holds the sum
# against Bazel's own. A program all of whose cases are skipped passes if it says why; one that ran
# none at all has failed.
tests() {
  local title=$1 testlogs=$2 status ok bad skipped total omitted cases excluded idle note=
  local test='^(@@?[^ ]*)?//[^ ]+ +' not_passed='FAILED|TIMEOUT|FLAKY|INCOMPLETE|NO STATUS|REMOTE'
  shift 2
  run "$title" "$@"
  status=$?
  ok=$(grep -cE "$test(\([^)]*cached\) )?PASSED in " "$log")
  skipped=$(grep -cE "${test}SKIPPED" "$log")
  bad=$(grep -cE "$test(\([^)]*cached\) )?($not_passed)" "$log")
  total=$(sed -nE 's/^Executed [0-9]+ out of ([0-9]+) tests?:.*/\1/p' "$log" | tail -n 1)
  omitted=$(left_out "$testlogs")
  head -n -1 <<<"$omitted"
  read -r cases excluded idle <<<"${omitted##*$'\n'}"
  if ((skipped > 0)); then note="$skipped tests skipped"; fi
  if ((cases + excluded > 0)); then
    note="${note:+$note, }$cases cases skipped, $excluded excluded"
  fi
  if ((ok + bad + skipped != ${total:-0})); then
    note="Bazel speaks of ${total:-no} tests"
    bad=$((bad + 1))
  elif ((status != 0 && bad == 0)); then
    note="exit status $status"
    bad=1
  fi
  if ((idle > 0)); then
    note="${note:+$note, }$idle tests ran nothing"
    ok=$((ok - idle))
    bad=$((bad + idle))
  fi
  count "$title" tests "$ok" "$bad" "$note"
}
