/*
 * fcgi/api/office/bills.c -- upcoming lines and the documents that take them.
 */
#include "fcgi/acts/bills.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err upcoming(struct work *w, const struct call *c);
static enum err line_make(struct work *w, const struct call *c);
static enum err line_why(struct work *w, const struct call *c);
static enum err line_put(struct work *w, const struct call *c);
static enum err line_drop(struct work *w, const struct call *c);
static enum err issue(struct work *w, const struct call *c);
static enum err bill_void(struct work *w, const struct call *c);
static enum err bill_write_off(struct work *w, const struct call *c);
static enum err bill_get(struct work *w, const struct call *c);
static enum err bills_list(struct work *w, const struct call *c);
static enum err bills_of_customer(struct work *w, const struct call *c);

#define CENTS(s, m) FIELD_INT(s, m, -CENTS_MAX, CENTS_MAX)
#define LINES_MAX 1001

static const struct field charge_fields[] = {
	FIELD_ID(struct charge_row, id),
	FIELD_ID(struct charge_row, property_id),
	FIELD_ID(struct charge_row, agreement_id),
	FIELD_ID(struct charge_row, visit_id),
	FIELD_ENUM(struct charge_row, kind, charge_kind_names),
	FIELD_DAY(struct charge_row, day),
	FIELD_DAY(struct charge_row, from_day),
	FIELD_DAY(struct charge_row, to_day),
	FIELD_MAYBE_DAY(struct charge_row, term_day),
	FIELD_INT(struct charge_row, part, 0, INT32_MAX),
	FIELD_INT(struct charge_row, of_parts, 0, INT32_MAX),
	CENTS(struct charge_row, rate_cents),
	FIELD_TEXT(struct charge_row, text, 0, BILL_TEXT_MAX),
	FIELD_INT(struct charge_row, quantity_milli, -1000000000, 1000000000),
	CENTS(struct charge_row, unit_cents),
	CENTS(struct charge_row, net_cents),
	FIELD_TEXT(struct charge_row, tax_code, 0, TAX_CODE_MAX),
	CENTS(struct charge_row, tax_cents),
	FIELD_INT(struct charge_row, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape charge_shape = {"Charge", sizeof(struct charge_row), charge_fields};

static const struct field applied_fields[] = {
	FIELD_ID(struct applied_row, bill_id),
	FIELD_ID(struct applied_row, payment_id),
	FIELD_ENUM(struct applied_row, way, pay_way_names),
	FIELD_DAY(struct applied_row, day),
	CENTS(struct applied_row, cents),
	FIELD_END
};
static const struct shape applied_shape = {"BillPaid", sizeof(struct applied_row), applied_fields};

static const struct field upcoming_fields[] = {
	FIELD_LIST(struct upcoming, lines, lines_n, &charge_shape, LINES_MAX),
	FIELD_LIST(struct upcoming, taxes, taxes_n, &bill_tax_shape, TAX_RULES_MAX),
	CENTS(struct upcoming, net_cents),
	CENTS(struct upcoming, tax_cents),
	CENTS(struct upcoming, total_cents),
	FIELD_END
};
static const struct shape upcoming_shape = {"Upcoming", sizeof(struct upcoming), upcoming_fields};

static const struct field bill_page_fields[] = {
	FIELD_ID(struct bill_page, id),
	FIELD_ENUM(struct bill_page, kind, bill_kind_names),
	FIELD_ENUM(struct bill_page, state, bill_state_names),
	FIELD_TEXT(struct bill_page, number, 0, BILL_NUMBER_MAX),
	FIELD_ID(struct bill_page, customer_id),
	FIELD_TEXT(struct bill_page, customer, 0, 120),
	FIELD_TEXT(struct bill_page, currency, 3, 3),
	FIELD_TEXT(struct bill_page, title, 0, 120),
	FIELD_LINES(struct bill_page, note, 0, 2000),
	FIELD_TEXT(struct bill_page, reason, 0, 200),
	FIELD_DAY(struct bill_page, day),
	FIELD_DAY(struct bill_page, due_day),
	CENTS(struct bill_page, opening_cents),
	CENTS(struct bill_page, net_cents),
	CENTS(struct bill_page, tax_cents),
	CENTS(struct bill_page, total_cents),
	CENTS(struct bill_page, open_cents),
	FIELD_LIST(struct bill_page, lines, lines_n, &charge_shape, LINES_MAX),
	FIELD_LIST(struct bill_page, taxes, taxes_n, &bill_tax_shape, TAX_RULES_MAX),
	FIELD_LIST(struct bill_page, paid, paid_n, &applied_shape, 500),
	FIELD_LIST(struct bill_page, moves, moves_n, &bill_move_shape, BILL_MOVES_MAX + 1),
	FIELD_MAYBE_TIME(struct bill_page, issued_at),
	FIELD_MAYBE_TIME(struct bill_page, sent_at),
	FIELD_BOOL(struct bill_page, paper),
	FIELD_INT(struct bill_page, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape bill_page_shape = {"BillPage", sizeof(struct bill_page), bill_page_fields};

static const struct field bill_card_fields[] = {
	FIELD_ID(struct bill_card, id),
	FIELD_ENUM(struct bill_card, kind, bill_kind_names),
	FIELD_ENUM(struct bill_card, state, bill_state_names),
	FIELD_TEXT(struct bill_card, number, 0, BILL_NUMBER_MAX),
	FIELD_ID(struct bill_card, customer_id),
	FIELD_TEXT(struct bill_card, customer, 0, 120),
	FIELD_TEXT(struct bill_card, currency, 3, 3),
	FIELD_TEXT(struct bill_card, title, 0, 120),
	FIELD_DAY(struct bill_card, day),
	FIELD_DAY(struct bill_card, due_day),
	CENTS(struct bill_card, total_cents),
	CENTS(struct bill_card, open_cents),
	FIELD_INT(struct bill_card, version, 1, INT32_MAX),
	FIELD_END
};
const struct shape bill_card_shape = {"BillCard", sizeof(struct bill_card), bill_card_fields};

static const struct field bill_list_fields[] = {
	FIELD_LIST(struct bill_list, rows, rows_n, &bill_card_shape, BILLS_PAGE),
	FIELD_MAYBE_DAY(struct bill_list, next_day),
	FIELD_MAYBE_ID(struct bill_list, next_id),
	FIELD_END
};
static const struct shape bill_list_shape = {"BillList", sizeof(struct bill_list), bill_list_fields};

static const struct field bills_query_fields[] = {
	FIELD_ENUM(struct bills_query, kind, bill_kind_names),
	FIELD_ENUM(struct bills_query, state, bill_state_names),
	FIELD_DAY(struct bills_query, from),
	FIELD_DAY(struct bills_query, to),
	FIELD_TEXT(struct bills_query, q, 0, 60),
	FIELD_MAYBE_DAY(struct bills_query, before_day),
	FIELD_MAYBE_ID(struct bills_query, before_id),
	FIELD_END
};
static const struct shape bills_query_shape = {"BillsQuery", sizeof(struct bills_query), bills_query_fields};

struct upcoming_query {
	struct maybe_day until;
};
static const struct field upcoming_query_fields[] = {FIELD_MAYBE_DAY(struct upcoming_query, until), FIELD_END};
static const struct shape upcoming_query_shape = {"UpcomingQuery", sizeof(struct upcoming_query),
    upcoming_query_fields};

static const struct field line_wish_fields[] = {
	FIELD_ID(struct line_wish, property_id),
	FIELD_ENUM(struct line_wish, kind, charge_kind_names),
	FIELD_DAY(struct line_wish, day),
	FIELD_TEXT(struct line_wish, text, 1, BILL_TEXT_MAX),
	FIELD_INT(struct line_wish, quantity_milli, 1, 1000000000),
	CENTS(struct line_wish, unit_cents),
	FIELD_TEXT(struct line_wish, tax_code, 0, TAX_CODE_MAX),
	FIELD_END
};
static const struct shape line_wish_shape = {"LineNew", sizeof(struct line_wish), line_wish_fields};

static const struct field line_edit_fields[] = {
	FIELD_TEXT(struct line_edit, text, 1, BILL_TEXT_MAX),
	FIELD_INT(struct line_edit, quantity_milli, 1, 1000000000),
	CENTS(struct line_edit, unit_cents),
	FIELD_TEXT(struct line_edit, tax_code, 0, TAX_CODE_MAX),
	FIELD_INT(struct line_edit, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape line_edit_shape = {"LineEdit", sizeof(struct line_edit), line_edit_fields};

struct line_drop {
	uint32_t version;
};
static const struct field line_drop_fields[] = {FIELD_INT(struct line_drop, version, 1, INT32_MAX), FIELD_END};
static const struct shape line_drop_shape = {"LineDrop", sizeof(struct line_drop), line_drop_fields};

static const struct field bill_wish_fields[] = {
	FIELD_DAY(struct bill_wish, day),
	FIELD_DAY(struct bill_wish, until),
	FIELD_MAYBE_DAY(struct bill_wish, due_day),
	FIELD_TEXT(struct bill_wish, title, 0, 120),
	FIELD_LINES(struct bill_wish, note, 0, 2000),
	FIELD_END
};
static const struct shape bill_wish_shape = {"BillNew", sizeof(struct bill_wish), bill_wish_fields};

static const struct field bill_ending_fields[] = {
	FIELD_TEXT(struct bill_ending, reason, 1, 200),
	FIELD_INT(struct bill_ending, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape bill_ending_shape = {"BillEnding", sizeof(struct bill_ending), bill_ending_fields};

static const struct field charge_why_fields[] = {
	FIELD_ID(struct charge_why, visit_id),
	FIELD_ID(struct charge_why, dose_id),
	FIELD_ID(struct charge_why, agreement_id),
	FIELD_MAYBE_DAY(struct charge_why, visit_day),
	FIELD_MAYBE_DAY(struct charge_why, term_day),
	CENTS(struct charge_why, rate_cents),
	FIELD_INT(struct charge_why, part, 0, INT32_MAX),
	FIELD_INT(struct charge_why, of_parts, 0, INT32_MAX),
	CENTS(struct charge_why, net_cents),
	CENTS(struct charge_why, again_cents),
	FIELD_BOOL(struct charge_why, known),
	FIELD_BOOL(struct charge_why, same),
	FIELD_END
};
static const struct shape charge_why_shape = {"LineWhy", sizeof(struct charge_why), charge_why_fields};

#define STORY "bills.test.mjs"
const struct endpoint office_bills[] = {
	{GET, "/customers/:id/upcoming", .may = MAY(MAY_SEE_BILLS), .query = &upcoming_query_shape, .out = &upcoming_shape,
	    .run = upcoming, .help = "What the next bill of a customer would say.", .story = STORY},
	{POST, "/customers/:id/lines", .may = MAY(MAY_BILL), .body = &line_wish_shape, .out = &upcoming_shape,
	    .run = line_make, .help = "Put a line onto a customer's next bill.", .story = STORY},
	{GET, "/lines/:id", .may = MAY(MAY_SEE_BILLS), .out = &charge_why_shape, .run = line_why,
	    .help = "Where a line comes from, and what it would be if it were reckoned again now.", .story = STORY},
	{PUT, "/lines/:id", .may = MAY(MAY_BILL), .body = &line_edit_shape, .out = &upcoming_shape, .run = line_put,
	    .help = "Change a line that no bill has taken yet.", .story = STORY},
	{POST, "/lines/:id/drops", .may = MAY(MAY_BILL), .body = &line_drop_shape, .out = &upcoming_shape,
	    .run = line_drop, .help = "Take a line off the next bill.", .story = STORY},
	{POST, "/customers/:id/bills", .may = MAY(MAY_BILL), .body = &bill_wish_shape, .out = &bill_page_shape,
	    .run = issue, .help = "Issue everything upcoming as one document.", .story = STORY},
	{GET, "/customers/:id/bills", .may = MAY(MAY_SEE_BILLS), .out = &bill_list_shape, .run = bills_of_customer,
	    .help = "A customer's documents, newest first.", .story = STORY},
	{GET, "/bills", .may = MAY(MAY_SEE_BILLS), .query = &bills_query_shape, .out = &bill_list_shape, .run = bills_list,
	    .help = "Documents of one kind and state, newest first.", .story = STORY},
	{GET, "/bills/:id", .may = MAY(MAY_SEE_BILLS), .out = &bill_page_shape, .run = bill_get,
	    .help = "One document: its lines, its taxes, what was paid of it.", .story = STORY},
	{POST, "/bills/:id/voids", .may = MAY(MAY_BILL), .body = &bill_ending_shape, .out = &bill_page_shape,
	    .run = bill_void, .help = "Take a document back of which nothing is paid.", .story = STORY},
	{POST, "/bills/:id/write-offs", .may = MAY(MAY_BILL), .body = &bill_ending_shape, .out = &bill_page_shape,
	    .run = bill_write_off, .help = "Ask no longer for what is open of a document.", .story = STORY},
	{0}
};

static enum err
upcoming(struct work *w, const struct call *c)
{
	const struct upcoming_query *q = c->query;
	struct upcoming out;

	TRY(act_upcoming(w, c->id, q->until.is ? q->until.v : (struct day){DAY_MAX}, &out));
	return reply_shape(c, &upcoming_shape, &out);
}

static enum err
line_make(struct work *w, const struct call *c)
{
	struct upcoming out;

	TRY(act_line_make(w, c->id, c->body, &out));
	return reply_created(c, &upcoming_shape, &out);
}

static enum err
line_put(struct work *w, const struct call *c)
{
	struct upcoming out;

	TRY(act_line_change(w, c->id, c->body, &out));
	return reply_shape(c, &upcoming_shape, &out);
}

static enum err
line_drop(struct work *w, const struct call *c)
{
	const struct line_drop *in = c->body;
	struct upcoming out;

	TRY(act_line_drop(w, c->id, in->version, &out));
	return reply_created(c, &upcoming_shape, &out);
}

static enum err
issue(struct work *w, const struct call *c)
{
	struct bill_page out;

	TRY(act_bill_issue(w, c->id, c->body, &out));
	return reply_created(c, &bill_page_shape, &out);
}

static enum err
bills_of_customer(struct work *w, const struct call *c)
{
	struct bill_list out;

	TRY(act_bills_of_customer(w, c->id, &out));
	return reply_shape(c, &bill_list_shape, &out);
}

static enum err
bills_list(struct work *w, const struct call *c)
{
	struct bill_list out;

	TRY(act_bills(w, c->query, &out));
	return reply_shape(c, &bill_list_shape, &out);
}

static enum err
bill_get(struct work *w, const struct call *c)
{
	struct bill_page out;

	TRY(act_bill_one(w, c->id, &out));
	return reply_shape(c, &bill_page_shape, &out);
}

static enum err
bill_void(struct work *w, const struct call *c)
{
	struct bill_page out;

	TRY(act_bill_void(w, c->id, c->body, &out));
	return reply_created(c, &bill_page_shape, &out);
}

static enum err
bill_write_off(struct work *w, const struct call *c)
{
	struct bill_page out;

	TRY(act_bill_write_off(w, c->id, c->body, &out));
	return reply_created(c, &bill_page_shape, &out);
}

static enum err
line_why(struct work *w, const struct call *c)
{
	struct charge_why out;

	TRY(act_line_why(w, c->id, &out));
	return reply_shape(c, &charge_why_shape, &out);
}
