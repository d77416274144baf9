/*
 * fcgi/jobs/bookings.c -- has the deposit of a booking come? If it has not in time, the time is free again. What work is due again today?
 */
#include "fcgi/acts/bookings.h"
#include "fcgi/jobs/list.h"

static enum err
run(struct work *w, const struct ticket *t)
{
	struct deposit_order o;

	TRY(shape_read(&deposit_order_shape, t->payload, w->arena, &o, &w->fault));
	return act_booking_deposit(w, &o);
}

const struct job job_booking_deposit = {
	.kind = "booking_deposit",
	.tries = 12,
	.backoff_s = 30,
	.run = run,
	.help = "Look whether the deposit of a booking was paid; give its time back if it was not.",
};

static enum err
due(struct work *w, const struct ticket *t)
{
	(void)t;
	return act_due_work(w);
}

const struct job job_due_work = {
	.kind = "due_work",
	.tries = 5,
	.backoff_s = 300,
	.lease_s = 120,
	.at_local = "10:10", /* when people read, and can answer */
	.run = due,
	.help = "Offer customers work that is due again, with times to choose from.",
};
