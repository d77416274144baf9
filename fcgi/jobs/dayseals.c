/*
 * fcgi/jobs/dayseals.c -- the job "dayseal": the night signs what the day wrote, and puts it down outside the database.
 *
 * The row first, then the file: whoever dies between them finds the row again and only writes the file.
 */
#include "fcgi/acts/dayseals.h"
#include "fcgi/jobs/list.h"
#include "tenancy/dayseal.h"

static enum err
prepare(struct work *w, const struct ticket *t, void **parcel)
{
	struct dayseal_file *p = arena_new(w->arena, struct dayseal_file);

	(void)t;
	*parcel = p;
	return act_dayseal(w, p);
}

static enum err
send(struct arena *a, const struct config *c, const struct ticket *t, void *parcel, struct fault *f)
{
	const struct dayseal_file *p = parcel;

	(void)c;
	(void)t;
	return p->texts.n == 0 ? OK : dayseal_keep(a, p->path.p, p->texts, f);
}

const struct job job_dayseal = {
	.kind = "dayseal",
	.unpaid = true,
	.tries = 12,
	.backoff_s = 60,
	.lease_s = 300,
	.at_local = "00:50",
	.prepare = prepare,
	.send = send,
	.help = "Sign the day's ledger, its documents and the audit log as one hash, and lay it down beside the database.",
};
