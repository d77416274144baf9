# tally.awk -- sum the TAP of every suite into one line: `N passed, N failed`.
#
# Input is what ops/dev/test.sh writes: `### suite <name>` before a suite, `### exit <code>` after it, TAP
# between. A nested test (node:test indents its subtests, and prints them before their parent) counts once, at
# its leaf. A suite that exits with an error although no test failed is a failure; so is one that ran nothing.

function close_suite() {
	if (suite == "") return
	if (code != 0 && bad == 0) { bad = 1; complain("ended with code " code) }
	if (good + bad == 0) { bad = 1; complain("ran no test") }
	printf "%-10s %5d passed, %d failed%s\n", suite, good, bad, skipped ? ", " skipped " skipped" : ""
	passed += good; failed += bad; skips += skipped
	suite = ""
}
function complain(what) { failures[++nfailures] = suite ": " what }

/^### suite / { close_suite(); suite = $3; good = bad = skipped = 0; code = "no end"; depth = -1; below = 0; next }
/^### exit / { code = $3; next }
/^ *(not )?ok([ \t]|$)/ {
	match($0, /^ */); here = RLENGTH
	is_parent = (here < depth); depth = here
	failed_here = ($0 ~ /^ *not ok/)
	if (is_parent) {
		# A parent fails with its children; alone, if a hook of its own did.
		if (failed_here && !below) { bad++; complain(title()) }
		if (here == 0) below = 0
		next
	}
	if ($0 ~ /# SKIP/) { skipped++; next }
	if (failed_here) { bad++; below = 1; complain(title()) } else good++
	if (here == 0) below = 0
}
function title(   t) { t = $0; sub(/^ *not ok *[0-9]* *-? */, "", t); return t }

END {
	close_suite()
	for (i = 1; i <= nfailures && i <= 100; i++) print "not ok: " failures[i]
	printf "%d passed, %d failed%s\n", passed, failed, skips ? ", " skips " skipped" : ""
	exit failed > 0 || passed == 0
}
