/*
 * fcgi/acts/tell_autopay.c -- what of a customer's bills is drawn by itself, from which card or account.
 */
#include "fcgi/acts/tell_pay.h"

#include <assert.h>
#include <stdlib.h>

#include "domain/billing/surcharge.h"
#include "sql/tenant/queries/bills.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/payments.h"
#include "sql/tenant/queries/portal.h"
#include "sql/tenant/queries/processor.h"

#define SCOPE_BYTES_MAX   1200
#define CONSENT_BYTES_MAX 4000
#define WORDS_BYTES_MAX   3000
#define METHODS_MAX       AUTOPAY_RULES_MAX
#define LINES_MAX         5000 /* of one customer's open bills, by place and kind; bills behind them wait for the next time */

struct drawing {
	struct work *w;
	struct method_row *method[METHODS_MAX]; /* same index as rule */
	struct autopay_rule rule[METHODS_MAX];
	size_t n;
	struct processed_row *refused;
	struct pay_wants *refused_wants;
	size_t refused_n;
	struct draw_line *line; /* of all open bills, bill by bill */
	size_t line_n;
	struct autopay_draw *draw;
};

static enum err buf_end(struct work *w, struct buf *b, struct str *out);
static enum err rules_of(struct drawing *d, uint64_t customer_id);
static enum err refusals_of(struct drawing *d, uint64_t customer_id);
static enum err lines_of(struct drawing *d, uint64_t customer_id, struct day from, struct day until);
static void draw_of(struct drawing *d, const struct open_row *bill);
static bool was_refused(const struct drawing *d, uint64_t method_id, uint64_t bill_id);

static const char *const kind_words[] = {"pool service", "chemicals", "work and parts", "fees"};
static_assert(sizeof(kind_words) / sizeof(char *) == AUTOPAY_KINDS, "each has its word");

static const struct field place_id_fields[] = {FIELD_ID(struct place_id, id), FIELD_END};
const struct shape place_id_shape = {"PayPlaceId", sizeof(struct place_id), place_id_fields};

static const struct field scope_fields[] = {
	FIELD_SET(struct autopay_scope, kinds, autopay_kind_names),
	FIELD_LIST(struct autopay_scope, places, places_n, &place_id_shape, AUTOPAY_PLACES_MAX),
	FIELD_END
};
static const struct shape scope_shape = {"PayScopeKept", sizeof(struct autopay_scope), scope_fields};

enum err
autopay_scope_read(struct work *w, struct str stored, struct autopay_scope *out)
{
	*out = (struct autopay_scope){0};
	return stored.n == 0 ? OK : shape_read(&scope_shape, stored, w->arena, out, &w->fault);
}

enum err
autopay_scope_write(struct work *w, const struct autopay_scope *in, struct str *stored)
{
	struct buf b = buf_open(w->arena, 256, SCOPE_BYTES_MAX);

	shape_write(&scope_shape, in, &b);
	if (b.full)
		return fail(&w->fault, E_BUG, NULL, "What may be drawn does not fit.");
	*stored = buf_str(&b);
	return OK;
}

static const struct field consent_fields[] = {
	FIELD_LINES(struct autopay_consent, words, 0, 3000),
	FIELD_TEXT(struct autopay_consent, ip, 0, 46),
	FIELD_TEXT(struct autopay_consent, agent, 0, 200),
	FIELD_TIME(struct autopay_consent, at),
	FIELD_MAYBE_TEXT(struct autopay_consent, how, 0, 12),
	FIELD_MAYBE_ID(struct autopay_consent, by),
	FIELD_MAYBE_INT(struct autopay_consent, surcharge_ppm, 0, SURCHARGE_PPM_MAX),
	FIELD_END
};
static const struct shape consent_shape = {"PayConsent", sizeof(struct autopay_consent), consent_fields};

