/*
 * fcgi/acts/quotes.c -- load, decide, save, tell: offers as the office makes them.
 */
#include "fcgi/acts/quotes.h"

#include <string.h>

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_board.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/files.h"
#include "sql/tenant/queries/items.h"
#include "sql/tenant/queries/properties.h"
#include "sql/tenant/queries/quotes.h"
#include "sql/tenant/queries/services.h"
#include "sql/tenant/queries/visits.h"


static enum err checked(struct work *w, uint64_t customer_id, const struct quote_wish *in, struct tax_place *place);
static enum err lines_write(struct work *w, uint64_t id, uint64_t customer_id, const struct quote_wish *in,
    struct str tax_area);
static enum err body_of(struct work *w, uint64_t customer_id, const struct quote_wish *in, uint64_t id,
    struct str *stored);
static enum err options_reckon(struct work *w, uint64_t customer_id, struct quote_body *b, const struct charge_row *lines,
    size_t n);
static enum err sealed_lines(struct work *w, const struct quote_row *row, struct quote_body *b, struct upcoming_bill *u);
static enum err cards(struct work *w, const struct quote_card_row *rows, size_t n, struct quote_list *out);
static bool is_over(const struct work *w, enum bill_state state, struct day last);

enum err
act_quote_make(struct work *w, uint64_t customer_id, const struct quote_wish *in, struct quote_page *out)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	const uint64_t id = work_id(w);
	struct company_row company;
	struct tax_place place;
	struct str body;

	TRY(checked(w, customer_id, in, &place));
	TRY(sql_company(w->db, w->arena, &company));
	TRY(sql_bill_insert(w->db, id, BILL_QUOTE, BILL_DRAFT, customer_id, in->property_id, 0, company.currency, today,
	    in->due_day, in->title, in->note, w->now));
	TRY(lines_write(w, id, customer_id, in, place.tax_area));
	TRY(body_of(w, customer_id, in, id, &body));
	TRY(sql_quote_body_set(w->db, id, body, 1));
	TRY(audit(w, "quote.drafted", "bill", id, in->title));
	return act_quote_one(w, id, out);
}

enum err
act_quote_change(struct work *w, uint64_t id, const struct quote_wish *in, struct quote_page *out)
{
	struct tax_place place;
	struct quote_row row;
	struct str body;
	uint64_t dropped;

	TRY(sql_quote_for_update(w->db, id, BILL_QUOTE, w->arena, &row));
	if (row.state != BILL_DRAFT)
		return fail(&w->fault, E_STALE, NULL, "This is sent already. Take it back and make a new one.");
	TRY(checked(w, row.customer_id, in, &place));
	TRY(sql_quote_lines_drop(w->db, id, &dropped));
	TRY(lines_write(w, id, row.customer_id, in, place.tax_area));
	TRY(body_of(w, row.customer_id, in, id, &body));
	TRY(sql_quote_change(w->db, id, in->property_id, in->due_day, in->title, in->note, body, in->version));
	return act_quote_one(w, id, out);
}

enum err
act_quote_issue(struct work *w, uint64_t id, uint32_t version, struct quote_page *out)
{
	struct upcoming_bill u = {0};
	struct quote_body body;
	struct quote_row row;
	struct bill_row draft;
	struct str stored;

	TRY(sql_quote_for_update(w->db, id, BILL_QUOTE, w->arena, &row));
	TRY(bill_may(BILL_QUOTE, row.state, BILL_ISSUED, &w->fault));
	if (row.due_day.n < zone_day(w->tenant->zone, w->now).n)
		return fail(&w->fault, E_INVALID, "due_day", "This day is over.");
	TRY(quote_body_read(w, row.quote, &body));
	TRY(sealed_lines(w, &row, &body, &u));
	draft = (struct bill_row){.id = id, .kind = BILL_QUOTE, .state = row.state, .customer_id = row.customer_id,
	    .property_id = row.property_id, .currency = row.currency, .day = zone_day(w->tenant->zone, w->now),
	    .due_day = row.due_day, .title = row.title, .note = row.note, .version = version};
	TRY(quote_issue(w, &draft, &u));
	TRY(quote_body_write(w, &body, &stored));
	TRY(sql_quote_body_set(w->db, id, stored, version + 1));
	TRY(audit(w, "quote.sent", "bill", id, row.title));
	TRY(tell_paper(w, id, PAPER_ASKED));
	return act_quote_one(w, id, out);
}

