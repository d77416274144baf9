/*
 * fcgi/jobs/facts.c -- customers are told of what happened, of tomorrow's visit, and that they are missed.
 */
#include "fcgi/acts/facts.h"
#include "fcgi/acts/tell.h"
#include "fcgi/jobs/list.h"

static enum err
fact(struct work *w, const struct ticket *t)
{
	struct fact_order o = {0};

	TRY(shape_read(&fact_order_shape, t->payload, w->arena, &o, &w->fault));
	return act_fact(w, &o);
}

const struct job job_fact = {
	.kind = "fact",
	.tries = 12,
	.backoff_s = 10,
	.run = fact,
	.help = "Tell a customer of what happened, as the company's table of rules says.",
};

/* The cursor of a day: customers after this one. */
struct facts_order {
	uint64_t after;
};
static const struct field facts_order_fields[] = {FIELD_ID(struct facts_order, after), FIELD_END};
static const struct shape facts_order_shape = {"FactsOrder", sizeof(struct facts_order), facts_order_fields};

/* One page, one transaction. Whatever runs twice says nothing twice: each message has its key. */
static enum err
page(struct work *w, const struct ticket *t, const char *kind, enum err (*act)(struct work *, uint64_t, uint64_t *))
{
	struct facts_order order = {0};
	uint64_t next;

	if (t->payload.n > 2)
		TRY(shape_read(&facts_order_shape, t->payload, w->arena, &order, &w->fault));
	TRY(act(w, order.after, &next));
	return next != 0 ? tell(w, kind, &facts_order_shape, &(struct facts_order){next}) : OK;
}

static enum err
tomorrow(struct work *w, const struct ticket *t)
{
	return page(w, t, "tomorrow", act_tomorrow);
}

const struct job job_tomorrow = {
	.kind = "tomorrow",
	.tries = 12,
	.backoff_s = 60,
	.lease_s = 300,
	.at_local = "16:00", /* plans are made, nobody sleeps */
	.run = tomorrow,
	.help = "Tell customers who comes tomorrow, and when.",
};

static enum err
win_back(struct work *w, const struct ticket *t)
{
	return page(w, t, "win_back", act_win_back);
}

const struct job job_win_back = {
	.kind = "win_back",
	.tries = 5,
	.backoff_s = 300,
	.lease_s = 300,
	.at_local = "11:00",
	.run = win_back,
	.help = "Write to customers who have not been served for three months, where the company wishes.",
};
