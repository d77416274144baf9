# sql/queries.awk -- the list of all named queries, from the names of their files (arguments) -> C (stdout).
BEGIN {
	print "/* Made by sql/queries.awk from the names of the files of queries. */"
	print "#include \"sql/stmt.h\"\n"
	for (i = 1; i < ARGC; i++) {
		split(ARGV[i], part, "/")
		stem = part[4]
		sub(/\.sql$/, "", stem)
		list = "sql_" part[2] "_" stem
		print "extern const struct query *const " list "[];"
		lists[part[2]] = lists[part[2]] "\t" list ",\n"
	}
	print "\nconst struct query *const *const sql_control_queries[] = {\n" lists["control"] "\tNULL};"
	print "\nconst struct query *const *const sql_tenant_queries[] = {\n" lists["tenant"] "\tNULL};"
	exit
}