enum err
act_quote_void(struct work *w, uint64_t id, struct str reason, uint32_t version, struct quote_page *out)
{
	struct quote_row row;

	TRY(sql_quote_for_update(w->db, id, BILL_QUOTE, w->arena, &row));
	TRY(bill_may(BILL_QUOTE, row.state, BILL_VOID, &w->fault));
	TRY(sql_bill_end(w->db, id, BILL_VOID, w->now, reason, version));
	TRY(audit(w, "quote.withdrawn", "bill", id, reason));
	return act_quote_one(w, id, out);
}

enum err
act_quote_reply(struct work *w, uint64_t id, struct str text, struct quote_page *out)
{
	struct quote_body body;
	struct quote_row row;
	struct str by, stored;

	TRY(sql_quote_for_update(w->db, id, BILL_QUOTE, w->arena, &row));
	if (row.state == BILL_DRAFT)
		return fail(&w->fault, E_STALE, NULL, "Issue this first.");
	TRY(quote_body_read(w, row.quote, &body));
	TRY(tell_actor(w, &by));
	TRY(quote_word_add(w, &body, true, by, text));
	TRY(quote_body_write(w, &body, &stored));
	TRY(sql_quote_body_set(w->db, id, stored, row.version));
	TRY(tell_paper(w, id, PAPER_REMINDER));
	return act_quote_one(w, id, out);
}

enum err
act_quote_one(struct work *w, uint64_t id, struct quote_page *out)
{
	struct file_number_row kept;
	struct customer_row customer;
	struct property_row place;
	struct service_row service;
	struct visit_line visit;
	struct quote_body b;
	struct quote_row row;
	enum err e;

	TRY(sql_quote_one(w->db, id, BILL_QUOTE, w->arena, &row));
	TRY(quote_body_read(w, row.quote, &b));
	TRY(sql_customer_one(w->db, row.customer_id, w->arena, &customer));
	TRY(sql_service_one(w->db, b.service_id, w->arena, &service));
	TRY(sql_property_one(w->db, row.property_id, w->arena, &place));
	TRY(sql_paper_kept(w->db, id, w->arena, &kept));
	*out = (struct quote_page){.id = id, .state = row.state, .over = is_over(w, row.state, row.due_day),
	    .number = quote_number(w, row.seq), .customer_id = row.customer_id, .customer = customer.name,
	    .property_id = row.property_id, .place = place.street, .service_id = b.service_id,
	    .service = service.name, .currency = row.currency, .title = row.title, .note = row.note, .reason = row.reason,
	    .day = row.day, .due_day = row.due_day, .deposit_ppm = b.deposit_ppm, .choosing = b.options_n > 1,
	    .photos = b.photos, .photos_n = b.photos_n, .words = b.words, .words_n = b.words_n, .picked = b.picked,
	    .answered_by = b.answered_by, .visit_id = {row.visit_id != 0, row.visit_id}, .deposit_id = b.deposit_id,
	    .issued_at = row.issued_at, .sent_at = row.sent_at, .ended_at = row.ended_at, .paper = kept.number > 0,
	    .version = row.version};
	TRY(sql_charges_of_bill(w->db, id, w->arena, &out->lines, &out->lines_n));
	if (row.state == BILL_DRAFT)
		TRY(options_reckon(w, row.customer_id, &b, out->lines, out->lines_n));
	out->options = b.options;
	out->options_n = b.options_n;
	if (row.visit_id == 0)
		return OK;
	e = sql_visit_line_one(w->db, row.visit_id, w->arena, &visit);
	if (tell_absent(w, e))
		return OK;
	out->visit_day = (struct maybe_day){e == OK, visit.day};
	return e;
}

