# calls.awk -- calls that only some files may make. Says one line per trespass.
#
# Comments and the insides of strings are blanked first; a call is a name of its own before a '('.

BEGIN {
	# In domain nothing asks the world; arena.c alone has memory.
	only("time clock gettimeofday clock_gettime nanosleep sleep usleep getenv setenv secure_getenv rand srand random " \
	    "getrandom arc4random printf fprintf puts putchar fputs fopen open openat read write close popen system " \
	    "fork socket exit getpid", "^(sql|tenancy|fcgi)/|^domain/base/arena\\.c$", "domain is pure")
	only("malloc calloc realloc reallocarray strdup strndup asprintf vasprintf alloca posix_memalign aligned_alloc", \
	    "^domain/base/arena\\.c$", "memory comes from an arena")
	only("time gettimeofday", "^$", "the time is w->now; the clock is read by now_read")
	only("system popen", "^$", "no shell")
	only("coat_open coat_change", "^sql/|^tenancy/lease\\.c$", "only the lease changes the coat")
	only("lease_open", "^tenancy/(lease|work)\\.[ch]$|^fcgi/(http|jobs|api)/", "only the router and the job loop open a lease")
	only("cdb_open", "^sql/|^tenancy/(lease|operator|provision|ctl[a-z_]*)\\.c$", "the control schema is opened by the house")
	only("odb_open odb_run odb_rows odb_use odb_quote odb_close odb_fault", \
	    "^sql/|^tenancy/(migrate|provision|export|import|operator|ctl|delete|rotate)[a-z_]*\\.[ch]$", \
	    "free SQL is the operator's")
	only("tdb_begin tdb_commit tdb_rollback", "^sql/|^tenancy/lease\\.c$", \
	    "the router begins and ends transactions")
	only("tdb_conn cdb_conn stmt_rows stmt_one stmt_maybe stmt_change stmt_exactly_one", "^sql/", \
	    "named queries are the only way to the database")
}

function only(names, where, why,   w, n, i) {
	nr++
	n = split(names, w, " ")
	for (i = 1; i <= n; i++)
		rule[w[i]] = rule[w[i]] " " nr
	allowed[nr] = where
	reason[nr] = why
}

FNR == 1 { comment = 0 }

{
	line = blank($0)
	while (match(line, /[A-Za-z_][A-Za-z0-9_]*[ \t]*\(/)) {
		name = substr(line, RSTART, RLENGTH)
		before = RSTART > 1 ? substr(line, RSTART - 1, 1) : ""
		sub(/[ \t]*\($/, "", name)
		line = substr(line, RSTART + RLENGTH)
		if (!(name in rule) || before == "." || before == ">")
			continue
		n = split(rule[name], r, " ")
		for (i = 1; i <= n; i++)
			if (FILENAME !~ allowed[r[i]])
				printf "%s:%d: %s(): %s\n", FILENAME, FNR, name, reason[r[i]]
	}
	# SQL is text in sql/ alone; the operator's desk makes DDL.
	if (FILENAME !~ /^sql\/|^tenancy\/(migrate|provision|export|import|operator|ctl|delete|rotate)/ && !comment && \
	    $0 ~ /"(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|GRANT) [a-zA-Z`*]/ && \
	    $0 ~ /"[^"]*(FROM|INTO|SET|TABLE|USER|DATABASE|SCHEMA) /)
		printf "%s:%d: SQL text: it lives in sql/**.sql\n", FILENAME, FNR
}

function blank(s,   i, c, d, out, quote) {
	out = ""
	quote = ""
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		d = substr(s, i, 2)
		if (comment) {
			if (d == "*/") {
				comment = 0
				i++
			}
			out = out " "
		} else if (quote != "") {
			if (c == "\\")
				i++
			else if (c == quote)
				quote = ""
			out = out "_"
		} else if (d == "/*") {
			comment = 1
			i++
			out = out " "
		} else if (d == "//")
			return out
		else {
			if (c == "\"" || c == "'")
				quote = c
			out = out c
		}
	}
	return out
}
