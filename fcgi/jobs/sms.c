/*
 * fcgi/jobs/sms.c -- the job "sms": one text to one number.
 *
 * The other side knows no key that makes a repeat harmless. So a second try asks first whether the text of the first
 * one, whose answer was lost, was taken. One text at a time goes to one number: so it can be no other one that it finds.
 */
#include "domain/base/id.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_message.h"
#include "fcgi/acts/tell_word.h"
#include "fcgi/http/shape.h"
#include "fcgi/jobs/list.h"
#include "fcgi/remote/sms.h"

struct parcel {
	struct sms_order o;
	struct said_lane lane;
	struct sms_taken taken;
	enum { SAY = 1, STAY, LATER } what;
};

static enum err
prepare(struct work *w, const struct ticket *t, void **parcel)
{
	struct parcel *p = arena_new(w->arena, struct parcel);
	struct consent is;

	*parcel = p;
	TRY(shape_read(&sms_order_shape, t->payload, w->arena, &p->o, &w->fault));
	TRY(tell_consent(w, p->o.to, &is));
	p->what = is.stopped ? STAY : SAY; /* nothing goes to a number that has said STOP, whosever it is */
	if (is.stopped)
		return OK;
	TRY(tell_lane_take(w, "sms", p->o.to, t->id, &p->lane));
	if (p->lane.mine)
		return OK;
	p->what = LATER;
	return tell_later(w, "sms", &sms_order_shape, &p->o, w->now + LANE_AGAIN_S);
}

static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	struct parcel *p = parcel;
	bool found = false;

	if (p->what != SAY)
		return OK;
	const struct sms s = {.to = p->o.to, .text = p->o.text, .known = p->lane.known, .known_n = p->lane.known_n};

	if (t->tries > 1)
		TRY(sms_find(a, c, &s, id_ms(t->id) / 1000 - 60, &found, &p->taken, f));
	return found ? OK : sms_send(a, c, &s, &p->taken, f);
}

static enum err
settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	const struct parcel *p = parcel;

	return sent == OK && p->what == SAY ? tell_lane_left(w, "sms", p->o.to, t->id, p->taken.sid) : OK;
}

const struct job job_sms = {
	.kind = "sms",
	.unpaid = true,
	.tries = 6,
	.backoff_s = 20,
	.lease_s = 90,
	.prepare = prepare,
	.send = send,
	.settle = settle,
	.help = "Send one text message to one number.",
};
