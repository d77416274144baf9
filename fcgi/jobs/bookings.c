/*
 * fcgi/jobs/bookings.c -- the job "booking_deposit": has the deposit of a booking come? If it has not in time, the time is free again.
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
