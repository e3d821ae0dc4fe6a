# Shows what test programs left out: awk -f skipped.awk test=//a:b LOG... test=//c:d LOG...
#
# Reads the logs of tests that have passed, and prints each case that was skipped and why, what a
# case excluded, and which programs ran no case at all. The last line is three numbers: cases
# skipped, what was excluded, and num_idle, to which it adds programs that ran nothing and do not
# say why.
# A program without cases (one that prints neither googletest's lines nor the like) is one case.

BEGIN { num_tests = num_listed = 0 }

FNR == 1 {
  if (!(test in seen)) tests[num_tests++] = test
  seen[test]
  is_over = 0
  case_name = why = ""
}

/^\[=+\] Running |^\[ +RUN *\]|^[0-9]+ cases, [0-9]+ failed$/ { has_cases[test] = 1 }

# A summary follows, which names what was skipped again.
/^\[=+\] .* ran\./ { is_over = 1 }
is_over { next }

/^\[ +RUN *\]/ {
  case_name = $0
  sub(/^\[ +RUN *\] /, "", case_name)
  why = ""
  next
}

/^\[ +(OK|FAILED) *\]/ { num_run[test]++ }

# Of a whole case, the reason stands before this line; of a part, in it.
/^\[ +SKIPPED *\]/ {
  what = $0
  sub(/^\[ +SKIPPED *\] /, "", what)
  sub(/ \([0-9]+ ms\)$/, "", what)
  is_whole = what == case_name
  if (is_whole && why == "") {
    why = "it does not say why"
  } else if (is_whole) {
    has_reason[test] = 1
  }
  print "skipped: " test ": " case_name ": " (is_whole ? why : what)
  num_skipped++
  if (is_whole) num_skipped_in[test]++
  next
}

/^ *excluded: [0-9]/ {
  number = what = $0
  sub(/^ *excluded: /, "", number)
  sub(/^ *excluded: [0-9]+/, "", what)
  excluded[test, what] += number + 0
  if (!((test, what) in is_listed)) {
    is_listed[test, what]
    listed_test[num_listed] = test
    listed_what[num_listed++] = what
  }
  next
}

NF && !/: Skipped$/ { why = $0 }

END {
  for (i = 0; i < num_listed; i++) {
    number = excluded[listed_test[i], listed_what[i]]
    num_excluded += number
    print "excluded: " listed_test[i] ": " number listed_what[i]
  }
  for (i = 0; i < num_tests; i++) {
    test = tests[i]
    if (!has_cases[test] || num_run[test]) continue
    print "ran no case: " test ": " num_skipped_in[test] + 0 " skipped"
    if (!has_reason[test]) num_idle++
  }
  print num_skipped + 0, num_excluded + 0, num_idle + 0
}
