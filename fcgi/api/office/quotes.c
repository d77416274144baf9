/*
 * fcgi/api/office/quotes.c -- offers: drafted, sent, answered.
 */
#include "fcgi/acts/quotes.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint office_quotes[];

static enum err quotes_list(struct work *w, const struct call *c);
static enum err quotes_table(struct work *w, const struct call *c);
static enum err quotes_of_customer(struct work *w, const struct call *c);
static enum err quote_make(struct work *w, const struct call *c);
static enum err quote_get(struct work *w, const struct call *c);
static enum err quote_put(struct work *w, const struct call *c);
static enum err quote_issued(struct work *w, const struct call *c);
static enum err quote_void(struct work *w, const struct call *c);
static enum err quote_reply(struct work *w, const struct call *c);
static enum err quote_answer(struct work *w, const struct call *c);

#define CENTS(s, m) FIELD_INT(s, m, -CENTS_MAX, CENTS_MAX)

static const struct field quote_answer_fields[] = {
	FIELD_ENUM(struct quote_answer, says, quote_says_names),
	FIELD_INT(struct quote_answer, choice, 0, QUOTE_OPTIONS_MAX),
	FIELD_TEXT(struct quote_answer, name, 1, 120),
	FIELD_LINES(struct quote_answer, text, 0, 600),
	FIELD_END
};
static const struct shape quote_answer_shape = {"QuoteAnswer", sizeof(struct quote_answer), quote_answer_fields};

static const struct field quote_line_fields[] = {
	FIELD_ID(struct charge_row, id),
	FIELD_INT(struct charge_row, choice, 0, QUOTE_OPTIONS_MAX),
	FIELD_ENUM(struct charge_row, kind, charge_kind_names),
	FIELD_ID(struct charge_row, item_id),
	FIELD_TEXT(struct charge_row, text, 0, BILL_TEXT_MAX),
	FIELD_INT(struct charge_row, quantity_milli, -1000000000, 1000000000),
	CENTS(struct charge_row, unit_cents),
	CENTS(struct charge_row, net_cents),
	FIELD_TEXT(struct charge_row, tax_code, 0, TAX_CODE_MAX),
	FIELD_END
};
static const struct shape quote_line_shape = {"QuoteLine", sizeof(struct charge_row), quote_line_fields};

static const struct field line_wish_fields[] = {
	FIELD_INT(struct quote_line_wish, choice, 0, QUOTE_OPTIONS_MAX),
	FIELD_ENUM(struct quote_line_wish, kind, charge_kind_names),
	FIELD_MAYBE_ID(struct quote_line_wish, item_id),
	FIELD_TEXT(struct quote_line_wish, text, 1, BILL_TEXT_MAX),
	FIELD_INT(struct quote_line_wish, quantity_milli, 1, 1000000000),
	CENTS(struct quote_line_wish, unit_cents),
	FIELD_TEXT(struct quote_line_wish, tax_code, 0, TAX_CODE_MAX),
	FIELD_END
};
static const struct shape line_wish_shape = {"QuoteLineNew", sizeof(struct quote_line_wish), line_wish_fields};
static const struct field option_wish_fields[] = {
	FIELD_TEXT(struct quote_option_wish, name, 1, 80),
	FIELD_LINES(struct quote_option_wish, text, 0, 400),
	FIELD_END
};
static const struct shape option_wish_shape = {"QuoteOptionNew", sizeof(struct quote_option_wish), option_wish_fields};
static const struct field wish_fields[] = {
	FIELD_ID(struct quote_wish, property_id),
	FIELD_ID(struct quote_wish, service_id),
	FIELD_TEXT(struct quote_wish, title, 1, 120),
	FIELD_LINES(struct quote_wish, note, 0, 2000),
	FIELD_DAY(struct quote_wish, due_day),
	FIELD_INT(struct quote_wish, deposit_ppm, 0, QUOTE_DEPOSIT_MAX),
	FIELD_LIST(struct quote_wish, options, options_n, &option_wish_shape, QUOTE_OPTIONS_MAX),
	FIELD_LIST(struct quote_wish, lines, lines_n, &line_wish_shape, QUOTE_LINES_MAX),
	FIELD_LIST(struct quote_wish, photos, photos_n, &quote_photo_shape, QUOTE_PHOTOS_MAX),
	FIELD_INT(struct quote_wish, version, 0, INT32_MAX),
	FIELD_END
};
static const struct shape wish_shape = {"QuoteEdit", sizeof(struct quote_wish), wish_fields};

