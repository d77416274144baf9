# sql/migrations.awk -- all migrations of both schemas -> one C file (stdout).
#
# Each file: -- why:, -- phase:, -- verify: and ONE statement. Refused: gaps in the numbers, a second
# statement, an ALTER that is not ALGORITHM=INSTANT (DDL stops every company of a cluster while it runs),
# anything but CREATE TABLE, ALTER TABLE and DROP TABLE, a column that names the company.

function bad(why) {
	printf "%s:%d: error: %s\n", FILENAME, FNR, why > "/dev/stderr"
	failed = 1
	exit 1
}

function bad_at(file, why) {
	printf "%s: error: %s\n", file, why > "/dev/stderr"
	failed = 1
	exit 1
}

function literal(s) {
	gsub(/\\/, "\\\\", s)
	gsub(/"/, "\\\"", s)
	return "\"" s "\""
}

function trim(s) {
	gsub(/^[ \t]+|[ \t]+$/, "", s)
	return s
}

FNR == 1 {
	n++
	file[n] = FILENAME
	side[n] = FILENAME ~ /^sql\/control\// ? "control" : "tenant"
	base = FILENAME
	sub(/^.*\//, "", base)
	sub(/\.sql$/, "", base)
	if (base !~ /^[0-9][0-9][0-9][0-9]_[a-z0-9_]+$/)
		bad("a migration is named NNNN_what.sql")
	name[n] = base
	step[n] = substr(base, 1, 4) + 0
	if (step[n] != ++last[side[n]])
		bad("step " last[side[n]] " of " side[n] " is missing")
	ddl[n] = ""
	ended = 0
}

{ sub(/\r$/, "") }

ddl[n] == "" && /^--[ \t]*(why|phase|verify):/ {
	value = key = $0
	sub(/^--[ \t]*/, "", key)
	sub(/:.*$/, "", key)
	sub(/^--[ \t]*[a-z]+:[ \t]*/, "", value)
	if ((n, key) in head)
		bad("-- " key ": twice")
	head[n, key] = trim(value)
	next
}

/^[ \t]*(--.*)?$/ { next }

{
	if (ended)
		bad("one statement in a file")
	line = $0
	if (match(line, /--[ \t].*$/)) {
		note = substr(line, RSTART)
		line = substr(line, 1, RSTART - 1)
		if (ddl[n] == "") {
			if (note ~ /append-only/)
				append_only[n] = 1
			if (note ~ /grows/)
				grows[n] = 1
		}
	}
	line = trim(line)
	if (line ~ /;$/) {
		ended = 1
		sub(/[ \t]*;$/, "", line)
	}
	if (line ~ /;/)
		bad("one statement in a file")
	if (line ~ /(^|[^a-z_])(tenant_id|company_id)([^a-z_]|$)/ && side[n] == "tenant")
		bad("no column names the company: the schema is the company")
	ddl[n] = ddl[n] (ddl[n] == "" ? "" : " ") line
	done[n] = ended
}

function check(i,   w, k) {
	if (head[i, "why"] == "" || head[i, "verify"] == "")
		bad_at(file[i], "the header has -- why:, -- phase: and -- verify:")
	if (head[i, "phase"] !~ /^(expand|fill|contract)$/)
		bad_at(file[i], "-- phase: is expand, fill or contract")
	if (head[i, "verify"] !~ /^SELECT /)
		bad_at(file[i], "-- verify: is a SELECT that answers 1")
	if (!done[i])
		bad_at(file[i], "the statement ends with ;")
	k = split(ddl[i], w, /[ (]+/)
	if (k < 4 || w[2] != "TABLE" || w[1] !~ /^(CREATE|ALTER|DROP)$/)
		bad_at(file[i], "a migration is CREATE TABLE, ALTER TABLE or DROP TABLE")
	table[i] = w[3]
	if (table[i] !~ /^[a-z][a-z0-9_]*$/)
		bad_at(file[i], "a table's name is small letters, without quotes and schema")
	if (w[1] == "ALTER" && ddl[i] !~ /, *ALGORITHM *= *INSTANT$/)
		bad_at(file[i], "an ALTER ends with , ALGORITHM=INSTANT")
	if (w[1] == "CREATE" && ddl[i] !~ /PRIMARY KEY/)
		bad_at(file[i], "a table has a PRIMARY KEY")
	if (w[1] == "CREATE" && ddl[i] ~ /ENGINE *= */ && ddl[i] !~ /ENGINE *= *InnoDB/)
		bad_at(file[i], "tables are InnoDB")
	creates[i] = w[1] == "CREATE"
	if (w[1] == "CREATE" && ddl[i] !~ /[^a-z_]version INT UNSIGNED/ && !append_only[i] && \
	    ddl[i] !~ /[^a-z_](hits|value) /)
		bad_at(file[i], "a table has a version, or says -- append-only behind CREATE TABLE x (")
}

function write(which,   i, n_) {
	printf "const struct migration %s_migrations[] = {\n", which
	for (i = 1; i <= n; i++) {
		if (side[i] != which)
			continue
		n_ = step[i]
		printf "    {.step = %d, .phase = PHASE_%s, .name = \"%s\",\n", step[i], toupper(head[i, "phase"]), name[i]
		printf "\t.why = %s,\n\t.verify = %s,\n", literal(head[i, "why"]), literal(head[i, "verify"])
		printf "\t.ddl = %s,\n\t.table = \"%s\"", literal(ddl[i]), table[i]
		printf ", .creates = %s, .append_only = %s, .grows = %s},\n", creates[i] ? "true" : "false", \
		    append_only[i] ? "true" : "false", grows[i] ? "true" : "false"
	}
	printf "    {.step = 0}};\n"
	return n_ + 0
}

END {
	if (failed)
		exit 1
	for (i = 1; i <= n; i++)
		check(i)
	print "/* Made by sql/migrations.awk from sql/{control,tenant}/migrations: change those files. */"
	print "#include \"sql/migrations.h\"\n"
	c = write("control")
	t = write("tenant")
	printf "const uint32_t CONTROL_STEP = %d, TENANT_STEP = %d;\n", c, t
}
