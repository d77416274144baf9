/*
 * fcgi/jobs/billing.c -- bills that follow from work by themselves: a job the moment it is done, months each night.
 */
#include "fcgi/acts/billing.h"
#include "fcgi/acts/bills.h"
#include "fcgi/acts/quotes.h"
#include "fcgi/acts/runs.h"
#include "fcgi/acts/tell.h"
#include "fcgi/jobs/list.h"
#include "sql/tenant/queries/bills.h"

/* LIMIT of agreements_to_bill. */
#define BATCH 100

static enum err
bill_visit(struct work *w, const struct ticket *t)
{
	struct bill_visit_order order;

	TRY(shape_read(&bill_visit_order_shape, t->payload, w->arena, &order, &w->fault));
	return act_bill_visit(w, order.visit_id);
}

const struct job job_bill_visit = {
	.kind = "bill_visit",
	.tries = 12,
	.backoff_s = 10,
	.run = bill_visit,
	.help = "Bill a job that was just completed.",
};

static enum err
called_off(struct work *w, const struct ticket *t)
{
	struct bill_visit_order order;

	TRY(shape_read(&bill_visit_order_shape, t->payload, w->arena, &order, &w->fault));
	return act_quote_called_off(w, order.visit_id);
}

const struct job job_called_off = {
	.kind = "called_off",
	.tries = 12,
	.backoff_s = 10,
	.run = called_off,
	.help = "Give the deposit of a job that was called off back to its customer's account.",
};

/* The cursor of a night: agreements after this one. */
struct months_order {
	uint64_t after;
};
static const struct field months_order_fields[] = {FIELD_ID(struct months_order, after), FIELD_END};
static const struct shape months_order_shape = {"MonthsOrder", sizeof(struct months_order), months_order_fields};

/*
 * A batch is a transaction. Whatever runs twice changes nothing: a month's key is its agreement, period and term.
 */
static enum err
months(struct work *w, const struct ticket *t)
{
	struct months_order order = {0};
	struct schedule_id_row *rows;
	struct billing b;
	struct period p;
	size_t n;

	if (t->payload.n > 2)
		TRY(shape_read(&months_order_shape, t->payload, w->arena, &order, &w->fault));
	TRY(billing_read(w, &b));
	p = period_of(zone_day(w->tenant->zone, w->now), b.first_mday);
	TRY(sql_agreements_to_bill(w->db, order.after, p.from, p.to, w->arena, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(tell_month_charges(w, rows[i].id, p));
	return n == BATCH ? tell(w, "months", &months_order_shape, &(struct months_order){rows[n - 1].id}) : OK;
}

const struct job job_months = {
	.kind = "months",
	.tries = 12,
	.backoff_s = 60,
	.lease_s = 300,
	.at_local = "00:40",
	.run = months,
	.help = "Put the month of every agreement onto the next bill of its customer.",
};

/* The cursor of a night: documents after this one. */
static enum err
dunning(struct work *w, const struct ticket *t)
{
	struct months_order order = {0};
	struct maybe_u64 next;

	if (t->payload.n > 2)
		TRY(shape_read(&months_order_shape, t->payload, w->arena, &order, &w->fault));
	TRY(act_dunning(w, order.after, &next));
	return next.is ? tell(w, "dunning", &months_order_shape, &(struct months_order){next.v}) : OK;
}

const struct job job_dunning = {
	.kind = "dunning",
	.tries = 5,
	.backoff_s = 300,
	.at_local = "09:10", /* a reminder is read by day */
	.run = dunning,
	.help = "Remind customers of late bills by the company's schedule, and ask its late fees.",
};

static enum err
bill_run(struct work *w, const struct ticket *t)
{
	struct run_order order;

	TRY(shape_read(&run_order_shape, t->payload, w->arena, &order, &w->fault));
	return act_run_step(w, &order);
}

const struct job job_bill_run = {
	.kind = "bill_run",
	.tries = 12,
	.backoff_s = 2,
	.lease_s = 120,
	.queues = true,
	.run = bill_run,
	.help = "Go some customers further in a bill run: reckon, or bill.",
};

static enum err
bill_day(struct work *w, const struct ticket *t)
{
	(void)t;
	return act_run_by_itself(w);
}

const struct job job_bill_day = {
	.kind = "bill_day",
	.tries = 5,
	.backoff_s = 300,
	.at_local = "05:20", /* behind the night in which months are put onto the next bills */
	.run = bill_day,
	.help = "On the company's day of the month: bill everybody.",
};
