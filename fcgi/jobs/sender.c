/*
 * fcgi/jobs/sender.c -- the job "sender_check": does the company's domain say our key? When somebody asks, and each night: a record
 * that was taken away takes its address out of our mails.
 */
#include "domain/messaging/dkim.h"
#include "fcgi/acts/sender.h"
#include "fcgi/jobs/list.h"
#include "fcgi/remote/names.h"

struct parcel {
	struct sender_ask ask;
	struct sender_found found;
};

static enum err
prepare(struct work *w, const struct ticket *t, void **parcel)
{
	struct parcel *p = arena_new(w->arena, struct parcel);

	(void)t;
	*parcel = p;
	return act_sender_ask(w, &p->ask);
}

/* What of many records is the one that is meant: by how it begins. */
static enum err
one(struct arena *a, const struct config *c, struct str name, const char *begins, struct str *found, struct fault *f)
{
	struct str txt[NAMES_TXT_MAX];
	size_t n;

	*found = STR("");
	TRY(names_txt(a, c, name, txt, &n, f));
	for (size_t i = 0; i < n; i++)
		if (begins == NULL || str_starts(txt[i], str_of(begins)))
			*found = txt[i];
	return OK;
}

static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	static const char *const begins[SENDER_RECORDS] = {NULL, "v=DMARC1", "v=spf1"};
	struct parcel *p = parcel;

	(void)t;
	for (size_t i = 0; i < SENDER_RECORDS && p->ask.name[0].n > 0; i++) {
		TRY(one(a, c, p->ask.name[i], begins[i], &p->found.found[i], f));
		p->found.state[i] = p->found.found[i].n == 0                                               ? RECORD_STATE_MISSING
		                    : i > 0 || dkim_says(a, p->found.found[i], p->ask.public_key) ? RECORD_STATE_GOOD
		                                                                                       : RECORD_STATE_WRONG;
	}
	return OK;
}

static enum err
settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	const struct parcel *p = parcel;

	(void)t;
	return sent != OK || p->ask.name[0].n == 0 ? OK : act_sender_found(w, &p->found);
}

const struct job job_sender_check = {
	.kind = "sender_check",
	.tries = 5,
	.backoff_s = 30,
	.lease_s = 60,
	.at_local = "04:10",
	.prepare = prepare,
	.send = send,
	.settle = settle,
	.help = "Ask whether the company's domain says the key of its mails.",
};
