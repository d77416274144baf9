/*
 * fcgi/acts/processor_check.c -- every cent of the processor's book has its entry in ours, or is named.
 */
#include <stdlib.h>

#include "domain/base/money.h"
#include "fcgi/acts/processor.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_bill.h"
#include "sql/tenant/queries/processor.h"

#define BACK_DAYS 40  /* a bank has 60 to come back to a debit: such a message asks for its payment by itself */
#define NAMED_MOST 5

struct check {
	struct work *w;
	struct billing b;
	int64_t unexplained;
	struct buf named;
	unsigned names;
};

static int by_payment(const void *a, const void *b);
static enum err payout(struct check *c, const struct book_move *m);
static enum err payment(struct check *c, const struct book_move *m, size_t n);
static enum err missing(struct check *c, const struct book_move *m, size_t n);
static enum err differs(struct check *c, struct str what, int64_t cents);

int64_t
act_processor_since(const struct work *w)
{
	return w->now - INT64_C(86400) * BACK_DAYS;
}

enum err
act_processor_check(struct work *w, const struct book_move *move, size_t n, bool whole)
{
	struct check c = {.w = w, .named = buf_open(w->arena, 256, 390)};
	struct book_move *sorted = arena_array(w->arena, struct book_move, n + 1);
	struct processor p;

	TRY(billing_read(w, &c.b));
	memcpy(sorted, move, n * sizeof(*move));
	qsort(sorted, n, sizeof(*sorted), by_payment);
	for (size_t i = 0, run; i < n; i += run) {
		for (run = 1; i + run < n && str_eq(sorted[i + run].provider_id, sorted[i].provider_id); run++)
			;
		if (sorted[i].provider_id.n > 0) {
			TRY(payment(&c, &sorted[i], run));
			continue;
		}
		for (size_t j = i; j < i + run; j++)
			TRY(str_eq(sorted[j].type, STR("payout")) ? payout(&c, &sorted[j])
								  : differs(&c, sorted[j].id, sorted[j].net_cents));
	}
	if (whole)
		TRY(missing(&c, sorted, n));
	TRY(processor_read(w, &p));
	p.checked = (struct maybe_day){true, zone_day(w->tenant->zone, w->now)};
	p.unexplained_cents = c.unexplained;
	p.unexplained = buf_str(&c.named);
	return processor_keep(w, &p);
}

static int
by_payment(const void *a, const void *b)
{
	const struct str x = ((const struct book_move *)a)->provider_id, y = ((const struct book_move *)b)->provider_id;
	const int order = memcmp(x.p == NULL ? "" : x.p, y.p == NULL ? "" : y.p, x.n < y.n ? x.n : y.n);

	return order != 0 ? order : (x.n > y.n) - (x.n < y.n);
}

/* Once for each payout, whatever runs twice. */
static enum err
payout(struct check *c, const struct book_move *m)
{
	struct work *w = c->w;
	struct posting p;
	enum err e;

	e = sql_provider_event_insert(w->db, work_id(w), STR("ours"), str_printf(w->arena, "payout:%.*s", STR_ARG(m->id)),
	    STR("payout"), m->id, w->now);
	if (e == E_STALE) {
		w->fault = (struct fault){0};
		return OK;
	}
	TRY(e);
	TRY(posting_payout(-m->net_cents, zone_day(w->tenant->zone, w->now), &p, &w->fault));
	TRY(tell_posting(w, &c->b, &p));
	return audit(w, "payout.posted", "company", 0, m->id);
}

/* One payment's movements, if its charge is among them: a later part of an older one is not compared. */
static enum err
payment(struct check *c, const struct book_move *m, size_t n)
{
	struct clearing_row *ours;
	int64_t net = 0;
	bool begun = false;

	for (size_t i = 0; i < n; i++) {
		net += m[i].net_cents;
		begun = begun || str_eq(m[i].type, STR("charge")) || str_eq(m[i].type, STR("payment"));
	}
	if (!begun)
		return OK;
	TRY(sql_clearing_of(c->w->db, STR("stripe"), m->provider_id, ACCOUNT_CLEARING, c->w->arena, &ours));
	if (ours != NULL && ours->cents == net)
		return OK;
	TRY(tell(c->w, "payment_look", &event_order_shape, &(struct event_order){.object = m->provider_id}));
	return differs(c, m->provider_id, net - (ours == NULL ? 0 : ours->cents));
}

/* Money that our ledger says is there, and the processor does not know: of all but the last hours. */
static enum err
missing(struct check *c, const struct book_move *m, size_t n)
{
	const struct day today = zone_day(c->w->tenant->zone, c->w->now);
	struct clearing_row *came;
	size_t came_n;

	TRY(sql_clearing_came(c->w->db, ACCOUNT_CLEARING, POSTING_PAY, day_add(today, -(BACK_DAYS - 2)), day_add(today, -1),
	    c->w->arena, &came, &came_n));
	for (size_t i = 0; i < came_n; i++) {
		const struct book_move key = {.provider_id = came[i].provider_id.is ? came[i].provider_id.v : STR("")};

		if (bsearch(&key, m, n, sizeof(*m), by_payment) == NULL)
			TRY(differs(c, key.provider_id, -came[i].cents));
	}
	return OK;
}

static enum err
differs(struct check *c, struct str what, int64_t cents)
{
	if (cents == 0)
		return OK;
	c->unexplained += cents < 0 ? -cents : cents;
	if (c->names++ < NAMED_MOST)
		buf_printf(&c->named, "%s%.*s %lld", c->named.n > 0 ? ", " : "", STR_ARG(what), (long long)cents);
	return OK;
}
