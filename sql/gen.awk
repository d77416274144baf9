# sql/gen.awk -- named SQL -> typed C.  awk -v src=x.sql -v out=build/.../x -f sql/gen.awk -f sql/gen_check.awk x.sql
#
# The language is on one page in sql/README.md. Every refusal names the .sql file and line; what the C
# compiler has to judge (members, types) is emitted behind #line, so that its errors point there too.
# Works with mawk and gawk: no gensub, no intervals, no arrays of arrays.

function bad(line, why) {
	printf "%s:%d: error: %s\n", src, line, why > "/dev/stderr"
	failed = 1
	exit 1
}

function trim(s) {
	gsub(/^[ \t]+|[ \t]+$/, "", s)
	return s
}

function is_word(c) {
	return c ~ /[A-Za-z0-9_]/
}

# ---- reading: annotations, then text up to the ';' that ends a line ----

BEGIN {
	nq = 0
	ninc = 0
	open_ = 0 # between -- name: and its ;
	quote = ""
	side = src ~ /^sql\/control\/queries\// ? "control" : src ~ /^sql\/tenant\/queries\// ? "tenant" : ""
	if (src ~ /^tests\/rows\//)
		side = "tenant" # a test's own queries on a test's own table
	if (side == "")
		bad(0, "a query file lives in sql/control/queries or sql/tenant/queries")
	handle = side == "control" ? "cdb" : "tdb"
	stem = src
	sub(/^.*\//, "", stem)
	sub(/\.sql$/, "", stem)
	if (stem !~ /^[a-z][a-z0-9_]*$/)
		bad(0, "a query file is named by a noun in small letters")
}

{ sub(/\r$/, "") }

quote == "" && /^[ \t]*--/ {
	line = $0
	sub(/^[ \t]*--[ \t]*/, "", line)
	if (line ~ /^include[ \t:]/) {
		sub(/^include[ \t:]+/, "", line)
		inc[ninc++] = trim(line)
	} else if (line ~ /^name:/) {
		if (open_)
			bad(NR, "query " name[nq] " has no statement ending in ;")
		start(trim(substr(line, 6)))
	} else if (line ~ /^in:/)
		read_in(trim(substr(line, 4)))
	else if (line ~ /^bound:/) {
		need_open()
		bound[nq] = trim(substr(line, 7))
	} else if (line ~ /^walks:/) {
		need_open()
		walks[nq] = trim(substr(line, 7))
	} else if (line ~ /^class:/) {
		need_open()
		class[nq] = trim(substr(line, 7))
		if (class[nq] !~ /^(add|compare|locked|own)$/)
			bad(NR, "class is add, compare, locked or own")
	}
	next
}

/^[ \t]*$/ && quote == "" { next }

{
	if (!open_)
		bad(NR, "SQL without a -- name: above it")
	if (first[nq] == 0)
		first[nq] = NR
	read_text($0 "\n")
}

function need_open() {
	if (!open_)
		bad(NR, "an annotation stands below its -- name: line")
}

function start(s,   w, n) {
	n = split(s, w, /[ \t]+/)
	nq++
	open_ = 1
	name[nq] = w[1]
	kind[nq] = w[2]
	line_of[nq] = NR
	row[nq] = ""
	text[nq] = ""
	class[nq] = ""
	bound[nq] = ""
	walks[nq] = ""
	nin[nq] = 0
	nuse[nq] = 0
	ncol[nq] = 0
	first[nq] = 0
	if (w[1] !~ /^[a-z][a-z0-9_]*$/)
		bad(NR, "a name is small letters, digits and _")
	if (w[1] in known)
		bad(NR, "the name " w[1] " is taken")
	known[w[1]] = 1
	if (w[2] !~ /^:(one|maybe|many|exactly-one|insert|any)$/)
		bad(NR, "kind is :one :maybe :many :exactly-one :insert or :any")
	if (w[2] ~ /^:(one|maybe|many)$/) {
		if (n != 4 || w[3] != "struct" || w[4] !~ /^[a-z][a-z0-9_]*$/)
			bad(NR, w[2] " names the struct it fills: -- name: x " w[2] " struct y")
		row[nq] = "struct " w[4]
	} else if (n != 2)
		bad(NR, w[2] " fills no struct")
}

function read_in(s,   w, n, i, p, type) {
	need_open()
	n = split(s, w, /,/)
	for (i = 1; i <= n; i++) {
		p = trim(w[i])
		if (p == "" && i == n)
			continue # a comma at the end of the line: more follow below
		if (p !~ /^[a-z_][a-z0-9_ ]* [a-z_][a-z0-9_]*$/)
			bad(NR, "cannot read '" p "': -- in: type name, type name (values only)")
		type = p
		sub(/ +[a-z0-9_]+$/, "", type)
		sub(/^.* /, "", p)
		if ((nq, p) in in_type)
			bad(NR, "parameter " p " twice")
		if (p == "db" || p == "a" || p == "out" || p == "rows" || p == "n" || p == "changed")
			bad(NR, "the name " p " is the generator's own: choose another")
		in_type[nq, p] = type
		in_name[nq, ++nin[nq]] = p
		in_line[nq, p] = NR
	}
}

# One character at a time: quotes are kept, comments dropped, :x becomes ?, white space becomes one blank.
function read_text(s,   i, c, d, p) {
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		d = substr(s, i + 1, 1)
		if (quote != "") {
			put(c)
			if (c == "\\" && quote != "`") {
				put(d)
				i++
			} else if (c == quote)
				quote = ""
			continue
		}
		if (c == "-" && d == "-" && substr(s, i + 2, 1) ~ /[ \t\n]/)
			return
		if (c == "#")
			bad(NR, "comments begin with --")
		if (c == "?")
			bad(NR, "values are bound by name, :x")
		if (c == "'" || c == "\"" || c == "`")
			quote = c
		if (c ~ /[ \t\n]/) {
			if (text[nq] !~ / $/ && text[nq] != "")
				put(" ")
			continue
		}
		if (c == ";") {
			if (trim(substr(s, i + 1)) != "" && trim(substr(s, i + 1)) !~ /^(--.*)?\n?$/)
				bad(NR, "one statement per name")
			finish()
			return
		}
		if (c == ":" && d == "=")
			bad(NR, "no variables in SQL")
		if (c == ":" && d ~ /[A-Za-z_]/) {
			p = ""
			while (is_word(substr(s, i + 1, 1)))
				p = p substr(s, ++i, 1)
			if (!((nq, p) in in_type))
				bad(NR, "parameter :" p " is not listed in -- in:")
			used[nq, p] = 1
			use[nq, ++nuse[nq]] = p
			use_line[nq, nuse[nq]] = NR
			put("?")
			# what the checks read: names instead of question marks
			shape[nq] = substr(shape[nq], 1, length(shape[nq]) - 1) ":" p
			continue
		}
		put(c)
	}
}

# text goes to the server; shape is the same with :names and with quoted words blanked, for the checks.
function put(c) {
	text[nq] = text[nq] c
	shape[nq] = shape[nq] (quote == "'" || quote == "\"" ? "'" : c)
	at_line[nq, length(shape[nq])] = NR
}

function finish(   i, p) {
	text[nq] = trim(text[nq])
	flat = toupper(" " trim(shape[nq]) " ")
	# An INSERT may refuse to wait for a row that another transaction holds.
	sub(/^ SET STATEMENT INNODB_LOCK_WAIT_TIMEOUT ?= ?0 FOR INSERT /, " INSERT ", flat)
	verb = flat
	sub(/^ */, "", verb)
	sub(/ .*$/, "", verb)
	for (i = 1; i <= nin[nq]; i++) {
		p = in_name[nq, i]
		if (!((nq, p) in used))
			bad(in_line[nq, p], "parameter " p " is not used")
	}
	# Which of the columns that it is ordered by stand still is another matter with other values (sql/README.md).
	anew[nq] = flat ~ / ORDER BY / && flat ~ /[ )]OR[ (]| IN ?\(|NOT ?\(/
	check_words()
	if (row[nq] != "")
		check_read()
	else
		check_write()
	open_ = 0
}

# The columns of the first SELECT: top-level commas up to the top-level FROM.
function read_columns(   s, i, c, depth, from, q, n) {
	s = shape[nq]
	match(s, /^ *[A-Za-z]+ +/)
	i = RLENGTH + 1
	if (toupper(substr(s, i)) ~ /^DISTINCT /)
		i += 9
	from = i
	depth = 0
	n = length(s)
	for (; i <= n; i++) {
		c = substr(s, i, 1)
		if (c == "(")
			depth++
		else if (c == ")")
			depth--
		else if (depth == 0 && c == ",") {
			add_column(substr(s, from, i - from), at_of(i - 1))
			from = i + 1
		} else if (depth == 0 && c == " " && toupper(substr(s, i, 6)) == " FROM ") {
			add_column(substr(s, from, i - from), at_of(i - 1))
			return
		}
	}
	add_column(substr(s, from), at_of(n))
}

# The line of the nearest character put at or before i (names of parameters stretch the shape).
function at_of(i) {
	while (i > 0 && !((nq, i) in at_line))
		i--
	return i > 0 ? at_line[nq, i] : first[nq]
}

function add_column(s, line,   c) {
	c = trim(s)
	gsub(/`/, "", c)
	if (c ~ /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?$/)
		sub(/^.*\./, "", c)
	else if (c ~ / [Aa][Ss] [A-Za-z_][A-Za-z0-9_]*$/)
		sub(/^.* /, "", c)
	else
		bad(line, "name the column '" c "' with AS")
	if ((nq, c) in col_seen)
		bad(line, "column " c " twice")
	col_seen[nq, c] = 1
	col[nq, ++ncol[nq]] = c
	col_line[nq, ncol[nq]] = line
}

# ---- writing ----

function h(s) { print s > (out ".h") }
function c_(s) { print s > (out ".c"); cline++ }
function from_sql(line) { c_("#line " line " \"" src "\"") }
function back() { c_("#line " (cline + 2) " \"" out ".c\"") }

function literal(s) {
	gsub(/\\/, "\\\\", s)
	gsub(/"/, "\\\"", s)
	return "\"" s "\""
}

function signature(q,   i, s) {
	s = "sql_" name[q] "(struct " handle " *db"
	for (i = 1; i <= nin[q]; i++)
		s = s ", " in_type[q, in_name[q, i]] " " in_name[q, i]
	if (kind[q] == ":one")
		s = s ", struct arena *a, " row[q] " *out"
	else if (kind[q] == ":maybe")
		s = s ", struct arena *a, " row[q] " **out"
	else if (kind[q] == ":many")
		s = s ", struct arena *a, " row[q] " **rows, size_t *n"
	else if (kind[q] == ":any")
		s = s ", uint64_t *changed"
	return s ")"
}

function answer_of(q) {
	if (kind[q] == ":one")
		return "E_NOT_FOUND if there is none"
	if (kind[q] == ":maybe")
		return "*out == NULL if there is none"
	if (kind[q] == ":many")
		return bound[q] != "" ? "few because " bound[q] : "bounded by LIMIT"
	if (kind[q] == ":exactly-one")
		return "E_STALE if not exactly one row matched"
	if (kind[q] == ":insert")
		return "E_STALE, field = name of the key, if it is there already"
	return "*changed rows matched"
}

function write_header(   i, guard, q) {
	guard = toupper("sql_" side "_queries_" stem "_h")
	h("/* Made by sql/gen.awk from " src ": change that file. */")
	h("#ifndef " guard)
	h("#define " guard)
	h("")
	h("#include <stddef.h>")
	h("#include <stdint.h>")
	h("")
	h("#include \"domain/base/arena.h\"")
	h("#include \"domain/base/err.h\"")
	h("#include \"sql/value.h\"")
	h("#include \"sql/db.h\"")
	for (i = 0; i < ninc; i++)
		h("#include \"" inc[i] "\"")
	for (q = 1; q <= nq; q++) {
		gsub(/\*\//, "* /", bound[q])
		h("")
		h("/* sql_" name[q] " -- " kind[q] ": " answer_of(q) " */")
		h("#line " line_of[q] " \"" src "\"")
		h("must_use enum err " signature(q) ";")
	}
	h("")
	h("#endif")
	close(out ".h")
}

function write_tables(q,   i, p) {
	if (nuse[q]) {
		c_("static const enum value_type " name[q] "_params[] = {")
		for (i = 1; i <= nuse[q]; i++) {
			p = use[q, i]
			from_sql(use_line[q, i])
			c_("\tVALUE_TYPE((" in_type[q, p] "){0}),")
		}
		back()
		c_("};")
	}
	if (ncol[q]) {
		c_("static const struct column " name[q] "_columns[] = {")
		for (i = 1; i <= ncol[q]; i++) {
			from_sql(col_line[q, i])
			c_("\tCOLUMN(" row[q] ", " col[q, i] ", \"" col[q, i] "\"),")
		}
		back()
		c_("};")
	}
	k = toupper(substr(kind[q], 2))
	sub(/-/, "_", k)
	c_("static const struct query " name[q] "_query = {")
	c_("\t.name = \"" name[q] "\", .kind = QUERY_" k ", .class_ = \"" class[q] "\",")
	c_("\t.text = " literal(text[q]) ",")
	c_("\t.file = \"" src "\", .line = " line_of[q] ", .anew = " (anew[q] ? "true" : "false") ",")
	if (nuse[q])
		c_("\t.params = " nuse[q] ", .param_types = " name[q] "_params,")
	if (ncol[q])
		c_("\t.columns = " ncol[q] ", .column = " name[q] "_columns, .row_size = sizeof(" row[q] "),")
	c_("\t.bound = " literal(bound[q]) ", .walks = " literal(walks[q]) ",")
	c_("};")
}

function write_function(q,   i, b, call) {
	c_("")
	c_("enum err")
	c_(signature(q))
	c_("{")
	b = "NULL"
	if (nuse[q]) {
		c_("\tconst struct bind b[] = {")
		for (i = 1; i <= nuse[q]; i++) {
			from_sql(use_line[q, i])
			c_("\t    BIND(" use[q, i] "),")
		}
		back()
		c_("\t};")
		b = "b"
	}
	call = handle "_conn(db), &" name[q] "_query, " b
	if (kind[q] == ":one")
		c_("\treturn stmt_one(" call ", a, out);")
	else if (kind[q] == ":many" || kind[q] == ":maybe") {
		c_("\tvoid *got = NULL;")
		if (kind[q] == ":many")
			c_("\tTRY(stmt_rows(" call ", a, &got, n));")
		else
			c_("\tTRY(stmt_maybe(" call ", a, &got));")
		c_("\t*" (kind[q] == ":many" ? "rows" : "out") " = got;")
		c_("\treturn OK;")
	} else if (kind[q] == ":any")
		c_("\treturn stmt_change(" call ", changed);")
	else
		c_("\treturn stmt_exactly_one(" call ");")
	c_("}")
	c_("")
}

END {
	if (failed)
		exit 1
	if (open_)
		bad(NR, "query " name[nq] " has no statement ending in ;")
	write_header()
	cline = 0
	c_("/* Made by sql/gen.awk from " src ": change that file. */")
	c_("#include \"" header_path() "\"")
	c_("")
	c_("#include \"sql/stmt.h\"")
	c_("")
	for (q = 1; q <= nq; q++) {
		write_tables(q)
		write_function(q)
	}
	c_("extern const struct query *const sql_" side "_" stem "[];")
	c_("const struct query *const sql_" side "_" stem "[] = {")
	for (q = 1; q <= nq; q++)
		c_("\t&" name[q] "_query,")
	c_("\tNULL};")
	close(out ".c")
}

# The header is included as "sql/tenant/queries/staff.h": build/ is on the include path.
function header_path(   s) {
	s = src
	sub(/\.sql$/, ".h", s)
	return s
}
