/*
 * fcgi/jobs/sms.c -- the job "sms": one text to one number.
 *
 * The other side knows no key that makes a repeat harmless. So a second try asks first whether the text of the first
 * one, whose answer was lost, was taken.
 */
#include "domain/base/id.h"
#include "fcgi/acts/tell_message.h"
#include "fcgi/jobs/list.h"
#include "fcgi/remote/sms.h"

static enum err
prepare(struct work *w, const struct ticket *t, void **parcel)
{
	struct sms_order *o = arena_new(w->arena, struct sms_order);
	struct consent is;

	TRY(shape_read(&sms_order_shape, t->payload, w->arena, o, &w->fault));
	TRY(tell_consent(w, o->to, &is));
	*parcel = is.stopped ? NULL : o; /* nothing goes to a number that has said STOP, whosever it is */
	return OK;
}

static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	const struct sms_order *o = parcel;
	struct sms_taken taken;
	bool found = false;

	if (o == NULL)
		return OK;
	const struct sms s = {.to = o->to, .text = o->text};

	if (t->tries > 1)
		TRY(sms_find(a, c, &s, id_ms(t->id) / 1000 - 60, &found, &taken, f));
	return found ? OK : sms_send(a, c, &s, &taken, f);
}

const struct job job_sms = {
	.kind = "sms",
	.unpaid = true,
	.tries = 6,
	.backoff_s = 20,
	.lease_s = 90,
	.prepare = prepare,
	.send = send,
	.help = "Send one text message to one number.",
};
