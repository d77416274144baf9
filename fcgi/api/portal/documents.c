/*
 * fcgi/api/portal/documents.c -- all papers of a customer: found by kind and by word, page by page.
 */
#include "fcgi/acts/portal.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint portal_documents[];

static enum err list(struct work *w, const struct call *c);
static enum err file(struct work *w, const struct call *c);

static const struct field query_fields[] = {
	FIELD_ENUM(struct portal_documents_query, kind, portal_document_names),
	FIELD_MAYBE_DAY(struct portal_documents_query, before_day),
	FIELD_MAYBE_ID(struct portal_documents_query, before_id),
	FIELD_TEXT(struct portal_documents_query, q, 0, 60),
	FIELD_END
};
static const struct shape query_shape = {"PortalDocumentsQuery", sizeof(struct portal_documents_query), query_fields};

static const struct field document_fields[] = {
	FIELD_ENUM(struct portal_document, kind, portal_document_names),
	FIELD_ID(struct portal_document, id),
	FIELD_TEXT(struct portal_document, number, 0, BILL_NUMBER_MAX),
	FIELD_TEXT(struct portal_document, title, 0, 200),
	FIELD_DAY(struct portal_document, day),
	FIELD_INT(struct portal_document, cents, -CENTS_MAX, CENTS_MAX),
	FIELD_ENUM(struct portal_document, state, bill_state_names),
	FIELD_BOOL(struct portal_document, pdf),
	FIELD_TEXT(struct portal_document, token, 0, 400),
	FIELD_END
};
static const struct shape document_shape = {"PortalDocument", sizeof(struct portal_document), document_fields};

static const struct field list_fields[] = {
	FIELD_LIST(struct portal_documents, rows, rows_n, &document_shape, PORTAL_DOCUMENTS_PAGE),
	FIELD_MAYBE_DAY(struct portal_documents, next_day),
	FIELD_MAYBE_ID(struct portal_documents, next_id),
	FIELD_TEXT(struct portal_documents, currency, 3, 3),
	FIELD_END
};
static const struct shape list_shape = {"PortalDocuments", sizeof(struct portal_documents), list_fields};

const struct endpoint portal_documents[] = {
	{GET, "/documents", .signed_in = true, .query = &query_shape, .out = &list_shape, .run = list,
	    .help = "Offers, bills, statements, receipts and reports in one list, the newest first.", .story = "portal.test.mjs"},
	{GET, "/documents/:id/file", .signed_in = true, .file = "application/pdf", .run = file,
	    .help = "One of them as PDF.", .story = "portal.test.mjs"},
	{0}
};

static enum err
list(struct work *w, const struct call *c)
{
	struct portal_documents out;

	TRY(act_portal_documents(w, c->query, &out));
	return reply_shape(c, &list_shape, &out);
}

static enum err
file(struct work *w, const struct call *c)
{
	struct str name, path;

	TRY(act_portal_document_file(w, c->id, &name, &path));
	return reply_carried(c, "application/pdf", true, name, path);
}
