/*
 * fcgi/jobs/messages.c -- the job "message": the next word for one reader leaves the house.
 *
 * The sender of texts knows no key that makes a repeat harmless: what may have left before is looked for first. A mail keeps
 * its Message-ID, by which a reader's program knows a repeat.
 */
#include "domain/base/id.h"
#include "fcgi/acts/bookings.h"
#include "fcgi/acts/messages.h"
#include "fcgi/acts/tell_word.h"
#include "fcgi/jobs/list.h"
#include "fcgi/remote/mail.h"
#include "fcgi/remote/sms.h"
#include "fcgi/remote/voice.h"
#include "tenancy/log.h"

#define TRIES 12
#define OPTED_OUT "21610"

struct carried {
	struct lane_parcel *p;
	struct sms sms;
	struct voice voice;
	struct mail_message mail;
	struct lane_outcome out;
	int64_t since;
};

static enum err send_mail(struct arena *a, const struct config *c, struct carried *x, struct fault *f);
static enum err send_call(struct arena *a, const struct config *c, struct carried *x, struct fault *f);
static enum err send_text(struct arena *a, const struct config *c, struct carried *x, struct fault *f);

/* The link to a booking's calendar file goes with the file itself; a booking that is gone meanwhile has none. */
static enum err
calendar(struct work *w, struct str url, struct mail_message *m)
{
	struct str token;
	enum err e;

	(void)str_cut(url, '=', &token);
	e = act_booking_file(w, token, &m->paper);
	m->paper_name = STR("visit.ics");
	if (e != E_INVALID && e != E_NOT_FOUND)
		return e;
	w->fault = (struct fault){0};
	m->paper = STR("");
	return OK;
}

static const struct str *
known(struct arena *a, const struct lane_parcel *p)
{
	struct str *s = arena_array(a, struct str, p->known_n + 1);

	for (size_t i = 0; i < p->known_n; i++)
		s[i] = p->known[i].provider_id.v;
	return s;
}

static enum err
prepare(struct work *w, const struct ticket *t, void **parcel)
{
	struct carried *x = arena_new(w->arena, struct carried);
	char id[ID_LETTERS + 1];
	struct lane_order lane;

	*parcel = x;
	TRY(shape_read(&lane_order_shape, t->payload, w->arena, &lane, &w->fault));
	TRY(act_lane_next(w, &lane, t->id, &x->p));
	if (x->p == NULL)
		return OK;
	id_write(x->p->row.id, id);
	x->since = id_ms(x->p->row.id) / 1000 - 60;
	x->sms = (struct sms){.to = x->p->row.address, .from = x->p->from, .account = x->p->account.account, .token = x->p->account.token, .text = x->p->row.body, .media = x->p->media, .media_n = x->p->media_n,
	    .known = known(w->arena, x->p), .known_n = x->p->known_n,
	    .tell_url = str_printf(w->arena, "%s/api/hook/sms-receipts", w->house->config->base_url)};
	x->voice = (struct voice){.to = x->p->row.address, .from = x->p->from, .account = x->p->account.account, .token = x->p->account.token,
	    .known = x->sms.known, .known_n = x->sms.known_n,
	    .tell_url = str_printf(w->arena, "%s/api/hook/call-receipts", w->house->config->base_url),
	    .machine_url = tell_machine_url(w, x->p->from)};
	if (x->p->row.medium == MEDIUM_CALL)
		x->voice.twiml = spoken_call(x->p->row.body, str_printf(w->arena, "%s/api/hook/call-keys", w->house->config->base_url),
		    x->p->language, w->arena);
	x->mail = (struct mail_message){.to = x->p->row.address, .company = x->p->company, .at = w->now, .twin = x->p->twin,
	    .message_id = str_printf(w->arena, "%s.%s", id, w->tenant->slug), .paper = x->p->paper,
	    .paper_name = x->p->paper_name, .picture = x->p->picture, .pictures = x->p->pictures, .answer_to = x->p->answer_to, .answers = x->p->answers,
	    .thread = x->p->thread, .envelope = x->p->envelope,
	    .sender = {x->p->sender.address, x->p->sender.domain, x->p->sender.selector, x->p->sender.key},
	    .unsubscribe = x->p->unsubscribe, .typed = x->p->typed};
	return x->p->calendar.n > 0 ? calendar(w, x->p->calendar, &x->mail) : OK;
}