static const struct field page_fields[] = {
	FIELD_ID(struct quote_page, id),
	FIELD_ENUM(struct quote_page, state, bill_state_names),
	FIELD_BOOL(struct quote_page, over),
	FIELD_TEXT(struct quote_page, number, 0, BILL_NUMBER_MAX),
	FIELD_ID(struct quote_page, customer_id),
	FIELD_TEXT(struct quote_page, customer, 0, 120),
	FIELD_ID(struct quote_page, property_id),
	FIELD_TEXT(struct quote_page, place, 0, 160),
	FIELD_ID(struct quote_page, service_id),
	FIELD_TEXT(struct quote_page, service, 0, 80),
	FIELD_TEXT(struct quote_page, currency, 3, 3),
	FIELD_TEXT(struct quote_page, title, 0, 120),
	FIELD_LINES(struct quote_page, note, 0, 2000),
	FIELD_LINES(struct quote_page, reason, 0, 200),
	FIELD_DAY(struct quote_page, day),
	FIELD_DAY(struct quote_page, due_day),
	FIELD_INT(struct quote_page, deposit_ppm, 0, QUOTE_DEPOSIT_MAX),
	FIELD_BOOL(struct quote_page, choosing),
	FIELD_LIST(struct quote_page, options, options_n, &quote_option_shape, QUOTE_OPTIONS_MAX),
	FIELD_LIST(struct quote_page, lines, lines_n, &quote_line_shape, 1001),
	FIELD_LIST(struct quote_page, photos, photos_n, &quote_photo_shape, QUOTE_PHOTOS_MAX),
	FIELD_LIST(struct quote_page, words, words_n, &quote_word_shape, QUOTE_WORDS_MAX),
	FIELD_INT(struct quote_page, picked, 0, QUOTE_OPTIONS_MAX),
	FIELD_TEXT(struct quote_page, answered_by, 0, 120),
	FIELD_MAYBE_ID(struct quote_page, visit_id),
	FIELD_MAYBE_DAY(struct quote_page, visit_day),
	FIELD_MAYBE_ID(struct quote_page, deposit_id),
	FIELD_MAYBE_TIME(struct quote_page, issued_at),
	FIELD_MAYBE_TIME(struct quote_page, sent_at),
	FIELD_MAYBE_TIME(struct quote_page, ended_at),
	FIELD_BOOL(struct quote_page, paper),
	FIELD_INT(struct quote_page, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape page_shape = {"QuotePage", sizeof(struct quote_page), page_fields};

static const struct field card_fields[] = {
	FIELD_ID(struct quote_card, id),
	FIELD_ENUM(struct quote_card, state, bill_state_names),
	FIELD_BOOL(struct quote_card, over),
	FIELD_BOOL(struct quote_card, asked),
	FIELD_TEXT(struct quote_card, number, 0, BILL_NUMBER_MAX),
	FIELD_ID(struct quote_card, customer_id),
	FIELD_ID(struct quote_card, visit_id),
	FIELD_TEXT(struct quote_card, customer, 0, 120),
	FIELD_TEXT(struct quote_card, currency, 3, 3),
	FIELD_TEXT(struct quote_card, title, 0, 120),
	FIELD_DAY(struct quote_card, day),
	FIELD_DAY(struct quote_card, due_day),
	CENTS(struct quote_card, least_cents),
	CENTS(struct quote_card, most_cents),
	FIELD_END
};
static const struct shape card_shape = {"QuoteCard", sizeof(struct quote_card), card_fields};
static const struct field list_fields[] = {
	FIELD_LIST(struct quote_list, rows, rows_n, &card_shape, QUOTES_MAX),
	FIELD_MAYBE_DAY(struct quote_list, next_day),
	FIELD_MAYBE_ID(struct quote_list, next_id),
	FIELD_END
};
static const struct shape list_shape = {"QuoteList", sizeof(struct quote_list), list_fields};

static const struct columns quote_columns = {&list_shape, "Number,Customer,Title,State,Written,Holds until,From,To",
	"Número,Cliente,Título,Estado,Escrito,Vale hasta,Desde,Hasta", "number,customer,title,state,day,due_day,least_cents,most_cents"};

static const struct field query_fields[] = {
	FIELD_ENUM(struct quotes_query, state, bill_state_names),
	FIELD_TEXT(struct quotes_query, q, 0, 60),
	FIELD_MAYBE_DAY(struct quotes_query, before_day),
	FIELD_MAYBE_ID(struct quotes_query, before_id),
	FIELD_END
};
static const struct shape query_shape = {"QuotesQuery", sizeof(struct quotes_query), query_fields};

struct quote_ending {
	struct str reason;
	uint32_t version;
};
static const struct field issue_fields[] = {FIELD_INT(struct quote_ending, version, 1, INT32_MAX), FIELD_END};
static const struct shape issue_shape = {"QuoteIssue", sizeof(struct quote_ending), issue_fields};
static const struct field ending_fields[] = {
	FIELD_TEXT(struct quote_ending, reason, 1, 200), FIELD_INT(struct quote_ending, version, 1, INT32_MAX), FIELD_END};
static const struct shape ending_shape = {"QuoteEnding", sizeof(struct quote_ending), ending_fields};
struct quote_reply_in {
	struct str text;
};
static const struct field reply_fields[] = {FIELD_LINES(struct quote_reply_in, text, 1, 1000), FIELD_END};
static const struct shape reply_in_shape = {"QuoteReply", sizeof(struct quote_reply_in), reply_fields};

#define STORY "quotes.test.mjs"
const struct endpoint office_quotes[] = {
	{GET, "/quotes", .may = MAY(MAY_SEE_BILLS), .query = &query_shape, .out = &list_shape, .run = quotes_list,
	    .help = "Offers in one state, newest first, page by page; found by a word.", .story = STORY},
	{GET, "/quotes.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_SEE_BILLS), .query = &query_shape, .file = CSV_TYPE, .columns = &quote_columns,
	    .run = quotes_table, .help = "Offers in one state as a table.", .story = "exports.test.mjs"},
	{GET, "/customers/:id/quotes", .may = MAY(MAY_SEE_BILLS), .out = &list_shape, .run = quotes_of_customer,
	    .help = "A customer's offers, newest first.", .story = STORY},
	{POST, "/customers/:id/quotes", .may = MAY(MAY_BILL), .body = &wish_shape, .out = &page_shape, .run = quote_make,
	    .help = "Draft an offer: lines, options, photos, a deposit.", .story = STORY},
	{GET, "/quotes/:id", .may = MAY(MAY_SEE_BILLS), .out = &page_shape, .run = quote_get,
	    .help = "One offer: what it says, what was asked, what became of it.", .story = STORY},
	{PUT, "/quotes/:id", .may = MAY(MAY_BILL), .body = &wish_shape, .out = &page_shape, .run = quote_put,
	    .help = "Change an offer that was not sent yet.", .story = STORY},
	{POST, "/quotes/:id/issues", .may = MAY(MAY_BILL), .body = &issue_shape, .out = &page_shape, .run = quote_issued,
	    .help = "Number an offer, seal it, and mail it with the link that answers it.", .story = STORY},
	{POST, "/quotes/:id/voids", .may = MAY(MAY_BILL), .body = &ending_shape, .out = &page_shape, .run = quote_void,
	    .help = "Withdraw an offer that nobody has answered.", .story = STORY},
	{POST, "/quotes/:id/replies", .may = MAY(MAY_BILL), .body = &reply_in_shape, .out = &page_shape, .run = quote_reply,
	    .help = "Answer what the customer asked about an offer.", .story = STORY},
	{POST, "/quotes/:id/answers", .may = MAY(MAY_BILL), .body = &quote_answer_shape, .out = &page_shape,
	    .run = quote_answer, .help = "Write down the yes or no that a customer gave by word of mouth.", .story = STORY},
	{0}
};

static enum err
quotes_list(struct work *w, const struct call *c)
{
	struct quote_list out;

	TRY(act_quotes(w, c->query, QUOTES_PAGE, &out));
	return reply_shape(c, &list_shape, &out);
}

/* Whole: a table to take away has no next page. */
static enum err
quotes_table(struct work *w, const struct call *c)
{
	struct quote_list out;

	TRY(act_quotes(w, c->query, QUOTES_MAX, &out));
	if (out.next_id.is)
		return fail(&w->fault, E_LIMIT, "q", "This is too much for one look. Search for a part of it.");
	return reply_shape(c, &list_shape, &out);
}

static enum err
quotes_of_customer(struct work *w, const struct call *c)
{
	struct quote_list out;

	TRY(act_quotes_of_customer(w, c->id, &out));
	return reply_shape(c, &list_shape, &out);
}

static enum err
quote_make(struct work *w, const struct call *c)
{
	struct quote_page out;

	TRY(act_quote_make(w, c->id, c->body, &out));
	return reply_created(c, &page_shape, &out);
}

static enum err
quote_get(struct work *w, const struct call *c)
{
	struct quote_page out;

	TRY(act_quote_one(w, c->id, &out));
	return reply_shape(c, &page_shape, &out);
}

static enum err
quote_put(struct work *w, const struct call *c)
{
	struct quote_page out;

	TRY(act_quote_change(w, c->id, c->body, &out));
	return reply_shape(c, &page_shape, &out);
}

static enum err
quote_issued(struct work *w, const struct call *c)
{
	const struct quote_ending *in = c->body;
	struct quote_page out;

	TRY(act_quote_issue(w, c->id, in->version, &out));
	return reply_created(c, &page_shape, &out);
}

static enum err
quote_void(struct work *w, const struct call *c)
{
	const struct quote_ending *in = c->body;
	struct quote_page out;

	TRY(act_quote_void(w, c->id, in->reason, in->version, &out));
	return reply_created(c, &page_shape, &out);
}

static enum err
quote_reply(struct work *w, const struct call *c)
{
	const struct quote_reply_in *in = c->body;
	struct quote_page out;

	TRY(act_quote_reply(w, c->id, in->text, &out));
	return reply_created(c, &page_shape, &out);
}

static enum err
quote_answer(struct work *w, const struct call *c)
{
	struct quote_page out;

	TRY(act_quote_answer(w, c->id, c->body, &out));
	return reply_created(c, &page_shape, &out);
}