enum err
act_quotes(struct work *w, const struct quotes_query *q, size_t most, struct quote_list *out)
{
	struct quote_card_row *rows;
	size_t n;

	TRY(sql_quotes_in(w->db, BILL_QUOTE, q->state, str_trim(q->q), str_digits(w->arena, q->q),
	    q->before_day.is ? q->before_day.v : (struct day){DAY_MAX}, q->before_id.is ? q->before_id.v : UINT64_MAX,
	    (uint32_t)most + 1, w->arena, &rows, &n));
	TRY(cards(w, rows, n < most ? n : most, out));
	if (n > most) {
		out->next_day = (struct maybe_day){true, rows[most - 1].day};
		out->next_id = (struct maybe_u64){true, rows[most - 1].id};
	}
	return OK;
}

enum err
act_quotes_of_customer(struct work *w, uint64_t customer_id, struct quote_list *out)
{
	struct customer_row customer;
	struct quote_card_row *rows;
	size_t n;

	TRY(sql_customer_one(w->db, customer_id, w->arena, &customer));
	TRY(sql_quotes_of_customer(w->db, customer_id, BILL_QUOTE, w->arena, &rows, &n));
	return cards(w, rows, n, out);
}

static enum err
cards(struct work *w, const struct quote_card_row *rows, size_t n, struct quote_list *out)
{
	*out = (struct quote_list){.rows = arena_array(w->arena, struct quote_card, n + 1), .rows_n = n};
	for (size_t i = 0; i < n; i++) {
		struct quote_card *c = &out->rows[i];
		struct quote_body b;

		TRY(quote_body_read(w, rows[i].quote, &b));
		*c = (struct quote_card){.id = rows[i].id, .state = rows[i].state,
		    .over = is_over(w, rows[i].state, rows[i].due_day), .number = quote_number(w, rows[i].seq),
		    .asked = b.words_n > 0 && !b.words[b.words_n - 1].office, .customer_id = rows[i].customer_id,
		    .visit_id = rows[i].visit_id, .customer = rows[i].customer, .currency = rows[i].currency,
		    .title = rows[i].title, .day = rows[i].day, .due_day = rows[i].due_day, .token = STR("")};
		for (size_t o = 0; o < b.options_n; o++) {
			const int64_t total = b.options[o].total_cents;

			if (b.picked != 0 && b.picked != o + 1)
				continue;
			c->least_cents = c->most_cents == 0 || total < c->least_cents ? total : c->least_cents;
			c->most_cents = total > c->most_cents ? total : c->most_cents;
		}
	}
	return OK;
}

/* Whose it is, what for, and what of it may be shown. */
static enum err
checked(struct work *w, uint64_t customer_id, const struct quote_wish *in, struct tax_place *place)
{
	uint32_t *choice = arena_array(w->arena, uint32_t, in->lines_n + 1);
	struct customer_row customer;
	struct service_row service;
	struct tax_place *there;
	enum err e;

	TRY(sql_customer_one(w->db, customer_id, w->arena, &customer));
	TRY(sql_tax_place(w->db, in->property_id, customer_id, w->arena, &there));
	if (there == NULL)
		return fail(&w->fault, E_INVALID, "property_id", "This property does not exist.");
	*place = *there;
	e = sql_service_one(w->db, in->service_id, w->arena, &service);
	if (tell_absent(w, e))
		return fail(&w->fault, E_INVALID, "service_id", "This service does not exist.");
	TRY(e);
	if (in->due_day.n < zone_day(w->tenant->zone, w->now).n)
		return fail(&w->fault, E_INVALID, "due_day", "This day is over.");
	for (size_t i = 0; i < in->lines_n; i++)
		choice[i] = in->lines[i].choice;
	TRY(quote_check(choice, in->lines_n, in->options_n, &w->fault));
	for (size_t i = 0; i < in->photos_n; i++) {
		struct file_row file;

		e = sql_file_one(w->db, in->photos[i].id, w->arena, &file);
		if (tell_absent(w, e) || (e == OK && file.customer_id != customer_id))
			return fail(&w->fault, E_INVALID, "photos", "This photo is not of this customer.");
		TRY(e);
	}
	return OK;
}

