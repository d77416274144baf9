/*
 * fcgi/acts/quotes_answer.c -- what becomes of an offer: asked about, declined, or approved and then a job.
 *
 * The offer's row is read FOR UPDATE, so that fifty approvals of one moment follow each other: the first makes the job
 * and the deposit, the others find them made.
 */
#include "fcgi/acts/quotes.h"

#include <string.h>

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_alert.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_link.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/files.h"
#include "sql/tenant/queries/items.h"
#include "sql/tenant/queries/quotes.h"
#include "sql/tenant/queries/services.h"
#include "sql/tenant/queries/visits.h"
#include "sql/tenant/queries/wants.h"
#include "tenancy/files.h"

const char *const quote_says_names[] = {"", "approve", "decline", NULL};

static enum err approve(struct work *w, const struct quote_row *row, const struct quote_answer *in, struct quote_body *b);
static enum err job_make(struct work *w, const struct quote_row *row, const struct quote_body *b, struct str text,
    struct visit *v);
static enum err job_line(struct work *w, const struct charge_row *c, const struct visit *v, uint32_t seq);
static enum err deposit_ask(struct work *w, const struct quote_row *row, const struct visit *v, int64_t cents,
    uint64_t *bill_id);
static enum err told(struct work *w, const struct quote_row *row, const char *what, struct str name, struct str text);
static enum err shown(struct work *w, struct str token, uint64_t *id);
static enum err link_of(struct work *w, const struct quote_card *c, struct str *token);

enum err
act_quote_answer(struct work *w, uint64_t id, const struct quote_answer *in, struct quote_page *out)
{
	const enum bill_state to = in->says == QUOTE_APPROVE ? BILL_APPROVED : BILL_DECLINED;
	struct quote_body b;
	struct quote_row row;
	struct str stored;

	TRY(sql_quote_for_update(w->db, id, BILL_QUOTE, w->arena, &row));
	TRY(quote_body_read(w, row.quote, &b));
	if (row.state == to && (to == BILL_DECLINED || b.picked == (b.options_n > 1 ? in->choice : 1)))
		return act_quote_one(w, id, out);
	TRY(quote_may_answer(row.state, to, row.due_day, zone_day(w->tenant->zone, w->now), &w->fault));
	if (in->name.n == 0)
		return fail(&w->fault, E_INVALID, "name", "Write who says so.");
	b.answered_by = in->name;
	if (to == BILL_APPROVED) {
		TRY(approve(w, &row, in, &b));
		return act_quote_one(w, id, out);
	}
	TRY(quote_body_write(w, &b, &stored));
	TRY(sql_quote_answer(w->db, id, to, 0, row.net_cents, row.tax_cents, row.total_cents, w->now,
	    audit_cut(w->arena, in->text, 200), stored, row.version));
	TRY(audit(w, "quote.declined", "bill", id, in->text));
	TRY(told(w, &row, "declined", in->name, in->text));
	return act_quote_one(w, id, out);
}

static enum err
approve(struct work *w, const struct quote_row *row, const struct quote_answer *in, struct quote_body *b)
{
	const struct quote_option *option;
	struct str stored;
	struct visit v;

	TRY(quote_picks(in->choice, b->options_n > 1 ? b->options_n : 0, &w->fault));
	b->picked = b->options_n > 1 ? in->choice : 1;
	option = &b->options[b->picked - 1];
	TRY(job_make(w, row, b, in->text, &v));
	b->deposit_id.is = option->deposit_cents > 0;
	if (b->deposit_id.is)
		TRY(deposit_ask(w, row, &v, option->deposit_cents, &b->deposit_id.v));
	TRY(quote_body_write(w, b, &stored));
	TRY(sql_quote_answer(w->db, row->id, BILL_APPROVED, v.id, option->net_cents, option->tax_cents, option->total_cents,
	    w->now, audit_cut(w->arena, in->text, 200), stored, row->version));
	TRY(audit(w, "quote.approved", "bill", row->id, in->name));
	return told(w, row, "approved", in->name, option->name);
}

