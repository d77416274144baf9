/*
 * fcgi/jobs/calls.c -- the job "call": somebody of the company is rung, and a voice says what it is.
 *
 * As with texts, a second try asks first whether the call of the first one, whose answer was lost, was made. From the company's own
 * number, where the key that ends calls is understood; from the house's none is offered.
 */
#include "domain/base/id.h"
#include "domain/messaging/spoken.h"
#include "fcgi/acts/tell_message.h"
#include "fcgi/jobs/list.h"
#include "fcgi/remote/voice.h"

static enum err
prepare(struct work *w, const struct ticket *t, void **parcel)
{
	struct voice *v = arena_new(w->arena, struct voice);
	struct texting_account account;
	struct texting texting;
	struct call_order o;
	struct consent is;

	*parcel = NULL;
	TRY(shape_read(&call_order_shape, t->payload, w->arena, &o, &w->fault));
	TRY(tell_consent(w, tell_call_address(w, o.to), &is));
	if (is.stopped)
		return OK;
	TRY(tell_texting(w, &texting));
	TRY(tell_texting_account(w, &account));
	const bool own = texting.number.n > 0;

	v->to = o.to;
	v->from = own ? texting.number : str_of(w->house->config->sms_from);
	v->account = account.account;
	v->token = account.token;
	v->twiml = spoken_call(o.text, own ? str_printf(w->arena, "%s/api/hook/call-keys", w->house->config->base_url) : STR(""), o.language,
	    w->arena);
	if (str_starts(v->from, STR("+"))) /* a messaging service rings nobody */
		*parcel = v;
	return OK;
}

static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	const struct voice *v = parcel;
	bool found = false;
	struct str sid;

	if (v == NULL)
		return OK;
	if (t->tries > 1)
		TRY(voice_find(a, c, v, id_ms(t->id) / 1000 - 60, &found, &sid, f));
	return found ? OK : voice_ring(a, c, v, &sid, f);
}

const struct job job_call = {
	.kind = "call",
	.unpaid = true,
	.tries = 6,
	.backoff_s = 20,
	.lease_s = 90,
	.prepare = prepare,
	.send = send,
	.help = "Ring one number, and say it.",
};