static enum err
lines_write(struct work *w, uint64_t id, uint64_t customer_id, const struct quote_wish *in, struct str tax_area)
{
	const struct day today = zone_day(w->tenant->zone, w->now);

	for (size_t i = 0; i < in->lines_n; i++) {
		const struct quote_line_wish *l = &in->lines[i];
		struct charge_row c = {.id = work_id(w), .bill_id = id, .customer_id = customer_id,
		    .property_id = in->property_id, .kind = l->kind, .day = today, .from_day = today, .to_day = today, .part = 1,
		    .of_parts = 1, .rate_cents = l->unit_cents, .text = l->text, .quantity_milli = l->quantity_milli,
		    .unit_cents = l->unit_cents, .tax_code = l->tax_code, .tax_area = tax_area, .seq = (uint32_t)i + 1,
		    .choice = l->choice};

		if (l->kind != CHARGE_PART && l->kind != CHARGE_LABOUR && l->kind != CHARGE_ITEM && l->kind != CHARGE_DISCOUNT)
			return fail(&w->fault, E_INVALID, "kind", "This value is not valid.");
		if ((l->kind == CHARGE_DISCOUNT) != (l->unit_cents < 0))
			return fail(&w->fault, E_INVALID, "unit_cents", "This value is not valid.");
		if (l->item_id.is) {
			struct item_row item;
			enum err e = sql_item_one(w->db, l->item_id.v, w->arena, &item);

			if (tell_absent(w, e))
				return fail(&w->fault, E_INVALID, "item_id", "There is no such item.");
			TRY(e);
			c.item_id = item.id;
		}
		TRY(price_quantity(l->unit_cents, l->quantity_milli, &c.net_cents, &w->fault));
		c.line_key = str_printf(w->arena, "quote:%llu", (unsigned long long)c.id);
		TRY(tell_charge(w, &c));
	}
	return OK;
}

/* Reckoned with the lines that are there now, so that a list shows what it comes to. */
static enum err
body_of(struct work *w, uint64_t customer_id, const struct quote_wish *in, uint64_t id, struct str *stored)
{
	struct quote_body b = {.service_id = in->service_id, .deposit_ppm = in->deposit_ppm, .photos = in->photos,
	    .photos_n = in->photos_n, .answered_by = STR(""), .options_n = in->options_n > 0 ? in->options_n : 1};
	struct charge_row *lines;
	size_t n;

	b.options = arena_array(w->arena, struct quote_option, b.options_n);
	for (size_t i = 0; i < b.options_n; i++)
		b.options[i] = (struct quote_option){.name = in->options_n > 0 ? in->options[i].name : STR(""),
		    .text = in->options_n > 0 ? in->options[i].text : STR("")};
	TRY(sql_charges_of_bill(w->db, id, w->arena, &lines, &n));
	TRY(options_reckon(w, customer_id, &b, lines, n));
	return quote_body_write(w, &b, stored);
}