enum err
autopay_words(struct work *w, uint64_t customer_id, enum language language, const struct autopay_scope *scope, struct str *out)
{
	struct buf b = buf_open(w->arena, 512, WORDS_BYTES_MAX);
	struct company_row company;
	struct portal_place *place;
	bool first = true;
	uint32_t ppm;
	size_t n;

	TRY(sql_company(w->db, w->arena, &company));
	buf_add(&b, str_printf(w->arena, words_say(language,
	    "I allow %.*s to charge this card or account for each bill on the day it is due, for the exact amount of the bill, until I turn this off here."),
	    STR_ARG(company.name)));
	for (unsigned k = 0; k < AUTOPAY_KINDS; k++) {
		if ((scope->kinds & 1U << k) == 0)
			continue;
		buf_add(&b, first ? str_of(words_say(language, " Only for: ")) : STR(", "));
		buf_add(&b, str_of(words_say(language, kind_words[k])));
		first = false;
	}
	if (!first)
		buf_add(&b, STR("."));
	TRY(surcharge_of(w, customer_id, &ppm));
	if (ppm > 0)
		buf_add(&b, str_printf(w->arena, words_say(language,
		    " If it is a credit card, a surcharge of %.*s %% is added each time, as a line of its own; never for a debit or prepaid card or a bank account."),
		    STR_ARG(surcharge_percent(w, ppm))));
	if (scope->places_n == 0)
		return buf_end(w, &b, out);
	TRY(sql_portal_places(w->db, customer_id, w->arena, &place, &n));
	for (size_t i = 0; i < scope->places_n; i++) {
		size_t k = 0;

		while (k < n && place[k].id != scope->places[i].id)
			k++;
		if (k == n)
			return fail(&w->fault, E_INVALID, "places", "This is none of the customer's places.");
		buf_add(&b, i == 0 ? str_of(words_say(language, " Only at: ")) : STR("; "));
		buf_add(&b, place[k].street);
	}
	buf_add(&b, STR("."));
	return buf_end(w, &b, out);
}

static enum err
buf_end(struct work *w, struct buf *b, struct str *out)
{
	if (b->full)
		return fail(&w->fault, E_BUG, NULL, "What is agreed to does not fit.");
	*out = buf_str(b);
	return OK;
}

enum err
autopay_consent_write(struct work *w, uint64_t customer_id, enum language language, const struct autopay_scope *scope,
    enum autopay_how how, struct str *stored)
{
	struct buf b = buf_open(w->arena, 512, CONSENT_BYTES_MAX);
	struct autopay_consent c = {.ip = str_of(w->from.ip), .agent = str_of(w->from.agent), .at = w->now,
	    .how = {true, str_of(autopay_how_names[how])}};
	uint32_t ppm;

	TRY(autopay_words(w, customer_id, language, scope, &c.words));
	TRY(surcharge_of(w, customer_id, &ppm));
	if (ppm > 0)
		c.surcharge_ppm = (struct maybe_u32){true, ppm};
	if (how != AUTOPAY_BY_PORTAL)
		c.by = (struct maybe_u64){true, w->actor.id};
	shape_write(&consent_shape, &c, &b);
	return buf_end(w, &b, stored);
}

enum err
autopay_consent_read(struct work *w, struct str stored, struct autopay_consent *out)
{
	*out = (struct autopay_consent){.words = STR(""), .ip = STR(""), .agent = STR("")};
	return stored.n == 0 ? OK : shape_read(&consent_shape, stored, w->arena, out, &w->fault);
}

enum err
autopay_draws(struct work *w, uint64_t customer_id, struct day from, struct day until, struct autopay_draw **out, size_t *n)
{
	struct drawing d = {.w = w};
	struct open_row *open;
	struct cents_row held;
	size_t open_n;
	int64_t ours;

	*n = 0;
	TRY(rules_of(&d, customer_id));
	if (d.n == 0)
		return OK;
	TRY(refusals_of(&d, customer_id));
	TRY(lines_of(&d, customer_id, from, until));
	d.draw = arena_array(w->arena, struct autopay_draw, d.n);
	for (size_t r = 0; r < d.n; r++)
		d.draw[r] = (struct autopay_draw){d.method[r], arena_array(w->arena, struct want_row, WANT_ROWS_MAX), 0, 0, 0};
	TRY(sql_bills_open_of_customer(w->db, customer_id, ACCOUNT_RECEIVABLE, w->arena, &open, &open_n));
	for (size_t i = 0; i < open_n; i++)
		if (open[i].due_day.n >= from.n && open[i].due_day.n <= until.n)
			draw_of(&d, &open[i]);
	TRY(sql_customer_account(w->db, customer_id, ACCOUNT_UNAPPLIED, (struct day){DAY_MAX}, w->arena, &held));
	ours = -held.cents; /* what we hold of theirs is below zero there */
	*out = d.draw;
	for (size_t r = 0; r < d.n; r++) {
		const int64_t off = ours <= 0 ? 0 : ours < d.draw[r].cents ? ours : d.draw[r].cents;

		d.draw[r].cents -= off;
		ours -= off;
		if (d.draw[r].cents <= 0)
			continue;
		TRY(autopay_surcharge(w, d.draw[r].method, d.draw[r].cents, &d.draw[r].surcharge_cents));
		d.draw[(*n)++] = d.draw[r];
	}
	return OK;
}

