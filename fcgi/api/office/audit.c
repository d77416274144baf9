/*
 * fcgi/api/office/audit.c -- who did what, from where.
 */
#include "fcgi/acts/audit.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

#define CSV "text/csv; charset=utf-8"

static enum err audit_list(struct work *w, const struct call *c);
static enum err audit_take(struct work *w, const struct call *c);
static enum err audit_prove(struct work *w, const struct call *c);

static const struct field audit_entry_fields[] = {
	FIELD_INT(struct audit_entry, seq, 1, INT64_C(9007199254740991)),
	FIELD_TIME(struct audit_entry, at),
	FIELD_TEXT(struct audit_entry, actor, 0, 120),
	FIELD_TEXT(struct audit_entry, verb, 1, 40),
	FIELD_TEXT(struct audit_entry, noun, 1, 24),
	FIELD_MAYBE_ID(struct audit_entry, object_id),
	FIELD_TEXT(struct audit_entry, detail, 0, AUDIT_DETAIL_MAX),
	FIELD_TEXT(struct audit_entry, ip, 0, 45),
	FIELD_TEXT(struct audit_entry, country, 0, 2),
	FIELD_END
};
static const struct shape audit_entry_shape = {
	"AuditLine", sizeof(struct audit_entry), audit_entry_fields};

static const struct field audit_page_fields[] = {
	FIELD_LIST(struct audit_page, rows, rows_n, &audit_entry_shape, AUDIT_PAGE),
	FIELD_MAYBE_INT(struct audit_page, next, 1, INT64_C(9007199254740991)),
	FIELD_END
};
static const struct shape audit_page_shape = {"AuditPage", sizeof(struct audit_page), audit_page_fields};

static const struct field audit_query_fields[] = {
	FIELD_MAYBE_INT(struct audit_query, before, 1, INT64_C(9007199254740991)),
	FIELD_TEXT(struct audit_query, q, 0, 80),
	FIELD_END
};
static const struct shape audit_query_shape = {"AuditQuery", sizeof(struct audit_query), audit_query_fields};

static const struct field audit_verdict_fields[] = {
	FIELD_INT(struct audit_verdict, lines, 0, INT64_C(9007199254740991)),
	FIELD_BOOL(struct audit_verdict, whole),
	FIELD_MAYBE_INT(struct audit_verdict, broken_at, 1, INT64_C(9007199254740991)),
	FIELD_END
};
static const struct shape audit_verdict_shape = {
	"AuditVerdict", sizeof(struct audit_verdict), audit_verdict_fields};

const struct endpoint office_audit[] = {
	{GET, "/audit", .may = MAY(MAY_READ_AUDIT), .query = &audit_query_shape, .out = &audit_page_shape,
	    .run = audit_list, .help = "The audit log, the newest line first.", .story = "people.test.mjs"},
	{GET, "/audit.csv", .may = MAY(MAY_READ_AUDIT), .query = &audit_query_shape, .file = CSV,
	    .run = audit_take, .help = "The audit log as a table, newest first, 10,000 lines at a time: where the header X-Next "
	            "is there, `before` with its number takes the next ones.",
	    .story = "people.test.mjs"},
	{GET, "/audit/verification", .may = MAY(MAY_READ_AUDIT), .out = &audit_verdict_shape,
	    .run = audit_prove, .help = "Walk the chain of the audit log: is every line as it was written.",
	    .story = "people.test.mjs"},
	{0}
};

static enum err
audit_list(struct work *w, const struct call *c)
{
	struct audit_page out;

	TRY(act_audit_page(w, c->query, &out));
	return reply_shape(c, &audit_page_shape, &out);
}

static enum err
audit_take(struct work *w, const struct call *c)
{
	struct maybe_i64 next;
	struct str csv;

	TRY(act_audit_table(w, c->query, &csv, &next));
	if (next.is)
		TRY(reply_header(c->reply, "X-Next", str_printf(w->arena, "%lld", (long long)next.v)));
	return reply_file(c, CSV, "audit.csv", csv);
}

static enum err
audit_prove(struct work *w, const struct call *c)
{
	struct audit_verdict out;

	TRY(act_audit_verify(w, &out));
	return reply_shape(c, &audit_verdict_shape, &out);
}
