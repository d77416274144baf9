/*
 * fcgi/acts/portal_papers.c -- every paper of a customer in one list: offers, bills, receipts, reports.
 */
#include "fcgi/acts/portal.h"

#include <assert.h>

#include "domain/base/file.h"
#include "domain/billing/ledger.h"
#include "domain/billing/payment.h"
#include "fcgi/acts/tell_bill.h"
#include "fcgi/acts/tell_quote.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/files.h"
#include "sql/tenant/queries/portal.h"
#include "tenancy/files.h"

const char *const portal_document_names[] = {"any", "quote", "invoice", "statement", "receipt", "report", NULL};
static_assert(sizeof(portal_document_names) / sizeof(char *) == DOCUMENT_KINDS + 1, "each has its name");
static_assert((int)DOCUMENT_QUOTE == (int)BILL_QUOTE && (int)DOCUMENT_INVOICE == (int)BILL_INVOICE &&
		  (int)DOCUMENT_STATEMENT == (int)BILL_STATEMENT, "bills keep their numbers");

static enum err document_of(struct work *w, const struct portal_document_row *row, struct portal_document *out);

enum err
act_portal_documents(struct work *w, const struct portal_documents_query *q, struct portal_documents *out)
{
	struct portal_document_row *row;
	struct company_row company;
	size_t n;

	TRY(sql_company(w->db, w->arena, &company));
	TRY(sql_portal_documents(w->db, w->actor.id, (uint32_t)q->kind, q->before_day.is ? q->before_day.v : (struct day){DAY_MAX},
	    q->before_id.is ? q->before_id.v : UINT64_MAX, str_trim(q->q), str_digits(w->arena, q->q), BILL_DRAFT, PAYMENT_SETTLED,
	    PAY_CREDIT, VISIT_DONE, w->arena, &row, &n));
	*out = (struct portal_documents){.rows = arena_array(w->arena, struct portal_document, n + 1), .currency = company.currency};
	for (; out->rows_n < n && out->rows_n < PORTAL_DOCUMENTS_PAGE; out->rows_n++)
		TRY(document_of(w, &row[out->rows_n], &out->rows[out->rows_n]));
	if (n > PORTAL_DOCUMENTS_PAGE) {
		out->next_day = (struct maybe_day){true, row[PORTAL_DOCUMENTS_PAGE - 1].day};
		out->next_id = (struct maybe_u64){true, row[PORTAL_DOCUMENTS_PAGE - 1].id};
	}
	return OK;
}

static enum err
document_of(struct work *w, const struct portal_document_row *row, struct portal_document *out)
{
	char number[BILL_NUMBER_MAX + 1];
	struct str url, page;

	*out = (struct portal_document){.kind = (enum portal_document_kind)row->kind, .id = row->id, .number = STR(""),
	    .title = row->title, .day = row->day, .cents = row->cents, .state = (enum bill_state)row->state, .pdf = row->pdf,
	    .token = STR("")};
	if (row->seq.is) {
		bill_number((enum bill_kind)row->kind, row->seq.v, number);
		out->number = str_copy(w->arena, str_of(number));
	}
	if (out->kind != DOCUMENT_QUOTE)
		return OK;
	TRY(quote_link(w, row->id, row->due_day, &url));
	page = str_cut(url, '#', &out->token);
	(void)page;
	return OK;
}

enum err
act_portal_document_file(struct work *w, uint64_t id, struct str *name, struct str *path)
{
	struct file_row row;
	bool theirs;

	TRY(sql_file_one(w->db, id, w->arena, &row));
	TRY(tell_theirs(w, row.customer_id, w->actor.id, &theirs));
	if (!theirs || row.archived_at.is || row.state != FILE_READY ||
	    (row.on_kind != RECORD_BILL && row.on_kind != RECORD_PAYMENT) || row.on_id != id)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	*name = str_printf(w->arena, "%.*s.%s", STR_ARG(row.name), "pdf");
	*path = str_printf(w->arena, "%s/%.*s", w->tenant->schema, STR_ARG(file_name(w->arena, id, "pdf")));
	return OK;
}
