/*
 * fcgi/acts/audit.h -- reading the audit log: pages, a table to take along, and the proof.
 */
#ifndef FCGI_ACTS_AUDIT_H
#define FCGI_ACTS_AUDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/access/audit.h"
#include "domain/base/maybe.h"
#include "tenancy/work.h"

#define AUDIT_PAGE 50
/* One table has at most so many lines and bytes, the newest first; `before` takes the next one. */
#define AUDIT_EXPORT_LINES 10000
#define AUDIT_EXPORT_BYTES (3 * 1024 * 1024)

struct audit_query {
	struct maybe_i64 before; /* seq */
	struct str q;
};

struct audit_entry {
	int64_t seq, at;
	struct str actor, verb, noun;
	struct maybe_u64 object_id;
	struct str detail, ip, country;
};

struct audit_page {
	struct audit_entry *rows; /* newest first, at most AUDIT_PAGE */
	size_t rows_n;
	struct maybe_i64 next; /* goes into `before` */
};

struct audit_verdict {
	int64_t lines;
	bool whole;
	struct maybe_i64 broken_at; /* the first line that does not follow */
};

must_use enum err act_audit_page(struct work *w, const struct audit_query *q, struct audit_page *out);
/*
 * act_audit_table -- CSV, UTF-8, CRLF; no cell can become a formula
 *
 * csv    out  the newest lines before q->before, with a head
 * next   out  what `before` must be for the lines after these; none, if these were the last
 *
 * Errors  E_FORBIDDEN "step_up"
 */
must_use enum err act_audit_table(
    struct work *w, const struct audit_query *q, struct str *csv, struct maybe_i64 *next);
/* act_audit_verify -- walks the whole chain and compares its end with the head */
must_use enum err act_audit_verify(struct work *w, struct audit_verdict *out);

#endif