/* On the board tomorrow, nobody's yet: the office finds the day. Its lines are what was picked. */
static enum err
job_make(struct work *w, const struct quote_row *row, const struct quote_body *b, struct str text, struct visit *v)
{
	const struct quote_option *option = &b->options[b->picked - 1];
	const bool choosing = b->options_n > 1;
	struct service_row service;
	struct charge_row *lines;
	uint32_t seq = 0;
	size_t n;

	TRY(sql_service_one(w->db, b->service_id, w->arena, &service));
	*v = (struct visit){.id = work_id(w), .customer_id = row->customer_id, .property_id = row->property_id,
	    .service_id = b->service_id, .day = day_add(zone_day(w->tenant->zone, w->now), 1), .seq = VISIT_SEQ_MAX,
	    .minutes = service.minutes, .state = VISIT_SCHEDULED, .source = VISIT_OF_WORKORDER, .by_hand = true, .version = 1};
	v->note = audit_cut(w->arena, str_printf(w->arena, "%.*s: %.*s%s%.*s%s%.*s", STR_ARG(quote_number(w, row->seq)),
	    STR_ARG(row->title), choosing ? ", " : "", STR_ARG(choosing ? option->name : STR("")), text.n > 0 ? "\n" : "",
	    STR_ARG(text)), 900);
	TRY(sql_visit_insert(w->db, v->id, v->agreement_id, v->occurs_day, v->customer_id, v->property_id, v->pool_id,
	    v->service_id, v->day, v->tech_id, v->seq, v->from_minute, v->to_minute, v->minutes, v->state, v->source,
	    v->by_hand, v->note, STR("")));
	TRY(sql_charges_of_bill(w->db, row->id, w->arena, &lines, &n));
	for (size_t i = 0; i < n; i++)
		/* The customer's own discount is reckoned by the bill itself. */
		if (quote_takes(lines[i].choice, choosing ? b->picked : 0) && !str_starts(lines[i].line_key, STR("discount:")))
			TRY(job_line(w, &lines[i], v, ++seq));
	TRY(tell_visit(w, NULL, v, &(struct visit_said){.verb = VERB_MADE}));
	return tell_standing(w, v->customer_id);
}

static enum err
job_line(struct work *w, const struct charge_row *c, const struct visit *v, uint32_t seq)
{
	const bool thing = c->kind == CHARGE_PART || c->kind == CHARGE_ITEM;
	struct item_row item = {0};
	int64_t cost = 0;

	if (c->item_id != 0) {
		enum err e = sql_item_one(w->db, c->item_id, w->arena, &item);

		if (!tell_absent(w, e)) {
			TRY(e);
			TRY(price_quantity(item.cost_cents, c->quantity_milli, &cost, &w->fault));
		}
	}
	return sql_want_insert(w->db, work_id(w), BILL_WANTED, v->customer_id, v->property_id, v->id, c->item_id, c->kind,
	    str_printf(w->arena, "job:%llu", (unsigned long long)c->id), v->day, c->rate_cents, c->text, c->quantity_milli,
	    c->unit_cents, c->net_cents, c->tax_code, c->tax_area, seq, thing ? GOT_NEEDED : GOT_NOT, cost, w->now);
}

/* Asked for now, as an invoice of its own; taken off again when the job is billed. */
static enum err
deposit_ask(struct work *w, const struct quote_row *row, const struct visit *v, int64_t cents, uint64_t *bill_id)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	const uint64_t line_id = work_id(w);
	struct upcoming_bill u = {.rows = arena_new(w->arena, struct charge_row), .n = 1};
	struct customer_row customer;
	struct str text, back;

	TRY(sql_customer_one(w->db, row->customer_id, w->arena, &customer));
	const enum language l = language_of(customer.language);
	text = str_printf(w->arena, "%s %.*s", words_say(l, "Deposit for"), STR_ARG(quote_number(w, row->seq)));
	back = str_printf(w->arena, "%s %.*s", words_say(l, "Deposit of"), STR_ARG(quote_number(w, row->seq)));
	TRY(tell_charge(w, &(struct charge_row){.id = line_id, .customer_id = row->customer_id,
	    .property_id = row->property_id, .kind = CHARGE_DEPOSIT,
	    .line_key = str_printf(w->arena, "deposit:%llu", (unsigned long long)row->id), .day = today, .from_day = today,
	    .to_day = today, .part = 1, .of_parts = 1, .rate_cents = cents, .text = text, .quantity_milli = 1000,
	    .unit_cents = cents, .net_cents = cents}));
	TRY(sql_want_insert(w->db, work_id(w), BILL_WANTED, v->customer_id, v->property_id, v->id, 0, CHARGE_DEPOSIT,
	    str_printf(w->arena, "job:deposit:%llu", (unsigned long long)row->id), v->day, -cents, back, 1000, -cents, -cents,
	    STR(""), STR(""), 999, GOT_NOT, 0, w->now));
	TRY(sql_charge_one(w->db, line_id, w->arena, u.rows));
	TRY(upcoming_reckon(w, row->customer_id, &u));
	const struct bill_row bill = {.id = work_id(w), .kind = BILL_INVOICE, .state = BILL_DRAFT,
	    .customer_id = row->customer_id, .property_id = row->property_id, .day = today, .due_day = today, .title = text,
	    .note = STR(""), .version = 1};
	TRY(bill_issue(w, &bill, &u));
	*bill_id = bill.id;
	return tell_paper(w, bill.id, u.rules.mails.v ? PAPER_ISSUED : PAPER_KEPT);
}

