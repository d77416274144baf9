/*
 * fcgi/jobs/calls.c -- the job "call": somebody of the company is rung, and a voice says what it is.
 *
 * As with texts, a second try asks first whether the call of the first one, whose answer was lost, was made; calls are listed without
 * their words, so one at a time goes to one number. From the company's own
 * number, where the key that ends calls is understood; from the house's none is offered.
 */
#include "domain/base/id.h"
#include "domain/messaging/spoken.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_message.h"
#include "fcgi/acts/tell_word.h"
#include "fcgi/http/shape.h"
#include "fcgi/jobs/list.h"
#include "fcgi/remote/voice.h"

struct parcel {
	struct call_order o;
	struct said_lane lane;
	struct voice voice;
	struct str sid;
	enum { RING = 1, STAY, LATER } what;
};

static enum err pack(struct work *w, struct parcel *p);

static enum err
prepare(struct work *w, const struct ticket *t, void **parcel)
{
	struct parcel *p = arena_new(w->arena, struct parcel);
	struct consent is;

	*parcel = p;
	p->what = STAY;
	TRY(shape_read(&call_order_shape, t->payload, w->arena, &p->o, &w->fault));
	TRY(tell_consent(w, tell_call_address(w, p->o.to), &is));
	if (is.stopped)
		return OK;
	TRY(pack(w, p));
	if (!str_starts(p->voice.from, STR("+"))) /* a messaging service rings nobody */
		return OK;
	TRY(tell_lane_take(w, "call", p->o.to, t->id, &p->lane));
	p->voice.known = p->lane.known;
	p->voice.known_n = p->lane.known_n;
	p->what = p->lane.mine ? RING : LATER;
	return p->lane.mine ? OK : tell_later(w, "call", &call_order_shape, &p->o, w->now + LANE_AGAIN_S);
}

static enum err
pack(struct work *w, struct parcel *p)
{
	struct texting_account account;
	struct texting texting;

	TRY(tell_texting(w, &texting));
	TRY(tell_texting_account(w, &account));
	const bool own = texting.number.n > 0;
	const char *base = w->house->config->base_url;

	p->voice = (struct voice){.to = p->o.to, .from = own ? texting.number : str_of(w->house->config->sms_from),
	    .account = account.account, .token = account.token,
	    .twiml = spoken_call(p->o.text, own ? str_printf(w->arena, "%s/api/hook/call-keys", base) : STR(""), p->o.language, w->arena),
	    /* Whose a call from the house's number is, nobody could say when its machine answers. */
	    .machine_url = own ? tell_machine_url(w, texting.number) : STR("")};
	return OK;
}

static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	struct parcel *p = parcel;
	bool found = false;

	if (p->what != RING)
		return OK;
	if (t->tries > 1)
		TRY(voice_find(a, c, &p->voice, id_ms(t->id) / 1000 - 60, &found, &p->sid, f));
	return found ? OK : voice_ring(a, c, &p->voice, &p->sid, f);
}

static enum err
settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	const struct parcel *p = parcel;

	if (sent != OK || p->what != RING)
		return OK;
	if (p->voice.machine_url.n > 0)
		TRY(tell_machine(w, &(struct machine_order){p->sid, p->o.text, p->o.language}));
	return tell_lane_left(w, "call", p->o.to, t->id, p->sid);
}

const struct job job_call = {
	.kind = "call",
	.unpaid = true,
	.tries = 6,
	.backoff_s = 20,
	.lease_s = 90,
	.prepare = prepare,
	.send = send,
	.settle = settle,
	.help = "Ring one number, and say it.",
};

struct machine {
	struct machine_order o;
	struct texting_account account;
	bool late;
};

/* What was ordered in case, and nobody asked for, ends when it is due. */
static enum err
machine_prepare(struct work *w, const struct ticket *t, void **parcel)
{
	struct machine *m = arena_new(w->arena, struct machine);

	*parcel = m;
	m->late = w->now >= id_ms(t->id) / 1000 + MACHINE_WAIT_S;
	TRY(shape_read(&machine_order_shape, t->payload, w->arena, &m->o, &w->fault));
	return tell_texting_account(w, &m->account);
}

/* A call that is over cannot be changed any more: that is no matter for anybody. */
static enum err
machine_send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	const struct machine *m = parcel;
	enum err e;

	(void)t;
	if (m->late)
		return OK;
	e = voice_turn(a, c, &(struct voice){.account = m->account.account, .token = m->account.token,
	    .twiml = spoken_end(m->o.text, m->o.language, a)}, m->o.call, f);
	if (e != E_INVALID && e != E_FORBIDDEN)
		return e;
	*f = (struct fault){0};
	return OK;
}

const struct job job_machine = {
	.kind = "machine",
	.unpaid = true,
	.tries = 2,
	.backoff_s = 1, /* while its tape runs */
	.lease_s = 45,
	.prepare = machine_prepare,
	.send = machine_send,
	.help = "Say a call's words again, for the machine that answered it.",
};
