/*
 * tenancy/export_rows.h -- inside an export: its tables, written as CSV and as SQL. Only export*.c
 * include it.
 */
#ifndef TENANCY_EXPORT_ROWS_H
#define TENANCY_EXPORT_ROWS_H

#include "tenancy/export.h"
#include "tenancy/tar.h"

/* One export under way. */
struct out {
	struct operator* op;
	const struct tenant_row *t;
	struct tar_out tar;
	int64_t now;
	struct arena *texts; /* what grows while pages of rows come and go in op->arena */
	struct arena *last;  /* the last key of a page */
	struct buf line;     /* the row being written */
	struct buf secrets;  /* lines of sealed.bin */
	struct buf counts;   /* lines of the manifest */
	void (*told)(void *ctx, int64_t done, int64_t all); /* may be NULL */
	void *ctx;
	int64_t done, all;   /* tables and files */
};

/* export_tables -- names of the tables that are taken out, in order */
must_use enum err export_tables(struct out *o, struct str **names, size_t *n);

/* export_table -- one table as csv/ and sql/ members; its secrets go to o->secrets, its count to
 * o->counts */
must_use enum err export_table(struct out *o, struct str name);

#endif