/* The office hears of it, wherever it looks. */
static enum err
told(struct work *w, const struct quote_row *row, const char *what, struct str name, struct str text)
{
	const struct event_value values[] = {{STR("number"), quote_number(w, row->seq)}, {STR("name"), name}, {STR("what"), text}};
	const char *said = words_say(ENGLISH, "A question about quote %s");
	static const struct {
		const char *what;
		enum event_kind event;
	} kinds[] = {{"approved", EVENT_QUOTE_APPROVED}, {"declined", EVENT_QUOTE_DECLINED}, {"asks", EVENT_QUOTE_ASKED}};

	if (strcmp(what, "approved") == 0)
		said = words_say(ENGLISH, "Quote %s is approved");
	else if (strcmp(what, "declined") == 0)
		said = words_say(ENGLISH, "Quote %s is declined");
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].what, what) == 0)
			TRY(tell_event(w, &(struct event){.customer_id = row->customer_id, .property_id = row->property_id,
			    .kind = kinds[i].event, .ref_kind = RECORD_BILL, .ref_id = row->id, .values = values,
			    .values_n = text.n > 0 ? 3 : 2}));
	if (w->actor.kind == ACTOR_STAFF)
		return tell_live(w);
	return tell_alert_customer(w, ALERT_QUOTE, row->customer_id, str_printf(w->arena, "%s\n%.*s%s%.*s", said,
	    STR_ARG(quote_number(w, row->seq)), text.n > 0 ? "\n\n" : "", STR_ARG(text)));
}

enum err
act_quote_shown(struct work *w, struct str token, struct quote_page *out)
{
	uint64_t id;

	TRY(shown(w, token, &id));
	return act_quote_one(w, id, out);
}

enum err
act_quote_answered(struct work *w, struct str token, const struct quote_answer *in, struct quote_page *out)
{
	uint64_t id;

	TRY(shown(w, token, &id));
	return act_quote_answer(w, id, in, out);
}

enum err
act_quote_ask(struct work *w, struct str token, struct str text, struct quote_page *out)
{
	struct quote_body b;
	struct quote_row row;
	struct str by, stored;
	uint64_t id;

	TRY(shown(w, token, &id));
	TRY(sql_quote_for_update(w->db, id, BILL_QUOTE, w->arena, &row));
	TRY(quote_body_read(w, row.quote, &b));
	TRY(tell_actor(w, &by));
	TRY(quote_word_add(w, &b, false, by, text));
	TRY(quote_body_write(w, &b, &stored));
	TRY(sql_quote_body_set(w->db, id, stored, row.version));
	TRY(told(w, &row, "asks", by, text));
	return act_quote_one(w, id, out);
}

enum err
act_quote_photo(struct work *w, struct str token, uint64_t file_id, bool small, struct str *path)
{
	struct quote_page page;
	struct file_row file;

	TRY(act_quote_shown(w, token, &page));
	for (size_t i = 0; i < page.photos_n; i++) {
		if (page.photos[i].id != file_id)
			continue;
		TRY(sql_file_one(w->db, file_id, w->arena, &file));
		if (file.state != FILE_READY)
			break;
		*path = str_printf(w->arena, "%s/%.*s", w->tenant->schema,
		    STR_ARG(file_name(w->arena, file_id, small ? "small.jpg" : "jpg")));
		return OK;
	}
	return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
}

enum err
act_quotes_mine(struct work *w, struct quote_list *out)
{
	size_t n = 0;

	TRY(act_quotes_of_customer(w, w->actor.id, out));
	for (size_t i = 0; i < out->rows_n; i++) {
		struct quote_card *c = &out->rows[i];

		if (c->state == BILL_DRAFT || c->state == BILL_VOID)
			continue;
		TRY(link_of(w, c, &c->token));
		out->rows[n++] = *c;
	}
	out->rows_n = n;
	return OK;
}

static enum err
link_of(struct work *w, const struct quote_card *c, struct str *token)
{
	struct str url;

	TRY(quote_link(w, c->id, c->due_day, &url));
	str_cut(url, '#', token);
	return OK;
}

/* Who holds the link speaks for the customer, and for this offer alone. A draft is shown to nobody. */
static enum err
shown(struct work *w, struct str token, uint64_t *id)
{
	struct customer_row customer;
	struct quote_row row;

	TRY(link_shown(w, LINK_QUOTE, token, id));
	TRY(sql_quote_one(w->db, *id, BILL_QUOTE, w->arena, &row));
	if (row.state == BILL_DRAFT)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	TRY(sql_customer_one(w->db, row.customer_id, w->arena, &customer));
	w->actor = (struct actor){.kind = ACTOR_CUSTOMER, .id = row.customer_id, .language = language_of(customer.language)};
	return OK;
}