/* What the other side says of this message ends it; what it says of today, or nothing at all, is tried again. */
static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	struct carried *x = parcel;

	if (x->p == NULL)
		return OK;
	x->out.sent = x->p->row.medium == MEDIUM_SMS ? send_text(a, c, x, f)
	    : x->p->row.medium == MEDIUM_CALL        ? send_call(a, c, x, f)
	                                             : send_mail(a, c, x, f);
	x->out.last = t->tries >= TRIES;
	if (x->out.sent != OK && x->out.why.n == 0 && !x->out.waits) {
		x->out.why = words_fault(a, ENGLISH, f);
		x->out.stopped = x->p->row.medium == MEDIUM_SMS && memmem(x->out.why.p, x->out.why.n, OPTED_OUT, 5) != NULL;
	}
	if (x->out.sent == OK || x->out.sent == E_INVALID || x->out.last || x->out.waits)
		return OK;
	/* Our account refused: the operator mends that, and nobody's words are lost meanwhile. */
	return x->out.sent == E_FORBIDDEN ? E_AWAY : x->out.sent;
}

/* It was put off, and meanwhile they said STOP, or night fell. */
static enum err
stays(struct carried *x)
{
	x->out.waits = x->p->never == NULL;
	x->out.why = x->p->never != NULL ? str_of(x->p->never) : STR("");
	return x->out.waits ? E_LIMIT : E_INVALID;
}

static enum err
send_text(struct arena *a, const struct config *c, struct carried *x, struct fault *f)
{
	struct sms_taken taken = {0};
	bool found = false;

	if (x->p->again)
		TRY(sms_find(a, c, &x->sms, x->since, &found, &taken, f));
	if (!found && !lane_may(x->p))
		return stays(x);
	if (!found)
		TRY(sms_send(a, c, &x->sms, &taken, f));
	x->out.provider_id = taken.sid;
	x->out.segments = taken.segments;
	return OK;
}

static enum err
send_call(struct arena *a, const struct config *c, struct carried *x, struct fault *f)
{
	struct str sid = STR("");
	bool found = false;

	if (x->p->again)
		TRY(voice_find(a, c, &x->voice, x->since, &found, &sid, f));
	if (!found && !lane_may(x->p))
		return stays(x);
	if (!found)
		TRY(voice_ring(a, c, &x->voice, &sid, f));
	x->out.provider_id = sid;
	return OK;
}

/* Nobody can be asked whether a mail has left; its reader's program knows a repeat by its name. */
static enum err
send_mail(struct arena *a, const struct config *c, struct carried *x, struct fault *f)
{
	if (!lane_may(x->p))
		return stays(x);
	return mail_send(a, c, &x->mail, f);
}

static enum err
settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	const struct carried *x = parcel;

	(void)sent;
	return x->p == NULL ? OK : act_lane_settle(w, x->p, t->id, &x->out);
}

const struct job job_message = {
	.kind = "message",
	.tries = TRIES,
	.backoff_s = 20,
	.lease_s = 90,
	.prepare = prepare,
	.send = send,
	.settle = settle,
	.help = "Hand the next message for one reader to whoever carries it.",
};

#define RECEIPT_TRIES 10

static enum err
receipt_run(struct work *w, const struct ticket *t)
{
	struct receipt_order o;
	enum err e;

	TRY(shape_read(&receipt_order_shape, t->payload, w->arena, &o, &w->fault));
	e = act_receipt_settle(w, &o);
	/* Nobody waits for it any more: of a text that this house never sent, or that was forgotten. */
	if (e != E_AWAY || t->tries < RECEIPT_TRIES)
		return e;
	w->fault = (struct fault){0};
	log_note("receipt.dropped", "no message has this name", 0);
	return OK;
}

const struct job job_receipt = {
	.kind = "receipt",
	.tries = RECEIPT_TRIES,
	.backoff_s = 10, /* ten tries: an hour and a half, as long as a text whose answer was lost is looked for */
	.run = receipt_run,
	.help = "Write down a receipt that came before its text had a name.",
};
