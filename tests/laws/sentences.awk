# sentences.awk -- what the server says to people has a Spanish twin. Input: domain/base/words.c first, then
# the C files. Says one line per sentence without a twin, and per reason that is no literal.
#
# Without a twin: an E_BUG, which people see only as "something broke", and what speaks
# to the operator at a terminal (poolctl, poolroute).

FNR == 1 { finish_file(); text = ""; file = FILENAME }
{ text = text $0 "\n" }
END { finish_file() }

function finish_file() {
	if (file == "")
		return
	if (file ~ /domain\/base\/words\.c$/ && ntwins == 0)
		read_twins()
	if (file !~ /domain\/base\/err\.[ch]$|tenancy\/(migrate|provision|export|import|operator|ctl|delete|rotate)[a-z_]*\.c$|fcgi\/route\//)
		read_calls()
}

# { "english", "spanish" } pairs, each of one or more literals
function read_twins(   p, a, b) {
	p = 1
	while ((p = next_of(text, "{\"", p)) > 0) {
		p++
		a = literals(p)
		p = after
		if (substr(text, p, 1) != ",")
			continue
		p = skip_space(p + 1)
		b = literals(p)
		p = after
		if (a != "" && b != "") {
			twin[a] = 1
			ntwins++
		}
	}
	if (ntwins == 0)
		print file ":1: no twins found"
}

function next_of(s, what, from,   i) {
	i = index(substr(s, from), what)
	return i ? from + i - 1 : 0
}

function skip_space(p) {
	while (substr(text, p, 1) ~ /^[ \t\n]$/)
		p++
	return p
}

# adjacent literals from p on, joined; `after` = the next thing behind them
function literals(p,   out, c) {
	out = ""
	while (substr(text, p, 1) == "\"") {
		p++
		while ((c = substr(text, p, 1)) != "\"" && c != "") {
			out = out c
			p++
			if (c == "\\") {
				out = out substr(text, p, 1)
				p++
			}
		}
		p = skip_space(p + 1)
	}
	after = p
	return out
}

function line_at(p,   s) {
	s = substr(text, 1, p)
	return gsub(/\n/, "", s) + 1
}

function read_calls(   p, q, before, name) {
	p = 1
	while ((p = next_of(text, "fail(", p)) > 0) {
		before = p > 1 ? substr(text, p - 1, 1) : " "
		q = p + 5
		if (before !~ /[A-Za-z0-9_"]/ && !in_comment(p))
			check(p, q, 4)
		p = q
	}
	p = 1
	while ((p = next_of(text, "words_say(", p)) > 0) {
		q = p + 10
		if (substr(text, p - 1, 1) !~ /[*\n]/ && !in_comment(p))
			check(p, q, 2)
		p = q
	}
}

# a line that is inside a comment: begins with "/*" or " *", or has a "//" before
function in_comment(p,   s) {
	s = substr(text, 1, p)
	sub(/^.*\n/, "", s)
	return s ~ /^[ \t]*(\/\*|\*)/ || s ~ /#define/
}

function defined_at(q,   name, d) {
	name = substr(text, q, 60)
	sub(/[^A-Z0-9_].*$/, "", name)
	d = index(text, "#define " name " \"")
	return d ? d + 9 + length(name) : 0
}

# The n-th argument of the call whose '(' is before q.
function check(p, q, n,   depth, c, arg, said, where) {
	depth = 0
	arg = 1
	q = skip_space(q)
	second = ""
	while (arg < n) {
		if (arg == 2)
			second = second substr(text, q, 1)
		c = substr(text, q, 1)
		if (c == "")
			return
		if (c == "\"") {
			literals(q)
			q = after
			continue
		}
		if (c == "(")
			depth++
		if (c == ")" && depth-- == 0)
			return
		if (c == "," && depth == 0)
			arg++
		q++
	}
	q = skip_space(q)
	if (n == 4 && second ~ /^[ \t\n]*E_BUG,?$/)
		return
	if (substr(text, q, 1) ~ /[A-Z]/ && defined_at(q) > 0) { # a literal with a name: #define SAY_X "..."
		said = literals(defined_at(q))
		if (!(said in twin))
			printf "%s:%d: no Spanish twin in domain/base/words.c: \"%s\"\n", file, line_at(p), said
		return
	}
	if (substr(text, q, 1) != "\"") {
		if (n == 4 && substr(text, q, 4) != "NULL")
			printf "%s:%d: the reason of a fail() is a literal: it is the key of its twin\n", file, line_at(p)
		return
	}
	said = literals(q)
	if (substr(text, after, 1) !~ /[,)]/)
		printf "%s:%d: the reason of a fail() is a literal and nothing else\n", file, line_at(p)
	else if (!(said in twin))
		printf "%s:%d: no Spanish twin in domain/base/words.c: \"%s\"\n", file, line_at(p), said
}