static enum err
rules_of(struct drawing *d, uint64_t customer_id)
{
	struct work *w = d->w;
	struct method_row *m;
	size_t n;

	TRY(sql_methods_of_customer(w->db, customer_id, w->arena, &m, &n));
	for (size_t i = 0; i < n && d->n < METHODS_MAX; i++) {
		struct autopay_scope scope;
		uint64_t *places;

		if (!m[i].autopay || m[i].stopped.n > 0)
			continue;
		TRY(autopay_scope_read(w, m[i].scope, &scope));
		places = arena_array(w->arena, uint64_t, scope.places_n + 1);
		for (size_t p = 0; p < scope.places_n; p++)
			places[p] = scope.places[p].id;
		d->rule[d->n++] = (struct autopay_rule){m[i].id, scope.kinds, places, scope.places_n};
	}
	qsort(d->rule, d->n, sizeof(d->rule[0]), autopay_before);
	for (size_t r = 0; r < d->n; r++)
		for (size_t i = 0; i < n; i++)
			if (m[i].id == d->rule[r].id)
				d->method[r] = &m[i];
	return OK;
}

static enum err
refusals_of(struct drawing *d, uint64_t customer_id)
{
	struct work *w = d->w;

	TRY(sql_processed_of_customer(w->db, customer_id, PAYMENT_FAILED, PAYMENT_RETURNED, w->arena, &d->refused, &d->refused_n));
	d->refused_wants = arena_array(w->arena, struct pay_wants, d->refused_n + 1);
	for (size_t i = 0; i < d->refused_n; i++)
		TRY(pay_wants_read(w, d->refused[i].wants, &d->refused_wants[i]));
	return OK;
}

/* In one question for all bills. A bill whose lines are not all there is not drawn: its sums would be others. */
static enum err
lines_of(struct drawing *d, uint64_t customer_id, struct day from, struct day until)
{
	TRY(sql_autopay_lines(d->w->db, customer_id, ACCOUNT_RECEIVABLE, from, until, d->w->arena, &d->line, &d->line_n));
	if (d->line_n > LINES_MAX)
		for (const uint64_t cut = d->line[LINES_MAX].bill_id; d->line_n > 0 && d->line[d->line_n - 1].bill_id == cut;)
			d->line_n--;
	return OK;
}

static void
draw_of(struct drawing *d, const struct open_row *bill)
{
	struct autopay_line *line = arena_array(d->w->arena, struct autopay_line, d->line_n + 1);
	int64_t cents[METHODS_MAX];
	size_t n = 0;

	for (size_t i = 0; i < d->line_n; i++)
		if (d->line[i].bill_id == bill->id)
			line[n++] = (struct autopay_line){d->line[i].property_id, d->line[i].kind, d->line[i].cents};
	autopay_share(d->rule, d->n, line, n, bill->cents, cents);
	for (size_t r = 0; r < d->n; r++) {
		struct autopay_draw *draw = &d->draw[r];

		if (cents[r] == 0 || draw->rows_n == WANT_ROWS_MAX || was_refused(d, d->method[r]->id, bill->id))
			continue;
		draw->rows[draw->rows_n++] = (struct want_row){bill->id, cents[r]};
		draw->cents += cents[r];
	}
}

static bool
was_refused(const struct drawing *d, uint64_t method_id, uint64_t bill_id)
{
	for (size_t i = 0; i < d->refused_n; i++) {
		const struct pay_wants *wants = &d->refused_wants[i];

		if (d->refused[i].method_id != method_id || !wants->autopay.is || !wants->autopay.v)
			continue;
		for (size_t k = 0; k < wants->rows_n; k++)
			if (wants->rows[k].bill_id == bill_id)
				return true;
	}
	return false;
}
