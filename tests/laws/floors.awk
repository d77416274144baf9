# floors.awk -- who may include whom (house.md section 4). Input: the C files; says one line per trespass.
#
#   domain < sql < tenancy < fcgi;  inside domain, steps;  inside fcgi, rooms.

BEGIN {
	split("domain sql tenancy fcgi", f, " ")
	for (i = 1; i <= 4; i++)
		floor[f[i]] = i
	step_of("1 base")
	step_of("2 access") # below staff: who may do what to a colleague is asked of the permissions
	step_of("3 customers messaging pools reception routing staff stock")
	step_of("4 imports water workorders") # imports: what a row of a list may become is asked of customers and pools
	step_of("5 visits")
	step_of("6 dispatch billing payroll")
	# room -> the rooms of fcgi it may include from, and single headers. "main" is a file of fcgi itself.
	may["main"] = " main api http jobs "
	may["api"] = " api http acts "
	may["http"] = " http "
	may["acts"] = " "
	may["jobs"] = " jobs acts remote "
	may["remote"] = " remote "
	may["press"] = " press " # a program of its own: a stranger's bytes, a large library
	may["route"] = " route " # a program of its own: no database, no requests
	header["acts"] = " fcgi/http/shape.h " # and tell_<noun>.h: what follows from a change of it, whoever made it
	header["press"] = " fcgi/http/qr.h "
	header["jobs"] = " fcgi/press/press.h fcgi/http/shape.h fcgi/http/metrics.h "
	header["remote"] = " "
	# libc that a pure calculation may use
	pure = " assert.h float.h inttypes.h limits.h math.h stdalign.h stdarg.h stdbool.h stddef.h stdint.h " \
	    "stdio.h stdlib.h string.h strings.h "
}

function step_of(s,   w, n, j) {
	n = split(s, w, " ")
	for (j = 2; j <= n; j++)
		step[w[j]] = w[1]
}

function bad(why) {
	printf "%s:%d: %s\n", FILENAME, FNR, why
}

# The file without its ending.
function stem(path) {
	sub(/\.[ch]$/, "", path)
	return path
}

FNR == 1 {
	nh = split(FILENAME, here, "/")
	room = nh == 2 ? "main" : here[2]
	if (!(here[1] in floor))
		bad("no such floor: " here[1])
	if (here[1] == "domain" && !(here[2] in step))
		bad("domain/" here[2] " has no step in tests/laws/floors.awk")
	if (here[1] == "fcgi" && !(room in may))
		bad("fcgi/" room " has no room in tests/laws/floors.awk")
	seen_include = 0
}

/^[ \t]*#[ \t]*include[ \t]*</ && here[1] == "domain" && FILENAME != "domain/base/banned.h" {
	lib = $0
	sub(/^[^<]*</, "", lib)
	sub(/>.*$/, "", lib)
	if (index(pure, " " lib " ") == 0 && lib !~ /^libical\//)
		bad("domain is pure: <" lib "> is not on its list")
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
	path = $0
	sub(/^[^"]*"/, "", path)
	sub(/".*$/, "", path)
	nt = split(path, there, "/")
	first = !seen_include
	seen_include = 1
	if (FILENAME ~ /\.c$/ && first && own_header(stem(FILENAME) ".h") && path != stem(FILENAME) ".h")
		bad("a .c includes its own header first")
	if (path ~ /\.\.\// || nt < 2 || !(there[1] in floor)) {
		bad("include by whole path from the top, not \"" path "\"")
		next
	}
	if (floor[there[1]] > floor[here[1]])
		bad(here[1] " stands below " there[1] ": never up")
	if (here[1] == "domain" && there[1] == "domain" && here[2] != there[2] && \
	    step[there[2]] >= step[here[2]])
		bad("domain/" here[2] " may not see domain/" there[2] ": same step or above")
	if ((path == "sql/conn.h" || path == "sql/stmt.h") && here[1] != "sql")
		bad(path " is for sql/ and what it makes")
	if (here[1] == "fcgi" && there[1] == "fcgi") {
		to = nt == 2 ? "main" : there[2]
		if (index(may[room], " " to " ") == 0 && index(header[room], " " path " ") == 0 && \
		    !(room == "acts" && path ~ /^fcgi\/acts\/tell(_[a-z]+)?\.h$/) && \
		    path != stem(FILENAME) ".h" && !same_noun(path, FILENAME))
			bad("fcgi/" room " may not see " path)
	}
	if (here[1] == "tenancy" && there[1] == "fcgi")
		bad("never up")
}

# Parts of one noun: tell_mail.c includes the header of tell, imports_dry.c that of imports.
function same_noun(path, file,   noun) {
	noun = stem(path)
	return path ~ /\.h$/ && index(stem(file), noun "_") == 1
}

# Is there such a file? (asked of the list given, so that a seeded tree needs no disk)
function own_header(path,   i) {
	for (i = 1; i < ARGC; i++)
		if (ARGV[i] == path)
			return 1
	return 0
}
