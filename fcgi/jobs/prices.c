/*
 * fcgi/jobs/prices.c -- the job "prices": the day of a plan has come.
 */
#include "fcgi/acts/prices.h"
#include "fcgi/jobs/list.h"

static enum err
run(struct work *w, const struct ticket *t)
{
	struct price_order order;

	TRY(shape_read(&price_order_shape, t->payload, w->arena, &order, &w->fault));
	return act_price_apply(w, order.plan_id);
}

const struct job job_prices = {
	.kind = "prices",
	.tries = 12,
	.backoff_s = 10,
	.run = run,
	.help = "Put the prices of a plan into force on their day.",
};
