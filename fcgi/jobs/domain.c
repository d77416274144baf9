/*
 * fcgi/jobs/domain.c -- the job "domain_check": does the company's own domain say our proof? When somebody asks, and each night.
 */
#include "fcgi/acts/domain.h"
#include "fcgi/jobs/list.h"
#include "fcgi/remote/names.h"

struct parcel {
	struct domain_ask ask;
	struct domain_found found;
};

static enum err
prepare(struct work *w, const struct ticket *t, void **parcel)
{
	struct parcel *p = arena_new(w->arena, struct parcel);

	(void)t;
	*parcel = p;
	return act_domain_ask(w, &p->ask);
}

static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	struct parcel *p = parcel;
	struct str txt[NAMES_TXT_MAX];
	size_t n;

	(void)t;
	if (p->ask.name.n == 0)
		return OK;
	TRY(names_txt(a, c, p->ask.name, txt, &n, f));
	p->found = (struct domain_found){n > 0 ? txt[0] : STR(""), n > 0 ? DOMAIN_WRONG : DOMAIN_MISSING};
	for (size_t i = 0; i < n; i++)
		if (domain_says(txt[i], p->ask.proof))
			p->found = (struct domain_found){txt[i], DOMAIN_GOOD};
	return OK;
}

/* A name server that does not answer proves nothing, either way. */
static enum err
settle(struct work *w, const struct ticket *t, void *parcel, enum err sent)
{
	const struct parcel *p = parcel;

	(void)t;
	return sent != OK || p->ask.name.n == 0 ? OK : act_domain_found(w, &p->ask, &p->found);
}

const struct job job_domain_check = {
	.kind = "domain_check",
	.tries = 5,
	.backoff_s = 30,
	.lease_s = 60,
	.at_local = "04:20",
	.prepare = prepare,
	.send = send,
	.settle = settle,
	.help = "Ask whether the company's own domain says its proof.",
};
