# sql/gen_check.awk -- what gen.awk refuses in a statement: the second half of one program.
#
# Reads what gen.awk has gathered of the query nq: kind, class, row, and `flat`, its text in capitals with
# :NAMES and with quoted words blanked.

function has(re) {
	return flat ~ re
}

function check_words(   i, n, w) {
	if (verb !~ /^(SELECT|INSERT|UPDATE|DELETE)$/)
		bad(first[nq], "a statement begins with SELECT, INSERT, UPDATE or DELETE")
	n = split("NOW CURDATE CURTIME SYSDATE UUID RAND GET_LOCK RELEASE_LOCK SLEEP UNIX_TIMESTAMP " \
	    "LAST_INSERT_ID UTC_TIMESTAMP LOAD_FILE BENCHMARK DATABASE SCHEMA USER", w, " ")
	for (i = 1; i <= n; i++)
		if (has("[^A-Z0-9_]" w[i] " ?\\("))
			bad(first[nq], w[i] "(): time, chance and place come in as parameters")
	if (has("[^A-Z_]CURRENT_(TIMESTAMP|DATE|TIME|USER|ROLE)[^A-Z_]"))
		bad(first[nq], "time and place come in as parameters")
	if (has(" (OUTFILE|DUMPFILE|INFILE) "))
		bad(first[nq], "no files in SQL")
	if (has("[^A-Z_](FROM|JOIN|INTO|UPDATE) `?[A-Z0-9_]+`?\\."))
		bad(first[nq], "a table is never named with its schema: the connection's account is the schema")
	if (has("@"))
		bad(first[nq], "no variables in SQL")
}

function check_read() {
	if (verb != "SELECT")
		bad(first[nq], kind[nq] " is a SELECT")
	if (has("^ SELECT +(DISTINCT +)?(`?[A-Z0-9_]+`?\\.)?\\*"))
		bad(first[nq], "no SELECT *: name the columns")
	if (class[nq] != "")
		bad(line_of[nq], "a SELECT has no class")
	if (kind[nq] == ":many" && !has("[^A-Z_]LIMIT ") && bound[nq] == "")
		bad(line_of[nq], ":many needs a LIMIT, or a line -- bound: why the rows are few")
	read_columns()
}

function check_write(   updates) {
	updates = verb == "UPDATE" || verb == "DELETE" || has(" ON DUPLICATE KEY UPDATE ")
	if (verb == "SELECT")
		bad(first[nq], kind[nq] " is a write")
	if (kind[nq] == ":insert" && (verb != "INSERT" || has("^ INSERT +IGNORE ") || updates || !has(" VALUES ?\\(")))
		bad(first[nq], ":insert is INSERT ... VALUES of one row; IGNORE, SELECT and ON DUPLICATE are :any")
	if (kind[nq] == ":exactly-one" && verb == "INSERT")
		bad(first[nq], ":exactly-one is an UPDATE or DELETE")
	if (verb == "UPDATE" && !has(" WHERE "))
		bad(first[nq], "an UPDATE has a WHERE")
	if (verb == "DELETE" && !has(" WHERE "))
		bad(first[nq], "a DELETE has a WHERE")
	if (updates && class[nq] == "")
		bad(line_of[nq], "say the class of this write: -- class: add|compare|locked|own (sql/README.md)")
	if (!updates && class[nq] != "")
		bad(line_of[nq], "an INSERT that changes no row has no class")
	if (class[nq] == "compare")
		check_compare()
	if (class[nq] == "add")
		check_add()
	if (class[nq] == "locked" && verb == "UPDATE" && !has(" VERSION = VERSION \\+ 1[ ,]"))
		bad(line_of[nq], "class locked bumps the row's version: version = version + 1")
}

function where_of(   s) {
	s = flat
	if (!sub(/^.* WHERE /, " ", s))
		return ""
	return s
}

function check_compare() {
	if (kind[nq] != ":exactly-one")
		bad(line_of[nq], "class compare is :exactly-one: no row means that somebody was faster")
	if (where_of() !~ / (`?[A-Z_]+`?\.)?VERSION = :[A-Z0-9_]*VERSION /)
		bad(line_of[nq], "class compare has WHERE ... version = :version")
	if (verb == "UPDATE" && !has(" VERSION = VERSION \\+ 1[ ,]"))
		bad(line_of[nq], "class compare has SET version = version + 1")
}

# Each assignment must be x = x + :d or x = x - :d, or with a number; or x = GREATEST(x, :d), LEAST(x, :d), which
# come to the same in any order.
function check_add(   s, w, n, i, t, col) {
	if (verb == "DELETE")
		bad(line_of[nq], "a DELETE adds nothing: it is compare, locked or own")
	s = flat
	if (verb == "UPDATE") {
		sub(/^.* SET /, "", s)
		sub(/ WHERE .*$/, "", s)
	} else
		sub(/^.* ON DUPLICATE KEY UPDATE /, "", s)
	gsub(/, *(:|VALUES ?\()/, " + &", s) # the comma inside GREATEST(x, :d) parts no assignments
	gsub(/\+ , */, "+ ", s)
	while (match(s, /(GREATEST|LEAST) ?\([A-Z0-9_]+ \+ (:[A-Z0-9_]+|VALUES ?\([A-Z0-9_]+\)) ?\)/)) {
		t = substr(s, RSTART, RLENGTH)
		sub(/^[A-Z]+ ?\(/, "", t)
		sub(/ .*$/, "", t)
		s = substr(s, 1, RSTART - 1) t " + 1" substr(s, RSTART + RLENGTH)
	}
	n = split(s, w, /,/)
	for (i = 1; i <= n; i++) {
		t = trim(w[i])
		col = t
		sub(/ *=.*$/, "", col)
		sub(/^[^=]*= */, "", t)
		if (col !~ /^[A-Z0-9_]+$/ || index(t, col " ") != 1 ||
		    substr(t, length(col) + 1) !~ /^ [-+] (:[A-Z0-9_]+|[0-9]+)$/)
			bad(line_of[nq], "class add sets x = x + :d and nothing else, not '" trim(w[i]) "'")
	}
}

