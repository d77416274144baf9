/*
 * fcgi/jobs/push.c -- the job "push": one word to one phone. A phone that its service knows no more is forgotten.
 */
#include "fcgi/acts/phones.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_word.h"
#include "fcgi/jobs/list.h"
#include "fcgi/remote/push.h"

#define KEPT_S 14400 /* a phone that is off for longer hears of the day when it opens the app */

struct parcel {
	struct push_order order;
	struct push_parcel *to; /* NULL: that phone takes none any more */
	struct push_message message;
	bool gone;
};

/* What the worker of the app gets: the form that Safari shows by itself, too. */
struct shown {
	struct str title, body, navigate;
};
static const struct field shown_fields[] = {FIELD_TEXT(struct shown, title, 0, 120), FIELD_LINES(struct shown, body, 0, 600),
	FIELD_TEXT(struct shown, navigate, 0, 500), FIELD_END};
static const struct shape shown_shape = {"PushShown", sizeof(struct shown), shown_fields};
struct said {
	uint32_t web_push;
	struct shown notification;
	uint64_t device_id;
	struct str path, topic;
};
static const struct field said_fields[] = {FIELD_INT(struct said, web_push, 0, 9999),
	FIELD_SHAPE(struct said, notification, &shown_shape), FIELD_ID(struct said, device_id),
	FIELD_TEXT(struct said, path, 0, 200), FIELD_TEXT(struct said, topic, 0, 32), FIELD_END};
static const struct shape said_shape = {"PushSaid", sizeof(struct said), said_fields};

static enum err
prepare(struct work *w, const struct ticket *t, void **parcel)
{
	struct parcel *p = arena_new(w->arena, struct parcel);
	struct buf b = buf_open(w->arena, 1024, PUSH_TEXT_MAX);

	*parcel = p;
	TRY(shape_read(&push_order_shape, t->payload, w->arena, &p->order, &w->fault));
	TRY(act_push_parcel(w, p->order.device_id, &p->to));
	if (p->to == NULL)
		return OK;
	const struct said said = {8030,
	    {p->order.title, p->order.body,
		company_url(w, p->order.path.n > 0 ? p->order.path.p + 1 : "tech/")},
	    p->order.device_id, p->order.path, p->order.topic};
	shape_write(&said_shape, &said, &b);
	p->message = (struct push_message){.to = {.address = p->to->address}, .topic = p->order.topic, .text = buf_str(&b),
	    .keep_s = KEPT_S, .now = w->now};
	memcpy(p->message.to.point, p->to->point, PUSH_POINT);
	memcpy(p->message.to.secret, p->to->secret, PUSH_SECRET);
	keys_push(w->house->keys, &p->message.sign);
	return b.full ? fail(&w->fault, E_BUG, NULL, "A job's payload does not fit.") : OK;
}

static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	struct parcel *p = parcel;

	(void)t;
	return p->to == NULL ? OK : push_send(a, c, &p->message, &p->gone, f);
}

static enum err
settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	const struct parcel *p = parcel;

	(void)t;
	return sent == OK && p->gone ? act_push_gone(w, p->order.device_id, p->to) : OK;
}

const struct job job_push = {
	.kind = "push",
	.tries = 5,
	.backoff_s = 15,
	.lease_s = 90,
	.prepare = prepare,
	.send = send,
	.settle = settle,
	.help = "Push one word to one phone.",
};
