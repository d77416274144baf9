/*
 * fcgi/jobs/media.c -- the job "media_in": one picture that came with a text is fetched from the provider.
 *
 * What a stranger sent is only carried here; the press draws it anew (the job "photo"). A picture that is not there any more, or
 * is none, is named at its message.
 */
#include "fcgi/acts/messages.h"
#include "fcgi/http/shape.h"
#include "fcgi/jobs/list.h"
#include "fcgi/remote/sms.h"

struct parcel {
	struct media_order order;
	struct texting_account account;
	struct str bytes;
};

static enum err
prepare(struct work *w, const struct ticket *t, void **parcel)
{
	struct parcel *p = arena_new(w->arena, struct parcel);

	*parcel = p;
	TRY(shape_read(&media_order_shape, t->payload, w->arena, &p->order, &w->fault));
	return tell_texting_account(w, &p->account);
}

static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	struct parcel *p = parcel;
	enum err e = sms_media(a, c, p->account.account, p->account.token, p->order.url, &p->bytes, f);

	(void)t;
	if (e != E_INVALID)
		return e;
	*f = (struct fault){0};
	p->bytes = STR("");
	return OK;
}

static enum err
settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	const struct parcel *p = parcel;

	(void)t;
	return sent == OK ? act_media_settle(w, &p->order, p->bytes) : OK;
}

const struct job job_media_in = {
	.kind = "media_in",
	.tries = 8,
	.backoff_s = 20,
	.lease_s = 90,
	.prepare = prepare,
	.send = send,
	.settle = settle,
	.help = "Fetch a picture that came with a text.",
};
