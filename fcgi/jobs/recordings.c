/*
 * fcgi/jobs/recordings.c -- the job "recording": the sound of a call is fetched, kept, and deleted at the provider.
 *
 * The address is made of names that were checked, never the one that came with the message.
 */
#include "fcgi/acts/bookings.h"
#include "fcgi/jobs/list.h"
#include "fcgi/remote/sms.h"

struct carried {
	struct recording_parcel p;
	struct texting_account account;
};

static enum err
prepare(struct work *w, const struct ticket *t, void **parcel)
{
	struct carried *x = arena_new(w->arena, struct carried);

	*parcel = x;
	TRY(act_recording_want(w, t->payload, &x->p));
	return tell_texting_account(w, &x->account);
}

static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	struct carried *x = parcel;
	const struct str sid = x->p.order.recording;
	enum err e;

	(void)t;
	if (x->p.conversation_id == 0)
		return OK;
	if (x->p.declined)
		return sms_recording_drop(a, c, x->account.account, x->account.token, sid, f);
	e = sms_recording(a, c, x->account.account, x->account.token, sid, &x->p.bytes, f);
	if (e != E_NOT_FOUND && e != E_INVALID)
		return e;
	/* It is gone, or longer than we carry: the thread says so. */
	*f = (struct fault){0};
	x->p.bytes = STR("");
	return OK;
}

static enum err
settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	const struct carried *x = parcel;

	(void)t;
	return sent == OK ? act_recording_keep(w, &x->p) : OK;
}

const struct job job_recording = {
	.kind = "recording",
	.tries = 10,
	.backoff_s = 5,
	.lease_s = 90,
	.prepare = prepare,
	.send = send,
	.settle = settle,
	.help = "Fetch the recording of a call and keep it on the record.",
};
