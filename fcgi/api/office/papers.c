/*
 * fcgi/api/office/papers.c -- documents going out, and statements.
 */
#include "fcgi/acts/papers.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err statement_get(struct work *w, const struct call *c);
static enum err bill_send(struct work *w, const struct call *c);
static enum err paper_get(struct work *w, const struct call *c);
static enum err proof_get(struct work *w, const struct call *c);
static enum err paper_make(struct work *w, const struct call *c);

#define CENTS(s, m) FIELD_INT(s, m, -CENTS_MAX, CENTS_MAX)

static const struct field statement_line_fields[] = {
	FIELD_DAY(struct statement_line, day),
	FIELD_ENUM(struct statement_line, kind, posting_kind_names),
	FIELD_ID(struct statement_line, bill_id),
	FIELD_ID(struct statement_line, payment_id),
	FIELD_TEXT(struct statement_line, number, 0, BILL_NUMBER_MAX),
	FIELD_TEXT(struct statement_line, what, 0, 400),
	FIELD_ENUM(struct statement_line, way, move_way_names),
	CENTS(struct statement_line, cents),
	CENTS(struct statement_line, balance_cents),
	FIELD_END
};
static const struct shape statement_line_shape = {"StatementLine", sizeof(struct statement_line),
    statement_line_fields};
static const struct field statement_fields[] = {
	FIELD_ID(struct statement, customer_id),
	FIELD_TEXT(struct statement, customer, 0, 120),
	FIELD_TEXT(struct statement, currency, 3, 3),
	FIELD_DAY(struct statement, from),
	FIELD_DAY(struct statement, to),
	CENTS(struct statement, opening_cents),
	CENTS(struct statement, closing_cents),
	FIELD_LIST(struct statement, lines, lines_n, &statement_line_shape, STATEMENT_LINES_MAX),
	FIELD_END
};
static const struct shape statement_shape = {"Statement", sizeof(struct statement), statement_fields};

static const struct columns statement_columns = {&statement_shape, "Day,Kind,Number,What,Way,Amount,Balance",
	"Día,Clase,Número,Qué,Forma,Importe,Saldo", "day,kind,number,what,way,cents,balance_cents"};

static const struct field statement_query_fields[] = {
	FIELD_DAY(struct statement_query, from), FIELD_DAY(struct statement_query, to), FIELD_END};
static const struct shape statement_query_shape = {"StatementQuery", sizeof(struct statement_query),
    statement_query_fields};

struct sending {
	uint32_t version;
};
static const struct field sending_fields[] = {FIELD_INT(struct sending, version, 1, INT32_MAX), FIELD_END};
static const struct shape sending_shape = {"BillSending", sizeof(struct sending), sending_fields};

#define STORY "bills.test.mjs"
const struct endpoint office_papers[] = {
	{GET, "/customers/:id/statement", .may = MAY(MAY_SEE_BILLS), .query = &statement_query_shape,
	    .out = &statement_shape, .run = statement_get,
	    .help = "What moved a customer's balance between two days, with what was carried over.", .story = STORY},
	{GET, "/customers/:id/statement.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_SEE_BILLS), .query = &statement_query_shape,
	    .file = CSV_TYPE, .columns = &statement_columns, .run = statement_get,
	    .help = "What moved a customer's balance between two days.", .story = "exports.test.mjs"},
	{POST, "/bills/:id/sendings", .may = MAY(MAY_BILL), .body = &sending_shape, .run = bill_send,
	    .help = "Send a document by mail, again if need be.", .story = STORY},
	{GET, "/bills/:id/paper", .may = MAY(MAY_SEE_BILLS), .file = "application/pdf", .run = paper_get,
	    .help = "A document as PDF.", .story = "runs.test.mjs"},
	{GET, "/bills/:id/proof", .may = MAY(MAY_SEE_BILLS), .file = "text/plain; charset=utf-8", .run = proof_get,
	    .help = "A document as it was signed: poolctl verify checks it offline.", .story = "runs.test.mjs"},
	{POST, "/bills/:id/papers", .may = MAY(MAY_SEE_BILLS), .run = paper_make,
	    .help = "Draw a document that has no PDF yet.", .story = "runs.test.mjs"},
	{0}
};

static enum err
statement_get(struct work *w, const struct call *c)
{
	struct statement out;

	TRY(act_statement(w, c->id, c->query, &out));
	return reply_shape(c, &statement_shape, &out);
}

static enum err
bill_send(struct work *w, const struct call *c)
{
	const struct sending *in = c->body;

	TRY(act_bill_send(w, c->id, in->version));
	return reply_nothing(c);
}

static enum err
paper_get(struct work *w, const struct call *c)
{
	struct paper_served out;

	TRY(act_paper_serve(w, c->id, &out));
	return reply_carried(c, "application/pdf", true, out.name, out.path);
}

static enum err
paper_make(struct work *w, const struct call *c)
{
	TRY(act_paper_make(w, c->id));
	return reply_nothing(c);
}

static enum err
proof_get(struct work *w, const struct call *c)
{
	struct paper_proof out;

	TRY(act_paper_proof(w, c->id, &out));
	return reply_file(c, "text/plain; charset=utf-8", str_printf(w->arena, "%.*s.proof", STR_ARG(out.number)).p, out.proof);
}