static enum err
options_reckon(struct work *w, uint64_t customer_id, struct quote_body *b, const struct charge_row *lines, size_t n)
{
	for (uint32_t o = 1; o <= b->options_n; o++) {
		struct quote_option *option = &b->options[o - 1];
		struct upcoming_bill u = {0};

		TRY(quote_reckon(w, customer_id, lines, n, b->options_n > 1 ? o : 0, &u));
		option->net_cents = u.sums.net_cents;
		option->tax_cents = u.sums.tax_cents;
		option->total_cents = u.sums.total_cents;
		if (u.sums.total_cents < 0)
			return fail(&w->fault, E_INVALID, "lines", "This comes to less than nothing.");
		TRY(quote_deposit(u.sums.total_cents, b->deposit_ppm, &option->deposit_cents, &w->fault));
	}
	return OK;
}

enum err
quote_reckon(struct work *w, uint64_t customer_id, const struct charge_row *lines, size_t n, uint32_t picked,
    struct upcoming_bill *out)
{
	out->rows = arena_array(w->arena, struct charge_row, n + 1);
	out->n = 0;
	for (size_t i = 0; i < n; i++)
		if (quote_takes(lines[i].choice, picked) && !str_starts(lines[i].line_key, STR("discount:")))
			out->rows[out->n++] = lines[i];
	return upcoming_reckon(w, customer_id, out);
}

/*
 * All lines as they are sealed, with the discounts of each option. One without options asks for its total; one with
 * options for nothing until one is picked.
 */
static enum err
sealed_lines(struct work *w, const struct quote_row *row, struct quote_body *b, struct upcoming_bill *u)
{
	struct sealed_option *option = arena_array(w->arena, struct sealed_option, b->options_n);
	const bool choosing = b->options_n > 1;
	struct charge_row *lines;
	size_t n;

	TRY(sql_charges_of_bill(w->db, row->id, w->arena, &lines, &n));
	TRY(options_reckon(w, row->customer_id, b, lines, n));
	u->rows = arena_array(w->arena, struct charge_row, (b->options_n + 1) * (n + 1));
	u->line = arena_array(w->arena, struct bill_line, (b->options_n + 1) * (n + 1));
	for (uint32_t o = 1; o <= b->options_n; o++) {
		struct upcoming_bill one = {0};

		TRY(quote_reckon(w, row->customer_id, lines, n, choosing ? o : 0, &one));
		for (size_t i = 0; i < one.n; i++) {
			struct charge_row *c = &one.rows[i];
			const bool discount = str_starts(c->line_key, STR("discount:"));

			/* What all share is sealed once. */
			if (!discount && c->choice == 0 && o > 1)
				continue;
			u->rows[u->n] = *c;
			u->line[u->n] = one.line[i];
			if (discount) {
				c->bill_id = row->id;
				c->choice = u->line[u->n].choice = choosing ? o : 0;
				c->seq = (uint32_t)(n + u->n);
				TRY(tell_charge(w, c));
			} else
				TRY(sql_quote_line_seal(w->db, c->id, c->seq, one.line[i].tax_cents, c->version));
			u->n++;
		}
		if (!choosing)
			u->sums = one.sums;
		option[o - 1] = (struct sealed_option){b->options[o - 1].name, b->options[o - 1].total_cents};
	}
	u->option = option;
	u->option_n = choosing ? b->options_n : 0;
	u->deposit_ppm = b->deposit_ppm;
	return OK;
}

enum err
quote_word_add(struct work *w, struct quote_body *b, bool office, struct str by, struct str text)
{
	struct quote_word *words = arena_array(w->arena, struct quote_word, b->words_n + 1);

	if (b->words_n >= QUOTE_WORDS_MAX)
		return fail(&w->fault, E_LIMIT, "text", "That is enough said.");
	if (b->words_n > 0)
		memcpy(words, b->words, b->words_n * sizeof(*words));
	words[b->words_n++] = (struct quote_word){office, by, text, w->now};
	b->words = words;
	return OK;
}

static bool
is_over(const struct work *w, enum bill_state state, struct day last)
{
	return state == BILL_ISSUED && last.n < zone_day(w->tenant->zone, w->now).n;
}
